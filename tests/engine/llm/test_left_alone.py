"""A change that is forbidden or asked about is not made; one that is ordered is."""

import pytest

from coach.engine.llm.intents.gates import gate
from coach.meaning.left_alone import left_alone

STAYS = [
    "don't delete my lunch", "never delete the pizza", "do not undo that", "please don't undo that",
    "no borres el almuerzo", "no borra el almuerzo", "lösch das Mittagessen nicht",
    "mach das nicht rückgängig", "du sollst das nicht löschen", "ne supprime pas le déjeuner",
    "n'efface pas la pizza", "efface pas la pizza", "점심 지우지 마", "삭제하지 마세요",
    "did you delete the pizza", "Did you delete the pizza?", "why did you remove the eggs?",
    "who deleted my lunch", "I don't want you to remove the toast", "don't you dare erase it",
    "have you removed the rice", "no, don't change it", "there's no need to delete it",
    "so why was my lunch deleted?", "¿por qué borraste el almuerzo?", "hast du das gelöscht?",
    "pourquoi as-tu supprimé la pizza",
]  # fmt: skip
CHANGES = [
    "delete my lunch", "undo that", "don't count that", "I didn't have the toast, delete it",
    "can you delete the pizza?", "could you please remove the eggs", "no, delete it",
    "don't forget to delete the toast", "I didn't mean to delete the pizza",
    "no, borra el almuerzo",
    "lösch das Mittagessen", "lösch die Pizza, die habe ich nicht gegessen", "점심 지워 줘",
    "what I meant was three eggs", "that's not correct, it was two eggs", "supprime le déjeuner",
    "supprime ce que je n'ai pas mangé",
    "it was brown bread, not white", "mach drei Eier, nicht zwei", "I did not touch the rice",
    "what I had was brown bread", "make that three eggs", "how do I undo that",
    "the rice wasn't mine",
    "is it possible to delete the toast", "I never had the rice", "had the soup, not the salad",
]  # fmt: skip


@pytest.mark.parametrize("said", STAYS)
def test_what_is_to_stay_is_left(said: str) -> None:
    assert left_alone(said)
    assert {gate(kind, said) for kind in ("correct", "remove", "undo")} == {"shut"}


@pytest.mark.parametrize("said", CHANGES)
def test_what_is_ordered_is_done(said: str) -> None:
    assert not left_alone(said)
