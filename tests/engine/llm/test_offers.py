"""«Shall I …?», and what the member's answer to it becomes."""

import json

import pytest

from coach.engine.llm.rule_based import decide, decisions
from coach.engine.llm.types import (
    AnswerPiece,
    Context,
    Entry,
    FunctionCall,
    FunctionCallOutput,
    Message,
    Sentence,
    ToolCall,
)
from coach.meaning.agreement import agreement
from tests.engine.llm.utterances import TOOLS

SOUP = {"tool": "log_meal", "said": "I had a bowl of lentil soup"}


def offer(if_yes: object) -> list[Entry]:
    """A question, and a tool's output that makes an offer, spoken."""
    output = json.dumps({"say": "Lentil soup. Shall I write it down?", "if_yes": if_yes})
    return [
        Message("user", "what is in lentil soup"),
        FunctionCall("a", "find_food", "{}"),
        FunctionCallOutput("a", output),
        Message("assistant", "Lentil soup. Shall I write it down?"),
    ]


def answer(*entries: Entry, **changed: object) -> AnswerPiece:
    return decide(Context("", None, list(entries), TOOLS, **changed))


@pytest.mark.parametrize(
    "yes",
    ["yes", "Yes please!", "sure, go ahead", "ok, do that", "why not", "Sí, por favor.",
     "oui merci", "ja gern", "네", "네, 부탁해요"],
)  # fmt: skip
def test_a_yes_becomes_the_call_that_was_offered(yes: str) -> None:
    call = answer(*offer(SOUP), Message("user", yes))
    assert call == ToolCall("log_meal", json.dumps({"said": SOUP["said"]}))


@pytest.mark.parametrize(
    "no",
    ["no", "no thanks", "not now", "please don't", "no, leave it", "nein danke", "아니요"],
)  # fmt: skip
def test_a_no_is_acknowledged_and_nothing_is_done(no: str) -> None:
    said = {"nein danke": "In Ordnung.", "아니요": "알겠어요."}.get(no, "All right.")
    assert answer(*offer(SOUP), Message("user", no)) == Sentence(said)


@pytest.mark.parametrize(
    "other",
    [
        "yes, and I had a banana too",
        "undo that",
        "how much protein have I had",
        "yes but half of it",
    ],
)
def test_more_than_a_yes_or_a_no_is_read_afresh(other: str) -> None:
    assert agreement(other) is None
    alone = answer(Message("user", other))
    assert answer(*offer(SOUP), Message("user", other)) == alone


def test_an_offer_stands_until_the_member_speaks_again() -> None:
    talk = [*offer(SOUP), Message("user", "thank you"), Message("assistant", "You are welcome.")]
    assert isinstance(answer(*talk, Message("user", "yes")), Sentence)


def test_a_yes_is_heard_once() -> None:
    done: list[Entry] = [
        *offer(SOUP),
        Message("user", "yes"),
        FunctionCall("b", "log_meal", "{}"),
        FunctionCallOutput("b", '{"say": "Soup is in."}'),
    ]
    assert answer(*done) == Sentence("Soup is in.")
    again = answer(*done, Message("assistant", "Soup is in."), Message("user", "yes"))
    assert isinstance(again, Sentence)


def test_a_yes_before_the_offer_was_spoken_is_none() -> None:
    *before, _spoken = offer(SOUP)
    pieces = decisions(Context("", None, [*before, Message("user", "yes")], TOOLS))
    assert not any(isinstance(piece, ToolCall) for piece in pieces)


@pytest.mark.parametrize(
    "if_yes",
    [None, 3, {}, {"tool": "log_meal"}, {"tool": 1, "said": "x"}, {"tool": "gone", "said": ""}],
)  # fmt: skip
def test_an_offer_of_nothing_we_have_does_nothing(if_yes: object) -> None:
    assert isinstance(answer(*offer(if_yes), Message("user", "yes")), Sentence)


def test_where_the_client_wants_no_tool_none_is_called() -> None:
    assert isinstance(answer(*offer(SOUP), Message("user", "yes"), tool_choice="none"), Sentence)
