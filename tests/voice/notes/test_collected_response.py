"""What a note takes of a response, and what belongs to another one."""

import pytest

from coach.voice import limits
from coach.voice.engine_events import (
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.notes.collected_response import CollectedResponse
from coach.voice.notes.exchange import Reply, ToolCall


@pytest.fixture
def collected():
    response = CollectedResponse("note-create-1")
    response.add(ResponseCreated("r1", "note-create-1"))
    return response


def done(**fields):
    return ResponseDone("r1", "completed", **fields)


def test_words_and_speech_are_joined_in_the_order_of_their_items(collected):
    for event in (
        SpokenDelta("r1", "i1", "Well "),
        SpokenDelta("r1", "i2", "I wrote"),
        SpokenDelta("r1", "i1", "done."),
        SpokenAudio("r1", "i1", b"\1\0"),
        SpokenText("r1", "i2", "I wrote it down."),
        SpokenText("r1", "i1", ""),
        SpokenAudio("r1", "i2", b"\2\0"),
    ):
        collected.add(event)
    assert collected.reply(done()) == Reply("Well done. I wrote it down.", b"\1\0\2\0")


@pytest.mark.parametrize("tag", ["note-create-0", "another"])
def test_a_response_with_the_tag_of_another_create_is_not_taken(tag):
    response = CollectedResponse("note-create-1")
    response.add(ResponseCreated("r0", tag))
    response.add(SpokenText("r0", "i0", "Nonsense."))
    response.add(ResponseDone("r0", "completed"))
    assert response.done is None
    assert response.response_id == ""


def test_the_first_response_without_a_tag_is_taken_and_no_later_one():
    response = CollectedResponse("note-create-1")
    for name in ("r1", "r2"):
        response.add(ResponseCreated(name))
        response.add(SpokenText(name, f"i-{name}", f"Words of {name}."))
    assert response.reply(done()).text == "Words of r1."


def test_calls_are_taken_once_and_only_whole_ones(collected):
    whole = ToolCalled("r1", "c1", "log_meal", "{}")
    collected.add(whole)
    collected.add(ToolCalled("r1", "c2", "log_meal", '{"a', complete=False))
    late = ToolCalled("r1", "c3", "get_day", "{}")
    calls = collected.reply(done(calls=(whole, late))).calls
    assert calls == (ToolCall("c1", "log_meal", "{}"), ToolCall("c3", "get_day", "{}"))


@pytest.mark.parametrize(
    ("event", "rests"),
    [
        (ItemDone("r1", "i1"), True),
        (ToolCalled("r1", "c1", "log_meal", "{}"), True),
        (ItemDone("r0", "i0"), False),
        (SpokenDelta("r1", "i1", "more"), False),
    ],
)
def test_a_response_may_be_over_when_an_item_of_it_is_whole(collected, event, rests):
    collected.add(event)
    assert collected.may_be_over is rests


def test_speech_beyond_the_limit_is_not_taken(collected):
    second = bytes(1000 * limits.BYTES_PER_MS)
    for _ in range(limits.NOTE_REPLY_MAX_MS // 1000 + 5):
        collected.add(SpokenAudio("r1", "i1", second))
    assert collected.too_long
    assert len(collected.reply(done()).pcm) == limits.NOTE_REPLY_MAX_MS * 48 + len(second)


def test_words_are_cut_to_their_limit(collected):
    for _ in range(3):
        collected.add(SpokenDelta("r1", "i1", "x" * limits.CAPTION_MAX_CHARS))
    assert len(collected.reply(done()).text) == limits.CAPTION_MAX_CHARS
