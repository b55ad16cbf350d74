"""Slow pages, slow engines, and engines that are changed in good time."""

import asyncio
import struct

import pytest

from coach import wire
from coach.voice import limits
from coach.voice.inputs import FloorChanged, PlaybackProgress
from tests.support.relay_stage import LOUD, Host, ManualClock, Page, relay_of, talking, until
from tests.support.scripted_engine import (
    SESSION,
    ScriptedEngine,
    Step,
    created,
    member_says,
    sound,
    spoken,
    transcribed,
    whole,
)

HELLO = ("member", "Hello", False)


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def clock():
    return ManualClock()


def told(text):
    """A message that a new engine is told."""

    def check(message):
        assert text in message["item"]["content"][0]["text"]

    return Step("conversation.item.create", check=check)


def unhurt(page):
    """The member saw nothing of it."""
    assert page.errors == []
    assert not {"reconnecting", "ended"} & set(page.states)


# --- slow ----------------------------------------------------------------------------------------


async def test_a_page_that_takes_nothing_is_given_up(host, clock):
    class Stuck(Page):
        direct = False

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
        direct = False

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
            relay.page_audio(struct.pack("<480h", *[number] * 480))
        slow = False
        relay.page_audio(struct.pack("<480h", *[300] * 480))
        await until(lambda: len(engine.mic) >= 960 * limits.MIC_QUEUE_FRAMES)
    got = struct.unpack(f"<{len(engine.mic) // 2}h", bytes(engine.mic))[::480]
    assert list(got) == list(range(301 - len(got), 301))
    assert len(got) <= limits.MIC_QUEUE_FRAMES + 1


async def test_the_microphone_is_bounded_while_there_is_no_engine(host):
    relay = relay_of("ws://127.0.0.1:9/", Page(), host)
    frame = bytes(limits.MIC_FRAME_MAX_BYTES)
    for _ in range(1000):
        relay.page_audio(frame)
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
            relay.page_audio(frame)
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
        for _ in range(10):
            relay.page_audio(LOUD)
            await clock.advance(3)
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
