"""An engine that is lost, at every moment of a turn."""

import asyncio
import struct

import pytest

from coach.voice import limits
from coach.voice.inputs import FloorChanged, PlaybackProgress, TextTyped
from tests.support.relay_stage import LOUD, Host, ManualClock, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    call,
    created,
    done,
    fault,
    member_says,
    sound,
    spoken,
    whole,
    words,
)

# How an engine's connection may end in the middle; each is healed in the same way.
ENDS = {
    "expired": {"emit": [fault("session_expired")], "close": 1001},
    "aborted": {"drop": True},
    "broken": {"close": 1011},
    "left": {"close": 1000},
}
HELLO = ("member", "Hello", False)


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture(params=ENDS)
def end(request, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    return ENDS[request.param]


def ending(expect, emit, end):
    return Step(expect, [*emit, *end.get("emit", [])], None, end.get("close"), "drop" in end)


def told(text):
    """A message that a new engine is told."""

    def check(message):
        assert text in message["item"]["content"][0]["text"]

    return Step("conversation.item.create", check=check)


def unhurt(page):
    """The member saw nothing of it."""
    assert page.errors == []
    assert not {"reconnecting", "ended"} & set(page.states)


# --- lost ----------------------------------------------------------------------------------------


async def test_lost_before_the_answer_began(host, end):
    scripts = [
        [Step(None, member_says("m1", "Hello")), ending("response.create", [], end)],
        [told("Hello"), Step("response.create", whole("r1", "c1", "Hi there."))],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: len(page.frames) == 4)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await until(lambda: len(host.turns) == 2)
        engine.assert_complete()
    unhurt(page)
    assert host.written == [HELLO, ("coach", "Hi there.", False)]
    assert engine.updates[0] == engine.updates[1]


async def test_lost_in_the_middle_of_a_word_of_the_coach(host, end):
    half = [
        created("r1"),
        words("r1", "c1", "One two three four five"),
        sound("r1", "c1", bytes(24_000)),
    ]
    scripts = [
        [Step(None, member_says("m1", "Hello")), ending("response.create", half, end)],
        [
            told("Hello"),
            Step("conversation.item.create"),
            Step("response.create", whole("r2", "c2", "four five six.")),
        ],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: engine.connections == 2)
        await relay.dispatch(PlaybackProgress(1, 0, 500))
        await until(lambda: sum(f[2] for f in page.frames) == 24_000 + 400 * 48)
        await relay.dispatch(PlaybackProgress(1, 1, 400))
        engine.assert_complete()
        await until(lambda: len(host.turns) >= 4)
    unhurt(page)
    assert page.of("clear") == []
    first, coach, notice, rest = host.turns
    assert (first.text, notice.notice) == ("Hello", "line_broke")
    assert rest.text == "four five six."
    assert not coach.interrupted
    assert coach.text.startswith("One")
    assert "five" not in coach.text


async def test_an_answer_with_an_event_over_our_limit_is_asked_for_again(host, monkeypatch):
    monkeypatch.setattr(limits, "ENGINE_MESSAGE_MAX_BYTES", 20_000)
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    begun = [created("r1"), words("r1", "c1", "One two"), sound("r1", "c1", bytes(30_000))]
    scripts = [
        [Step(None, member_says("m1", "Hello")), Step("response.create", begun)],
        [told("Hello"), Step("response.create", whole("r2", "c2", "One two three.", 100))],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: page.frames)
        await relay.dispatch(PlaybackProgress(1, 1, 100))
        await until(lambda: len(host.turns) == 2)
        engine.assert_complete()
    unhurt(page)
    assert host.written == [HELLO, ("coach", "One two three.", False)]
    assert [drop["item"] for drop in page.of("drop")] != []


async def test_lost_in_the_middle_of_a_word_of_the_member(host, end):
    frames = [struct.pack("<480h", *[number] * 480) for number in range(1, 21)]
    scripts = [[], [Step("response.create", whole("r1", "c1", "Hi there."))]]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        for frame in frames:
            relay.page_audio(frame)
        await until(lambda: len(engine.mic) == 20 * 960)
        await engine.emit(spoken("m1")[0])
        await until(lambda: relay.conversation.speech_in_progress)
        engine.mic.clear()
        await engine.end(end)
        await until(lambda: engine.connections == 2 and len(engine.mic) == 20 * 960)
        await engine.emit(*member_says("n1", "Hello"))
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)
    assert bytes(engine.mic) == b"".join(frames)
    assert host.written[0] == HELLO


