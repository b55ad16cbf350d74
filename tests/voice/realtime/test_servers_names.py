"""Servers with odd names, odd frames, and words that come oddly."""

import json

import pytest

from coach.voice import limits
from coach.voice.effects import RunTool, ScreenText
from coach.voice.engine_commands import CancelResponse
from coach.voice.engine_events import (
    ResponseDone,
    ToolCalled,
)
from coach.voice.inputs import (
    PlaybackProgress,
    ToolFinished,
)
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.upstream_names import UpstreamNames
from coach.voice.realtime.wire import parse
from tests.support.conversation_driver import creates, of, transcript, turns
from tests.support.dialects import HEARD
from tests.support.relay_stage import Host, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    member_says,
    whole,
)


def reading(*events, mark=""):
    """What becomes of these events of a server."""
    reader = Reader(mark)
    return [made for event in events for made in reader.read(json.dumps(event).encode())]


# --- names --------------------------------------------------------------------------------------


async def test_one_that_calls_every_item_and_response_the_same_is_heard_and_read():
    host = Host()
    script = [
        Step("response.create", whole("resp", "item", "A banana.")),
        Step("response.create", whole("resp", "item", "An apple.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        for number, said in enumerate(("I had a banana", "And an apple"), start=1):
            await engine.emit(*member_says("input", said))
            await until(lambda n=number: len({frame[1] for frame in page.frames}) == n)
            await relay.dispatch(PlaybackProgress(1, number - 1, 400))
            await until(lambda n=number: len(host.turns) == 2 * n)
        engine.assert_complete()
    assert [turn.speaker for turn in host.turns] == ["member", "coach"] * 2
    assert len({turn.item_id for turn in host.turns}) == 4


async def test_a_turn_has_an_id_of_its_own_though_the_next_engine_counts_from_one_again(
    monkeypatch,
):
    """The thread takes a second turn of the same id for the first one told again."""
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    host = Host()
    script = [Step("response.create", whole("r1", "c1", "Hi."))]
    async with ScriptedEngine([script, script]) as engine, talking(engine, host) as (_, page, _):
        for number in (1, 2):
            await until(lambda n=number: len(engine.updates) == n)
            await engine.emit(*member_says("m1", f"Number {number}"))
            await until(lambda n=number: sum(size for _, _, size in page.frames) == n * 400 * 48)
            await engine.drop()
        await until(lambda: sum(turn.speaker == "member" for turn in host.turns) == 2)
    ids = [turn.item_id for turn in host.turns if turn.speaker == "member"]
    assert len(set(ids)) == 2


def test_the_server_is_spoken_to_in_its_own_words():
    reader = Reader("mark")
    reader.read(b'{"type": "response.created", "response": {"id": "r1"}}')
    reader.read(b'{"type": "response.done", "response": {"id": "r1"}}')
    again = reader.read(b'{"type": "response.created", "response": {"id": "r1"}}')[0]
    assert again.response_id != "r1"
    assert reader.to_upstream(CancelResponse("e", again.response_id)) == CancelResponse("e", "r1")
    nameless = Reader("mark").read(b'{"type": "response.created"}')[0]
    assert reader.to_upstream(CancelResponse("e", "guide_1")) == CancelResponse("e", "guide_1")
    assert nameless.response_id


def test_names_fit_into_a_column_and_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames("12345678")
    ids = {names.new_local("x" * 100_000) for _ in range(50)}
    assert len(ids) == 50
    assert max(map(len, ids)) <= 70
    assert (len(names._local), len(names._names)) == (1, 10)


def test_names_that_come_later_are_bounded_too(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames()
    for number in range(50):
        assert names.adopt(names.unnamed("item"), f"i{number}")
    assert (len(names._local), len(names._names)) == (10, 10)


def test_a_name_in_use_is_not_forgotten(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames("12345678")
    live = names.local("live")
    for number in range(50):
        names.local(f"other {number}")
        assert names.local("live") == live
    assert names.upstream(live) == "live"


def test_a_name_without_an_end_is_known_and_not_kept():
    names = UpstreamNames("12345678")
    first, second = names.local("x" * 100_000 + "1"), names.local("x" * 100_000 + "2")
    assert first != second
    assert names.local("x" * 100_000 + "1") == first
    assert max(len(name) for _, name in names._local) <= limits.ENGINE_NAME_CHARS
    assert not any(names._names.values())
    assert not names.adopt(first, "another")
    assert names.upstream(first) == ""  # it is deleted, or cut, without being told


def test_calls_of_the_same_id_in_two_responses_are_two_calls(asked):
    """Servers number the calls of each response, or give all of them the name of the tool."""
    first = asked.starts_response()
    asked(ToolCalled(first, "call_0", "log_meal", "{}"), ResponseDone(first, "completed"))
    asked(ToolFinished("call_0", "{}"))
    second = asked.starts_response()
    another = ToolCalled(second, "call_0", "log_meal", '{"said": "more"}')
    out = asked(another, ResponseDone(second, "completed"))
    assert len(of(out, RunTool)) == 1
    ours = of(out, RunTool)[0].call_id
    assert ours != "call_0"
    asked(ToolFinished(ours, "{}"))
    assert [m.call_id for m in asked.all if type(m).__name__ == "ToolOutput"] == ["call_0"] * 2
    assert len(creates(asked.all)) == 3


# --- frames -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (b'{"type": "x", "transcript": "caf\xc3", "logprobs": []}', "caf\ufffd"),
        (rb'{"type": "x", "transcript": "so \ud83d"}', "so ?"),
        (b'{"type": "x", "transcript": "well", "logprobs": [NaN, -Infinity]}', "well"),
        (b'\xef\xbb\xbf{"type": "x", "transcript": "well"}', "well"),
    ],
)
def test_what_is_nearly_json_is_understood(frame, said):
    """Cut in the middle of a character, with numbers that are none, with a mark before it."""
    assert parse(frame)["transcript"] == said


@pytest.mark.parametrize(
    "frame",
    [
        b'{"type": "x", "item": ' + b"[" * 100_000,
        b'{"type": "response.output_audio.delta", "x": ' + b"[" * 100_000 + b', "delta": ""}',
        b'{"type": "error", "error": {"event_id": {"n": 1' + b"0" * 3000 + b"}}}",
    ],
)
async def test_brackets_and_digits_without_an_end_cost_one_frame(frame):
    host = Host()
    script = [Step("response.create", [frame, *whole("r1", "c1", "Hi.")])]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await engine.emit(*member_says("m1", "Hello"))
        await until(lambda: page.frames)
        assert engine.connections == 1


def test_words_without_an_end_are_bounded_and_hold_nothing_that_a_database_refuses(asked):
    asked.says("m2")
    heard = reading({"type": f"{HEARD}.completed", "item_id": "m2", "transcript": "a\0b" * 10_000})
    assert "\0" not in heard[-1].text
    out = asked(heard[-1])
    assert len(turns(out)[0][1]) == limits.CAPTION_MAX_CHARS


def test_a_danger_at_the_end_of_words_without_an_end_is_screened(asked):
    asked.says("m2")
    words = ("and then I had a banana " * 400)[: limits.CAPTION_MAX_CHARS] + " I want to die."
    out = asked(transcript("m2", words))
    assert [found.text for found in of(out, ScreenText) if found.final] == [words]
    assert len(turns(out)[0][1]) == limits.CAPTION_MAX_CHARS
    out = asked.says("m3") + asked(transcript("m3", "x" * 1_000_000))
    assert max(len(found.text) for found in of(out, ScreenText)) == limits.HEARD_MAX_CHARS


# --- the member's words -------------------------------------------------------------------------


def test_words_that_are_told_in_the_item_only_are_heard():
    said = {"type": "input_audio", "transcript": "I had a banana"}
    item = {"id": "m1", "type": "message", "role": "user", "content": [said]}
    told = reading({"type": "conversation.item.created", "item": item})
    assert [made.text for made in told if hasattr(made, "text")] == ["I had a banana"]
    typed = item | {"content": [{"type": "input_text", "text": "I had a banana"}]}
    assert reading({"type": "conversation.item.added", "item": typed}) == []


def test_words_of_which_only_parts_came_are_written_all_the_same(talk):
    talk.says("m1")
    heard = reading(
        {"type": f"{HEARD}.delta", "item_id": "m1", "delta": "I had "},
        {"type": f"{HEARD}.delta", "item_id": "m1", "delta": "a banana"},
    )
    talk(*heard)
    out = talk.ticks(limits.TRANSCRIPT_S + 1)
    assert turns(out) == [("member", "I had a banana", False)]


def test_words_that_are_still_growing_are_waited_for(talk):
    talk.says("m1")
    for _ in range(4):
        talk(*reading({"type": f"{HEARD}.delta", "item_id": "m1", "delta": "more "}))
        assert turns(talk.ticks(limits.TRANSCRIPT_S - 1)) == []
    assert turns(talk(transcript("m1", "All of it"))) == [("member", "All of it", False)]
