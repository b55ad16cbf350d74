"""An engine that is not reached: the page shows it within seconds, and typed texts wait."""

import asyncio

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.engine_events import EngineDialled, EngineLost, EngineReady
from coach.voice.inputs import TextTyped, Tick
from coach.voice.realtime import EngineError
from coach.voice.relay import Relay
from tests.support.relay_stage import SETTINGS, Host, ManualClock, Page, relay_of, until
from tests.support.scripted_engine import ScriptedEngine, Step, whole


@pytest.fixture
def clock():
    return ManualClock()


async def never():
    await asyncio.get_running_loop().create_future()


def state_after(seconds, *events):
    conversation = Conversation()
    for event in events:
        conversation.handle(event, 100.0)
    conversation.handle(Tick(), 100.0 + seconds)
    return conversation.page_state


def test_it_is_shown_after_some_seconds_of_dialling():
    assert state_after(limits.UNREACHABLE_SHOWN_S - 0.1, EngineDialled()) == "connecting"
    assert state_after(limits.UNREACHABLE_SHOWN_S, EngineDialled()) == "unreachable"


def test_each_attempt_is_part_of_the_same_wait():
    conversation = Conversation()
    for second in range(6):
        conversation.handle(EngineDialled(), float(second))
    assert conversation.page_state == "unreachable"


def test_waiting_for_a_place_is_not_dialling():
    assert state_after(600) == "connecting"


def test_an_engine_reached_before_is_reconnecting():
    lost = (EngineDialled(), EngineReady(), EngineLost(), EngineDialled())
    assert state_after(limits.UNREACHABLE_SHOWN_S, *lost) == "reconnecting"


@pytest.mark.parametrize("how", ["a black hole", "nobody there"])
async def test_the_page_shows_it_within_seconds_whatever_the_network_does(clock, how, monkeypatch):
    async def refused():
        raise EngineError("nobody", "unreachable", True)

    page = Page()
    relay = Relay(
        conversation=Conversation(),
        page=page,
        host=Host(),
        connect=never if how == "a black hole" else refused,
        settings=SETTINGS,
        clock=clock,
    )
    running = asyncio.create_task(relay.run())
    await clock.until(lambda: page.states, within=limits.UNREACHABLE_SHOWN_S + 1)
    assert page.states == ["unreachable"]
    assert page.errors == []  # we keep trying
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_admission_comes_before_the_dial(clock):
    page, admitted = Page(), asyncio.Event()

    async def admit():
        await admitted.wait()

    relay = Relay(
        conversation=Conversation(),
        page=page,
        host=Host(),
        connect=never,
        settings=SETTINGS,
        clock=clock,
        admit=admit,
    )
    running = asyncio.create_task(relay.run())
    await asyncio.sleep(0)
    await clock.advance(60)
    assert page.states == []
    admitted.set()
    await clock.until(lambda: page.states, within=limits.UNREACHABLE_SHOWN_S + 1)
    assert page.states == ["unreachable"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_was_typed_meanwhile_is_written_and_answered_once_the_engine_is_there(clock):
    host, page = Host(), Page()
    script = [
        Step("conversation.item.create"),
        Step("response.create", whole("r1", "c1", "Hello Maya.")),
    ]
    async with ScriptedEngine([script], refusals=[503, 503]) as engine:
        relay = relay_of(engine.url, page, host, clock)
        running = asyncio.create_task(relay.run())
        await until(lambda: engine.dials == 1)
        await clock.advance(0.1)
        await relay.dispatch(TextTyped("t1", "Hello"))
        await until(lambda: host.written)
        await clock.until(lambda: page.frames)
        engine.assert_complete()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert host.written == [("member", "Hello", False)]
    assert page.errors == []
