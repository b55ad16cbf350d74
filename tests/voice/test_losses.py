"""An engine that goes away again and again in one talk: how long it is sought, and what is told."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.engine_commands import AddMessage, CreateResponse
from coach.voice.engine_events import EngineLost, EngineReady
from coach.voice.inputs import Interrupt, TextTyped, Tick
from coach.voice.realtime import EngineError
from coach.voice.relay import Relay
from tests.support.conversation_driver import Driver, creates
from tests.support.relay_stage import SETTINGS, Host, ManualClock, Page


class Line:
    """One connection to the engine; it hears everything and says nothing."""

    congested = False
    silent_s = 0.0
    expires_at = None

    def __init__(self):
        self.sent = []
        self._gone = asyncio.Event()

    async def configure(self, settings):
        pass

    async def send(self, command):
        self.sent.append(command)

    async def append(self, pcm):
        pass

    async def events(self):
        await self._gone.wait()
        raise EngineError("killed", "closed", True)
        yield

    def kill(self):
        self._gone.set()

    def abort(self):
        self.kill()

    async def close(self):
        self.kill()


class House:
    """The engine's process as its supervisor keeps it: dialled at times when it is not there."""

    def __init__(self):
        self.up = True
        self.code = ""  # of a refusal for good
        self.lines = []
        self.dials = 0

    async def connect(self):
        self.dials += 1
        if self.code:
            raise EngineError("refused", self.code, False)
        if not self.up:
            raise EngineError("nobody", "unreachable", True)
        self.lines.append(Line())
        return self.lines[-1]

    def kill(self):
        self.up = False
        self.lines[-1].kill()

    @property
    def told(self):
        """What the member typed, by the connection that was told of it."""
        return [
            [e.text for e in line.sent if isinstance(e, AddMessage) and e.role == "user"]
            for line in self.lines
        ]


@asynccontextmanager
async def talking(house, clock):
    page, host = Page(), Host()
    relay = Relay(
        conversation=Conversation(),
        page=page,
        host=host,
        connect=house.connect,
        settings=SETTINGS,
        resumed=True,
        clock=clock,
    )
    running = asyncio.create_task(relay.run())
    await clock.until(lambda: page.states == ["listening"])
    try:
        yield relay, page, running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def clock():
    return ManualClock()


async def away(house, clock, relay, seconds):
    """The engine dies, and its supervisor has it back after so long."""
    house.kill()
    await clock.until(lambda: not relay.connected)
    await clock.advance(seconds)
    house.up = True
    await clock.until(lambda: relay.connected, within=limits.BACKOFF_MAX_S + 0.5)


@pytest.mark.parametrize("between", [0.0, 5.0, 17.0, 60.0])
async def test_each_loss_is_survived_however_soon_after_the_last(house, clock, between):
    async with talking(house, clock) as (relay, page, _):
        for _number in range(6):
            await away(house, clock, relay, 13.0)
            await clock.advance(between)
        await clock.advance(1.0)
        assert page.states[-1] == "listening"
        assert page.errors == []


async def test_one_that_dies_while_it_is_sought_is_sought_on(house, clock):
    async with talking(house, clock) as (relay, page, _):
        house.kill()
        for _number in range(5):
            await clock.advance(11.0)
            house.up = True
            lines = len(house.lines)
            await clock.until(lambda n=lines: len(house.lines) > n, within=6.0)
            house.kill()
        await clock.advance(40.0)
        house.up = True
        await clock.until(lambda: page.states[-1] == "listening", within=6.0)
        await clock.advance(1.0)
        assert relay.connected
        assert page.errors == []


async def test_after_two_minutes_it_is_found_and_told_once_what_was_typed(house, clock):
    async with talking(house, clock) as (relay, page, _):
        house.kill()
        await clock.until(lambda: not relay.connected)
        await clock.advance(60.0)
        await relay.dispatch(TextTyped("t1", "log a tomato"))
        await relay.dispatch(TextTyped("t1", "log a tomato"))
        await clock.advance(60.0)
        assert page.errors == []
        house.up = True
        await clock.until(lambda: len(house.lines) == 2, within=limits.BACKOFF_MAX_S + 0.5)
        await clock.advance(1.0)
        assert house.told == [[], ["log a tomato"]]
        assert sum(isinstance(e, CreateResponse) for e in house.lines[1].sent) == 1


async def test_the_member_is_told_within_seconds_and_offered_to_leave_notes(house, clock):
    async with talking(house, clock) as (relay, page, _):
        house.kill()
        await clock.until(lambda: not relay.connected)
        await clock.advance(limits.RECONNECTING_SHOWN_S + 0.5)
        assert page.states == ["listening", "reconnecting"]
        await clock.advance(limits.RECONNECT_LONG_S)
        assert page.states == ["listening", "reconnecting", "unreachable"]
        house.up = True
        await clock.until(lambda: page.states[-1] == "listening", within=6.0)


def test_an_answer_that_is_owed_is_asked_for_once_with_what_is_typed_before_the_engine_comes():
    talk = Driver(ready=False, answer_pending=True)
    assert creates(talk(TextTyped("t2", "and a leek"))) == []
    assert len(creates(talk(EngineReady(resumed=True)))) == 1


def test_an_answer_that_is_owed_is_not_given_to_who_asks_for_quiet_first():
    talk = Driver(ready=False, answer_pending=True)
    talk(Interrupt())
    assert creates(talk(EngineReady(resumed=True))) == []


def test_nothing_is_said_to_be_lost_only_while_the_microphone_is_kept_whole():
    kept_s = limits.MIC_REPLAY_BYTES / limits.BYTES_PER_MS / 1000
    assert kept_s > limits.RECONNECT_LONG_S
    conversation = Conversation()
    conversation.handle(EngineReady(), 100.0)
    conversation.handle(EngineLost(), 100.0)
    conversation.handle(Tick(), 100.0 + limits.RECONNECT_LONG_S - 0.1)
    assert conversation.page_state == "reconnecting"
    conversation.handle(Tick(), 100.0 + limits.RECONNECT_LONG_S)
    assert conversation.page_state == "unreachable"


async def test_it_is_sought_for_minutes_and_then_given_up(house, clock):
    async with talking(house, clock) as (_, page, running):
        house.kill()
        begun = clock.now()
        await clock.until(running.done, within=limits.RECONNECT_FOR_S + 30)
        assert clock.now() - begun >= limits.RECONNECT_FOR_S
    assert page.errors == [("engine_unavailable", True)]
    assert house.dials < 2 * limits.RECONNECT_FOR_S / limits.BACKOFF_MAX_S


async def test_one_that_hangs_up_at_once_is_given_up_as_well(house, clock):
    async with talking(house, clock) as (_, page, running):
        begun = clock.now()
        while not running.done():
            house.lines[-1].kill()
            await clock.advance(0.25)
            await asyncio.sleep(0)
            assert clock.now() - begun < limits.RECONNECT_FOR_S + 30
    assert page.errors == [("engine_unavailable", True)]
    assert house.dials < 2 * limits.RECONNECT_FOR_S / limits.BACKOFF_MAX_S


@pytest.mark.parametrize("code", ["http_401", "http_403", "insufficient_quota", "bad_settings"])
async def test_what_can_only_fail_again_ends_at_once(house, clock, code):
    async with talking(house, clock) as (_, page, running):
        house.code = code
        house.kill()
        await clock.until(running.done, within=2.0)
    assert page.errors == [(code, True)]
    assert house.dials == 2
