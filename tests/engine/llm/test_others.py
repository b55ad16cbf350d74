"""What somebody else ate, what is still to come and what only should have been is not written."""

import pytest

from coach.engine.llm.intents.gates import gate
from coach.meaning.others import tells_of_others, without_others

OTHERS = [
    "John ate the pizza", "Anna had soup for lunch", "my colleague Tom had a burger",
    "everyone else had cake", "log the pasta my son ate", "mon fils a mangé une pizza",
    "아들이 계란을 먹었어", "mein Sohn hat eine Pizza gegessen", "mi hijo comió una pizza",
    "my toddler had porridge", "my twin ate the toast", "my parents had soup",
    "my in-laws ate all the cake", "my mother-in-law had tea", "my stepson ate a burger",
    "our babies had carrots", "the girl drank milk", "my students had pizza",
    "she drank a beer", "my two kids had ice cream", "the others ate chips", "add what Tom ate",
]  # fmt: skip
AHEAD = [
    "add a salad to tomorrow's lunch", "put eggs in for tomorrow's breakfast",
    "log a steak for Saturday's dinner",
]  # fmt: skip
OWN = [
    "my son and I had pizza", "my parents and I had pizza", "I had soup with my in-laws",
    "I gave my toddler soup and had tea", "Just had an egg", "Breakfast had eggs",
    "I had the soup my wife made",
    "log a pear", "yesterday ate a pear", "we both had soup", "had soup with my son", "I ate pizza",
    "Lunch was soup", "I had steak for Saturday's dinner", "mon frère et moi avons mangé une pizza",
]  # fmt: skip


@pytest.mark.parametrize("said", [*OTHERS, *AHEAD])
def test_what_the_speaker_did_not_eat_is_not_logged(said: str) -> None:
    assert gate("log", said) == "shut"


@pytest.mark.parametrize("said", OTHERS)
def test_it_is_told_as_somebody_elses(said: str) -> None:
    assert tells_of_others(said)


@pytest.mark.parametrize("said", OWN)
def test_what_the_speaker_ate_is(said: str) -> None:
    assert without_others(said) == said
    assert gate("log", said) == "open"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("my brother ate the eggs and I had tea", "and I had tea"),
        ("I had eggs and my son had toast", "I had eggs and"),
        ("I had tea. Anna had soup. I had an apple", "I had tea.  . I had an apple"),
    ],
)
def test_of_two_only_the_speakers_own_is_left(said: str, left: str) -> None:
    assert without_others(said) == left
    assert gate("log", said) == "open"


@pytest.mark.parametrize("kind", ["log", "correct", "remove"])
def test_what_should_have_been_changes_nothing(kind: str) -> None:
    assert gate(kind, "I should have had the salad") == "shut"
    assert gate("correct", "it should have been two eggs") == "open"
