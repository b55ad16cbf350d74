"""Faults in the middle of a talk: what the member then sees, and what is written down."""

import asyncio
import struct

import pytest

from coach import wire
from coach.voice import limits
from coach.voice.inputs import FloorChanged, PlaybackProgress, TextTyped
from tests.support.relay_stage import LOUD, Host, ManualClock, Page, relay_of, talking, until
from tests.support.scripted_engine import (
    SESSION,
    ScriptedEngine,
    Step,
    call,
    created,
    done,
    fault,
    item_done,
    member_says,
    sound,
    spoken,
    transcribed,
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
            Step(None, member_says("m2", "Go on")),
            Step("response.create", whole("r2", "c2", "Six.")),
        ],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: engine.connections == 2)
        await relay.dispatch(PlaybackProgress(1, 0, 500))
        await until(lambda: sum(f[2] for f in page.frames) == 24_000 + 400 * 48)
        engine.assert_complete()
        await until(lambda: len(host.turns) >= 3)
    unhurt(page)
    assert page.of("clear") == []
    first, coach, second = host.turns[:3]
    assert (first.text, second.text) == ("Hello", "Go on")
    assert coach.interrupted
    assert coach.text.startswith("One")
    assert "five" not in coach.text


async def test_lost_in_the_middle_of_a_word_of_the_member(host, end):
    frames = [struct.pack("<480h", *[number] * 480) for number in range(1, 21)]
    scripts = [[], [Step("response.create", whole("r1", "c1", "Hi there."))]]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        for frame in frames:
            await relay.page_audio(frame)
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
            await relay.page_audio(LOUD)
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


# --- no answer, or none that can be heard --------------------------------------------------------


async def test_a_second_create_that_is_refused_is_repeated_after_the_first_response(host):
    refused = fault("conversation_already_has_active_response", "create-1")
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [refused, done("theirs")]),
        Step("response.create", whole("r2", "c2", "Hi there.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)


async def test_a_silent_response_is_asked_for_once_more_then_told(host, clock):
    silent = [
        [created(r), item_done(r, "c"), done(r, usage={"total_tokens": 3})] for r in ("r1", "r2")
    ]
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", silent[0]),
        Step("response.create", silent[1]),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("silent", False)]
    assert page.states[-1] == "listening"
    assert host.written == [HELLO]


@pytest.mark.parametrize("created_first", [True, False])
async def test_a_quota_that_is_used_up_is_told_at_once(host, clock, created_first):
    error = {"type": "insufficient_quota", "code": "insufficient_quota", "message": "no"}
    failed = [done("r1", "failed", type="failed", error=error)]
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), *failed] if created_first else failed),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("insufficient_quota", True)]


async def test_a_rate_limit_is_waited_out_once_then_told(host, clock):
    error = {"type": "x", "code": "inference_rate_limit_exceeded", "message": "no"}
    script = [Step(None, member_says("m1", "Hello"))]
    script += [
        Step("response.create", [created(r), done(r, "failed", error=error)]) for r in ("r1", "r2")
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("busy", False)]


@pytest.mark.parametrize(
    ("reason", "code"), [("content_filter", "filtered"), ("max_output_tokens", "incomplete")]
)
async def test_an_answer_that_was_cut_short_is_said_to_be(host, reason, code):
    half = [*whole("r1", "c1", "One two")[:3], done("r1", "incomplete", reason=reason)]
    script = [Step(None, member_says("m1", "Hello")), Step("response.create", half)]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: page.errors)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await until(lambda: len(host.turns) == 2)
        engine.assert_complete()
    assert page.errors == [(code, False)]
    assert host.turns[1].interrupted


async def test_an_engine_that_never_answers_is_asked_twice_then_told(host, clock):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create"),
        Step("response.create"),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.advance(60)
        engine.assert_complete()
    assert page.errors == [("no_answer", False)]
    assert page.states[-1] == "listening"


# --- words that come late, or never --------------------------------------------------------------


@pytest.mark.parametrize("how", ["late", "failed", "never"])
async def test_a_transcript_after_the_answer(host, clock, how):
    kind = "conversation.item.input_audio_transcription.failed"
    failed = {"type": kind, "item_id": "m1", "error": {"type": "server_error", "message": "no"}}
    script = [Step("response.create", whole("r1", "c1", "Hi there."))]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        for _ in range(20):
            await relay.page_audio(LOUD)
        await engine.emit(spoken("m1")[0])
        await until(lambda: relay.conversation.speech_in_progress)
        for _ in range(15):
            await relay.page_audio(LOUD)
        await engine.emit(*spoken("m1")[1:])
        await until(lambda: len(page.frames) == 4)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        assert host.turns == []
        if how == "never":
            await clock.advance(limits.TRANSCRIPT_S + 1)
        else:
            await engine.emit(transcribed("m1", "Hello") if how == "late" else failed)
        await until(lambda: host.turns and host.turns[-1].speaker == "coach")
        engine.assert_complete()
    expected = [HELLO] if how == "late" else []
    assert host.written == [*expected, ("coach", "Hi there.", False)]
    assert page.errors == []


async def test_usage_is_counted_where_it_is_told_and_missed_where_not(host):
    usage = {"type": "duration", "seconds": 2}
    script = [
        Step(None, [*spoken("m1"), transcribed("m1", "Hello", usage)]),
        Step("response.create", whole("r1", "c1", "Hi there.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        await engine.emit(*member_says("m2", "Bye"))
        await until(lambda: len(host.turns) >= 1)
    assert [(c.kind, c.usage) for c in host.counted] == [("transcription", usage)]


# --- slow ----------------------------------------------------------------------------------------


async def test_a_page_that_takes_nothing_is_given_up(host, clock):
    class Stuck(Page):
        async def send_audio(self, frame):
            await asyncio.Event().wait()

    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(4800))]),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, page=Stuck(), clock=clock) as (_, _, task),
    ):
        await engine.until("response.create")
        await clock.until(task.done, within=3 * limits.PAGE_STUCK_S)
        assert isinstance(task.exception(), OverflowError)
    assert host.written == [HELLO]


