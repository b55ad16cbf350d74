"""An engine that is lost again and again in one talk: reconnect, backoff, and what is shown."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.engine_commands import AddMessage, CreateResponse
from coach.voice.engine_events import EngineLost, EngineReady
from coach.voice.inputs import FloorChanged, Interrupt, PersonSound, TextTyped, Tick
from coach.voice.realtime import EngineError
from coach.voice.relay import Relay
from tests.support.conversation_driver import Driver, creates
from tests.support.relay_stage import SETTINGS, Host, ManualClock, Page, until


class FakeConnection:
    """One connection to the engine, which takes everything and sends nothing."""

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

    def append(self, pcm):
        pass

    def offer_to(self, take, is_ready):
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


class SupervisedEngine:
    """An engine under a supervisor: it is dialled also while it is down."""

    def __init__(self):
        self.up = True
        self.code = ""  # of a permanent refusal
        self.connections = []
        self.dials = 0

    async def connect(self):
        self.dials += 1
        if self.code:
            raise EngineError("refused", self.code, False)
        if not self.up:
            raise EngineError("nobody", "unreachable", True)
        self.connections.append(FakeConnection())
        return self.connections[-1]

    def kill(self):
        self.up = False
        self.connections[-1].kill()

    @property
    def sent_texts(self):
        """What the member typed, by the connection that was sent it."""
        return [
            [e.text for e in connection.sent if isinstance(e, AddMessage) and e.role == "user"]
            for connection in self.connections
        ]


@asynccontextmanager
async def talking(server, clock):
    page, host = Page(), Host()
    relay = Relay(
        conversation=Conversation(),
        page=page,
        host=host,
        connect=server.connect,
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
def server():
    return SupervisedEngine()


@pytest.fixture
def clock():
    return ManualClock()


async def away(server, clock, relay, seconds):
    """The engine dies, and is back after so many seconds."""
    server.kill()
    await clock.until(lambda: not relay.connected)
    await clock.advance(seconds)
    server.up = True
    await clock.until(lambda: relay.connected, within=limits.BACKOFF_MAX_S + 0.5)


@pytest.mark.parametrize("between", [0.0, 5.0, 17.0, 60.0])
async def test_each_loss_is_survived_however_soon_after_the_last(server, clock, between):
    async with talking(server, clock) as (relay, page, _):
        for _number in range(6):
            await away(server, clock, relay, 13.0)
            await clock.advance(between)
        await clock.advance(1.0)
        assert page.states[-1] == "listening"
        assert page.errors == []


async def test_an_engine_lost_again_during_the_backoff_is_dialled_on(server, clock):
    async with talking(server, clock) as (relay, page, _):
        server.kill()
        for _number in range(5):
            await clock.advance(11.0)
            server.up = True
            dialled = len(server.connections)
            await clock.until(lambda n=dialled: len(server.connections) > n, within=6.0)
            server.kill()
        await clock.advance(40.0)
        server.up = True
        await clock.until(lambda: page.states[-1] == "listening", within=6.0)
        await clock.advance(1.0)
        assert relay.connected
        assert page.errors == []


async def test_an_engine_back_after_two_minutes_is_sent_once_what_was_typed(server, clock):
    async with talking(server, clock) as (relay, page, _):
        server.kill()
        await clock.until(lambda: not relay.connected)
        await clock.advance(60.0)
        await relay.dispatch(TextTyped("t1", "log a tomato"))
        await relay.dispatch(TextTyped("t1", "log a tomato"))
        await clock.advance(60.0)
        assert page.errors == []
        server.up = True
        await clock.until(lambda: len(server.connections) == 2, within=limits.BACKOFF_MAX_S + 0.5)
        await clock.advance(1.0)
        assert server.sent_texts == [[], ["log a tomato"]]
        assert sum(isinstance(e, CreateResponse) for e in server.connections[1].sent) == 1


async def test_the_page_shows_a_loss_within_seconds_and_a_long_one_as_unreachable(server, clock):
    async with talking(server, clock) as (relay, page, _):
        server.kill()
        await clock.until(lambda: not relay.connected)
        await clock.advance(limits.RECONNECTING_SHOWN_S + 0.5)
        assert page.states == ["listening", "reconnecting"]
        await clock.advance(limits.RECONNECT_LONG_S)
        assert page.states == ["listening", "reconnecting", "unreachable"]
        server.up = True
        await clock.until(lambda: page.states[-1] == "listening", within=6.0)


def test_a_pending_answer_is_requested_once_with_what_is_typed_before_the_engine_comes():
    talk = Driver(ready=False, answer_pending=True)
    assert creates(talk(TextTyped("t2", "and a leek"))) == []
    assert len(creates(talk(EngineReady(resumed=True)))) == 1


def test_a_pending_answer_is_dropped_by_an_interruption():
    talk = Driver(ready=False, answer_pending=True)
    talk(Interrupt())
    assert creates(talk(EngineReady(resumed=True))) == []


def test_a_loss_is_shown_as_unreachable_before_microphone_audio_is_dropped():
    kept_s = limits.MIC_REPLAY_BYTES / limits.BYTES_PER_MS / 1000
    assert kept_s > limits.RECONNECT_LONG_S
    conversation = Conversation()
    conversation.handle(EngineReady(), 100.0)
    conversation.handle(EngineLost(), 100.0)
    conversation.handle(Tick(), 100.0 + limits.RECONNECT_LONG_S - 0.1)
    assert conversation.page_state == "reconnecting"
    conversation.handle(Tick(), 100.0 + limits.RECONNECT_LONG_S)
    assert conversation.page_state == "unreachable"


async def test_dialling_is_given_up_after_minutes(server, clock):
    async with talking(server, clock) as (_, page, running):
        server.kill()
        begun = clock.now()
        await clock.until(running.done, within=limits.RECONNECT_FOR_S + 30)
        assert clock.now() - begun >= limits.RECONNECT_FOR_S
    assert page.errors == [("engine_unavailable", True)]
    assert server.dials < 2 * limits.RECONNECT_FOR_S / limits.BACKOFF_MAX_S


async def test_an_engine_that_hangs_up_at_once_is_given_up_as_well(server, clock):
    async with talking(server, clock) as (_, page, running):
        begun = clock.now()
        while not running.done():
            server.connections[-1].kill()
            await clock.advance(0.25)
            await asyncio.sleep(0)
            assert clock.now() - begun < limits.RECONNECT_FOR_S + 30
    assert page.errors == [("engine_unavailable", True)]
    assert server.dials < 2 * limits.RECONNECT_FOR_S / limits.BACKOFF_MAX_S


@pytest.mark.parametrize("code", ["http_401", "http_403", "insufficient_quota", "bad_settings"])
async def test_a_refusal_on_the_way_back_is_given_up_after_a_while(server, clock, code):
    async with talking(server, clock) as (_, page, running):
        server.code = code
        server.kill()
        begun = clock.now()
        await clock.until(running.done, within=limits.REFUSED_BACK_S + 2 * limits.BACKOFF_MAX_S)
        assert clock.now() - begun >= limits.REFUSED_BACK_S
    assert page.errors == [(code, True)]


@pytest.mark.parametrize("code", ["http_401", "http_404", "http_408", "closed_1008"])
async def test_an_engine_that_refuses_while_it_is_replaced_goes_on(server, clock, code):
    async with talking(server, clock) as (relay, page, _):
        server.code = code
        server.kill()
        await clock.until(lambda: not relay.connected)
        await clock.advance(limits.REFUSED_BACK_S / 2)
        server.code, server.up = "", True
        await clock.until(lambda: relay.connected, within=limits.BACKOFF_MAX_S + 0.5)
        await clock.advance(1.0)
        assert page.states[-1] == "listening"
        assert page.errors == []


# --- without any engine, a person is there --------------------------------------------------------


@pytest.mark.parametrize(
    ("floor", "notice"),
    [
        ("expert", "person_stays"),
        ("coach_waiting", "person_comes"),
        ("safety_hold", "person_comes"),
    ],
)
async def test_who_is_with_a_person_or_waits_for_one_needs_no_engine(server, clock, floor, notice):
    async with talking(server, clock) as (relay, page, running):
        await relay.dispatch(FloorChanged(floor, 5, "Asha"))
        server.kill()
        await clock.advance(3 * limits.RECONNECT_FOR_S)
        assert not running.done()
        assert page.errors == []
        host = relay._host
        assert host.notices == [notice]  # told once
        await relay.dispatch(TextTyped("t1", "Are you there?"))
        await until(lambda: [turn for turn in host.turns if turn.client_id == "t1"])
        if floor == "expert":
            await relay.dispatch(PersonSound(5, bytes(960)))
            assert page.frames[-1][1:] == (limits.LIVE_INDEX, 960)
            assert page.states[-1] == "person"


async def test_an_engine_that_comes_back_is_there_when_the_person_hands_back(server, clock):
    async with talking(server, clock) as (relay, page, _running):
        await relay.dispatch(FloorChanged("expert", 5, "Asha"))
        server.kill()
        await clock.advance(2 * limits.RECONNECT_FOR_S)
        server.up = True
        await clock.until(lambda: relay.connected, within=limits.ENGINE_AGAIN_S + 60)
        await relay.dispatch(FloorChanged("coach", 6))
        assert page.states[-1] == "listening"


async def test_once_the_coach_is_needed_again_a_talk_without_an_engine_ends(server, clock):
    async with talking(server, clock) as (relay, page, running):
        await relay.dispatch(FloorChanged("expert", 5, "Asha"))
        server.kill()
        await clock.advance(2 * limits.RECONNECT_FOR_S)
        await relay.dispatch(FloorChanged("coach", 6))
        await clock.until(running.done, within=2 * limits.RECONNECT_FOR_S)
    assert page.errors == [("engine_unavailable", True)]
