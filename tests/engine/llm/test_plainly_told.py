"""What grammar alone tells: who is spoken of, what is only supposed, what comes at a beat."""

import pytest

from coach.engine.llm.intents.gates import gate, tells_of_others_health
from coach.engine.llm.intents.kinds import LOG, PERSON, TOLD
from coach.engine.llm.rule_based import decisions
from coach.engine.llm.types import Context, Message, Tool, ToolCall
from tests.engine.llm.requests_set import product_tools


@pytest.fixture(scope="module")
def tools() -> list[Tool]:
    return product_tools()


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("if we ever wanted a human here, how would that go?", None),
        ("what happens when somebody asks for an expert", None),
        ("my niece is allergic to wheat, so no buns on Sunday", None),
        ("our son has asthma", None),
        ("I need a dietitian now", "talk_to_human"),
        ("my niece is vegan and I am allergic to wheat", "note_health"),
        ("I've been asthmatic since I was seven", "note_health"),
        ("On Thursdays at six I'd like to be told to water the herbs", "reminders"),
        ("swap what I had for supper for a quiche", "change_meal"),
        ("Of the two breakfasts, Friday's and today's, which had less sugar?", "day_summary"),
        ("the trout thing, how much salt was in it", "day_summary"),
        ("is there any room for a waffle after all that", "food_for_me"),
        ("we're at subway, what do I get", "suggest_meal"),
        ("Hummus, 60 g.", "log_meal"),
        ("at 10.40 a mocha and half a flapjack, my neighbour ate the other half", "log_meal"),
    ],
)
def test_a_tool_is_taken_for_what_is_told_and_no_other(
    tools: list[Tool], said: str, tool: str | None
) -> None:
    pieces = decisions(Context("", None, [Message("user", said)], tools), by_meaning=True)
    called = {piece.name for piece in pieces if isinstance(piece, ToolCall)}
    assert called == ({tool} if tool else set())


@pytest.mark.parametrize("said", ["if I ever needed a person, who would come?"])
def test_who_only_supposes_calls_nobody(said: str) -> None:
    assert gate(PERSON, said) == "shut"


def test_another_persons_health_is_none_of_the_speakers() -> None:
    assert tells_of_others_health("my uncle has gout")
    assert all(gate(kind, "my uncle has gout") == "shut" for kind in TOLD)
    assert not tells_of_others_health("my uncle has gout and so do I")


def test_an_allergy_that_is_only_named_is_not_told() -> None:
    assert gate("allergy_told", "a Twix, even with my allergy") == "shut"
    assert gate("allergy_told", "I live with my allergy to nuts") == "open"


def test_what_comes_at_a_beat_is_no_meal() -> None:
    assert gate(LOG, "camomile tea every three hours") == "shut"
    assert gate("reminder", "broth, hourly, while the fever lasts") == "open"
    assert gate(LOG, "had a coffee every three hours") == "open"
    assert gate("health_told", "ibuprofen every six hours") == "open"