async def test_what_waits_for_a_slow_page_is_bounded(host, monkeypatch):
    monkeypatch.setattr(limits, "PAGE_QUEUE_FRAMES", 5)
    gate = asyncio.Event()

    class Slow(Page):
        async def send(self, message):
            await super().send(message)
            if isinstance(message, wire.FloorState):
                await gate.wait()

    async with ScriptedEngine([[]]) as engine, talking(engine, host, page=Slow()) as (relay, _, _):
        first = asyncio.create_task(relay.dispatch(FloorChanged("coach_waiting", 2)))
        await asyncio.sleep(0)
        for epoch in range(3, 8):
            await relay.dispatch(FloorChanged("coach_waiting", epoch))
        with pytest.raises(OverflowError):
            await relay.dispatch(FloorChanged("coach_waiting", 8))
        gate.set()
        await first


async def test_a_page_that_reports_nothing_gets_no_more_than_it_can_play(host, clock):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), *[sound("r1", "c1", bytes(48_000))] * 20]),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await until(lambda: len(page.frames) >= 40)
        await asyncio.sleep(0.05)
        sent = sum(f[2] for f in page.frames) // 48
        assert sent == limits.PLAY_AHEAD_MS
        await clock.advance(10)
        assert sum(f[2] for f in page.frames) // 48 <= limits.PLAY_AHEAD_MS + 9000


async def test_a_slow_engine_gets_the_newest_of_the_microphone(host, monkeypatch):
    slow = False

    async with ScriptedEngine([[]]) as engine, talking(engine, host) as (relay, _, _):
        from coach.voice.realtime import RealtimeEngine

        monkeypatch.setattr(RealtimeEngine, "congested", property(lambda _: slow))
        slow = True
        for number in range(300):
            await relay.page_audio(struct.pack("<480h", *[number] * 480))
        slow = False
        await relay.page_audio(struct.pack("<480h", *[300] * 480))
        await until(lambda: len(engine.mic) >= 960 * limits.MIC_QUEUE_FRAMES)
    got = struct.unpack(f"<{len(engine.mic) // 2}h", bytes(engine.mic))[::480]
    assert list(got) == list(range(301 - len(got), 301))
    assert len(got) <= limits.MIC_QUEUE_FRAMES + 1


async def test_the_microphone_is_bounded_while_there_is_no_engine(host):
    relay = relay_of("ws://127.0.0.1:9/", Page(), host)
    frame = bytes(limits.MIC_FRAME_MAX_BYTES)
    for _ in range(1000):
        await relay.page_audio(frame)
    kept = relay._engine.microphone.unsent * len(frame)
    assert limits.MIC_REPLAY_BYTES - len(frame) <= kept <= limits.MIC_REPLAY_BYTES


# --- changed in good time ------------------------------------------------------------------------


async def test_a_session_that_will_end_soon_is_changed_before_it_does(host, clock):
    session = dict(SESSION) | {"expires_at": int(clock.wall()) + 900}
    async with (
        ScriptedEngine([[], []], session=session) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.advance(760)
        await asyncio.sleep(0.05)
        assert engine.connections == 1
        await clock.until(lambda: engine.connections == 2 and len(engine.sockets) == 1)
        assert clock.wall() < session["expires_at"] - 60
        engine.assert_complete()
    unhurt(page)
    assert engine.updates[0] == engine.updates[1]


async def test_what_the_old_engine_heard_and_had_not_noticed_the_new_one_hears(host, clock):
    frames = [struct.pack("<480h", *[number] * 480) for number in range(1, 21)]
    async with (
        ScriptedEngine([[], []]) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        await clock.advance(limits.ROTATE_AFTER_S)
        await clock.until(lambda: len(engine.updates) == 2, within=10)
        await clock.advance(0.5)
        for frame in frames:
            await relay.page_audio(frame)
        await until(lambda: len(engine.mic) == 20 * 960)
        engine.mic.clear()
        await clock.until(lambda: len(engine.mic) >= 20 * 960, within=2)
        assert bytes(engine.mic) == b"".join(frames)
    unhurt(page)


async def test_who_speaks_is_not_cut_off_by_the_change(host, clock):
    scripts = [
        [Step("response.create", whole("r1", "c1", "Hi there."))],
        [told("Hello"), told("Hi there.")],
    ]
    async with (
        ScriptedEngine(scripts) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        await clock.advance(limits.ROTATE_AFTER_S - 1)
        await engine.emit(spoken("m1")[0])
        await until(lambda: relay.conversation.speech_in_progress)
        await clock.advance(30)
        assert engine.connections == 1
        await engine.emit(*spoken("m1")[1:], transcribed("m1", "Hello"))
        await until(lambda: len(page.frames) == 4)
        await clock.advance(1)
        assert engine.connections == 1
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await clock.until(lambda: len(engine.received) == 3)
        engine.assert_complete()
    unhurt(page)
    assert host.written == [HELLO, ("coach", "Hi there.", False)]


async def test_an_engine_without_a_successor_serves_on(host, clock):
    async with (
        ScriptedEngine([[], []], refusals=[0, 503, 503]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.advance(limits.ROTATE_AFTER_S)
        await clock.until(lambda: engine.dials == 3, within=60)
        assert len(engine.sockets) == 1
        await clock.until(lambda: engine.connections == 2, within=60)
    unhurt(page)