async def test_lost_between_the_members_last_word_and_its_transcript(host, end):
    scripts = [
        [ending("response.create", [], end)],
        [Step("response.create", whole("r1", "c1", "Hi there."))],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        for _ in range(20):
            relay.page_audio(LOUD)
        await until(lambda: len(engine.mic) == 20 * 960)
        engine.mic.clear()
        await engine.emit(*spoken("m1"))
        await until(lambda: engine.connections == 2 and len(engine.mic) >= 20 * 960)
        await engine.emit(*member_says("n1", "Hello"))
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)
    assert host.written[0] == HELLO


async def test_lost_in_the_middle_of_a_tool(host, end):
    host.tool_s = 0.2
    calls = [created("r1"), call("r1", "call1", "log_meal"), done("r1")]
    scripts = [
        [Step(None, member_says("m1", "I had eggs")), ending("response.create", calls, end)],
        [
            told("I had eggs"),
            told("Result of log_meal: "),
            Step("response.create", whole("r1", "c1", "Logged.")),
        ],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)
    assert len(host.calls) == 1
    assert "function_call_output" not in str(engine.received)


async def test_lost_between_a_tools_result_and_the_answer_to_it(host, end):
    calls = [created("r1"), call("r1", "call1", "log_meal"), done("r1")]
    scripts = [
        [
            Step(None, member_says("m1", "I had eggs")),
            Step("response.create", calls),
            Step("conversation.item.create"),
            ending("response.create", [], end),
        ],
        [
            told("I had eggs"),
            told("Result of log_meal: "),
            Step("response.create", whole("r1", "c1", "Logged.")),
        ],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)
    assert len(host.calls) == 1


async def test_lost_while_a_person_takes_over(host, end):
    half = [created("r1"), words("r1", "c1", "One two three"), sound("r1", "c1", bytes(48_000))]
    scripts = [
        [
            Step(None, member_says("m1", "Hello")),
            Step("response.create", half),
            ending("response.cancel", [], end),
        ],
        [told("Hello")],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: len(page.frames) == 10)
        await relay.dispatch(PlaybackProgress(1, 0, 600))
        await relay.dispatch(FloorChanged("expert", 2, "Asha"))
        await until(lambda: engine.connections == 2 and len(engine.updates) == 2)
        await engine.emit(*member_says("n1", "Are you there?"))
        await until(lambda: len(host.turns) == 3)
        await asyncio.sleep(0.05)
    assert [t for t in engine.types() if t == "response.create"] == ["response.create"]
    assert page.states[-1] == "person"
    assert page.errors == []
    assert [(t.speaker, t.epoch) for t in host.turns] == [
        ("member", 1),
        ("coach", 1),
        ("member", 2),
    ]
    assert host.turns[1].interrupted


async def test_a_person_takes_over_while_there_is_no_engine(host, clock, end):
    scripts = [[ending("response.create", [], end)], [told("Hello")]]
    async with (
        ScriptedEngine(scripts) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        await engine.emit(*member_says("m1", "Hello"))
        await until(lambda: not engine.sockets and not relay.connected)
        await relay.dispatch(FloorChanged("expert", 2, "Asha"))
        await clock.until(lambda: len(engine.received) == 2)
        await clock.advance(5)
        engine.assert_complete()
    assert page.states[-1] == "person"
    assert host.written == [HELLO]


async def test_a_loss_of_more_than_two_seconds_is_told_and_what_was_typed_is_kept(host, clock):
    scripts = [[], [told("Still there?"), Step("response.create", whole("r1", "c1", "Yes."))]]
    async with (
        ScriptedEngine(scripts, refusals=[0, 503, 503]) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        await engine.drop()
        await until(lambda: not relay.connected)
        await relay.dispatch(TextTyped("t1", "Still there?"))
        await clock.advance(limits.RECONNECTING_SHOWN_S - 0.5)
        assert "reconnecting" not in page.states
        await clock.until(lambda: page.frames)
        engine.assert_complete()
    assert page.states[:1] == ["listening"]
    assert "reconnecting" in page.states
    assert page.states[-1] in ("thinking", "speaking")
    assert page.errors == []
