"""Engines that cannot be reached, refuse, or say nothing: what the member then sees."""

import asyncio

import pytest

from coach.voice import limits
from tests.support.relay_stage import Host, Page, relay_of, talking, until
from tests.support.scripted_engine import ScriptedEngine, Step, fault


@pytest.fixture
def host():
    return Host()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    monkeypatch.setattr(limits, "BACKOFF_MAX_S", 0.02)
    monkeypatch.setattr(limits, "RECONNECT_FOR_S", 0.3)
    monkeypatch.setattr(limits, "REFUSED_FIRST_S", 0.0)
    monkeypatch.setattr(limits, "REFUSED_BACK_S", 0.1)


async def run(engine, host):
    """The whole life of a relay that ends by itself; returns its page."""
    page = Page()
    await asyncio.wait_for(relay_of(engine.url, page, host).run(), 10)
    return page


@pytest.mark.parametrize("status", [401, 403, 400, 404, 413])
async def test_a_refusal_before_the_upgrade_that_repeats_is_final(host, status):
    async with ScriptedEngine([], refusals=[status] * 9) as engine:
        page = await run(engine, host)
    assert page.errors == [(f"http_{status}", True)]
    assert engine.dials == limits.REFUSALS


@pytest.mark.parametrize("status", [401, 403, 404, 408])
async def test_an_engine_that_refuses_while_it_is_replaced_goes_on_with_the_talk(host, status):
    lost = [Step(None, drop=True)]
    async with (
        ScriptedEngine([lost, []], refusals=[0, status, status]) as engine,
        talking(engine, host) as (_, page, _),
    ):
        await until(lambda: engine.connections == 2 and page.states[-1] == "listening")
    assert engine.dials == 4
    assert page.errors == []


async def test_an_engine_that_refuses_for_long_on_the_way_back_is_given_up(host):
    async with ScriptedEngine([[Step(None, drop=True)]], refusals=[0] + [401] * 99) as engine:
        page = await run(engine, host)
    assert page.errors == [("http_401", True)]
    assert engine.dials >= 1 + limits.REFUSALS


async def test_an_engine_that_asks_for_a_pause_is_given_it(host, monkeypatch):
    monkeypatch.setattr(limits, "RETRY_AFTER_MAX_S", 0.2)
    async with ScriptedEngine([], refusals=[429] * 99, retry_after="7") as engine:
        page = await run(engine, host)
    assert page.errors == [("engine_unavailable", True)]
    assert engine.dials <= 3


@pytest.mark.parametrize("status", [409, 425, 429, 500, 503])
async def test_a_busy_engine_is_tried_again_and_then_serves(host, status):
    async with (
        ScriptedEngine([[]], refusals=[status, status]) as engine,
        talking(engine, host) as (_, page, _),
    ):
        engine.assert_complete()
    assert engine.dials == 3
    assert page.errors == []
    assert page.states == ["listening"]


@pytest.mark.parametrize("status", [429, 503])
async def test_an_engine_that_stays_busy_is_given_up(host, status):
    async with ScriptedEngine([], refusals=[status] * 99) as engine:
        page = await run(engine, host)
    assert page.errors == [("engine_unavailable", True)]
    assert engine.dials > 2


@pytest.mark.parametrize("code", ["invalid_api_key", "insufficient_quota", "model_not_found", 401])
async def test_a_refusal_after_the_upgrade_that_repeats_is_final(host, code):
    async with ScriptedEngine([[]] * 9, first=fault(code)) as engine:
        page = await run(engine, host)
    assert page.errors == [(str(code), True)]
    assert engine.connections == limits.REFUSALS


async def test_a_busy_engine_after_the_upgrade_is_tried_again_and_given_up(host):
    async with ScriptedEngine([[]] * 99, first=fault("rate_limit_exceeded")) as engine:
        page = await run(engine, host)
        assert engine.problems == []
    assert page.errors == [("engine_unavailable", True)]
    assert engine.connections > 2


async def test_settings_that_are_refused_however_they_are_put_are_final(host, monkeypatch):
    monkeypatch.setattr(limits, "CONFIGURE_REFUSED_S", 0.01)
    async with ScriptedEngine([[]] * 9, refuse=fault("unknown_parameter", "configure")) as engine:
        page = await run(engine, host)
    assert page.errors == [("unknown_parameter", True)]
    assert engine.connections == limits.REFUSALS
    assert len(engine.updates) <= limits.CONFIGURE_TRIES * limits.REFUSALS


async def test_an_engine_that_accepts_and_says_nothing_is_given_up(host, monkeypatch):
    monkeypatch.setattr(limits, "CONNECT_S", 0.05)
    async with ScriptedEngine([[]] * 99, silent=True) as engine:
        page = await run(engine, host)
    assert page.errors == [("engine_unavailable", True)]
    assert page.states == []  # it says «connecting» all the while
    assert engine.connections > 2


async def test_an_engine_that_skips_its_greeting_serves(host, monkeypatch):
    monkeypatch.setattr(limits, "CONFIGURE_ACTIVE_S", 0.05)
    first = {"type": "session.updated", "session": {"id": "s"}}
    async with ScriptedEngine([[]], first=first) as engine, talking(engine, host) as (_, page, _):
        engine.assert_complete()
    assert (page.errors, page.states) == ([], ["listening"])
    assert len(engine.updates) == 1


async def test_an_engine_that_speaks_another_dialect_hangs_up_for_good(host):
    beta = fault("beta_api_shape_disabled")
    async with ScriptedEngine([[]] * 9, first=beta) as engine:
        page = await run(engine, host)
    assert page.errors == [("beta_api_shape_disabled", True)]


@pytest.mark.parametrize("close", [4000, 1008, 3000, 4403])
async def test_an_engine_that_hangs_up_for_good_again_and_again_is_given_up(host, close):
    async with ScriptedEngine([[Step(None, close=close)]] * 99) as engine:
        page = await run(engine, host)
    assert page.errors == [(f"closed_{close}", True)]
    assert engine.connections >= limits.REFUSALS


@pytest.mark.parametrize("close", [1008, 3000])
async def test_an_engine_that_is_full_for_a_moment_goes_on_with_the_talk(host, close):
    scripts = [[Step(None, close=close)], [Step(None, close=close)], []]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: engine.connections == 3 and page.states[-1] == "listening")
    assert page.errors == []


async def test_losses_one_after_the_other_come_to_an_end(host):
    async with ScriptedEngine([[Step(None, close=1011)]] * 99) as engine:
        page = await run(engine, host)
        assert engine.problems == []
    assert page.errors == [("engine_unavailable", True)]


async def test_an_engine_that_pings_is_answered(host):
    async with ScriptedEngine([[]]) as engine, talking(engine, host):
        for socket in engine.sockets:
            await asyncio.wait_for(await socket.ping(), 5)


async def test_tries_that_take_long_are_fewer(host, monkeypatch):
    monkeypatch.setattr(limits, "CONNECT_S", 0.1)
    monkeypatch.setattr(limits, "RECONNECT_FOR_S", 0.15)
    async with ScriptedEngine([[]] * 50, silent=True) as engine:
        page = await run(engine, host)
    assert page.errors == [("engine_unavailable", True)]
    assert engine.connections <= 4


async def test_the_pauses_grow_and_differ(host, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.5)
    monkeypatch.setattr(limits, "BACKOFF_MAX_S", 3.0)
    pauses = []

    async def note(seconds):
        pauses.append(seconds)

    from coach.voice.clock import Clock

    class Noting(Clock):
        async def sleep(self, seconds):
            if seconds in (limits.TICK_S, limits.PAGE_STUCK_S):
                await asyncio.sleep(3600)
            await note(seconds)

    async with ScriptedEngine([], refusals=[*[503] * 3, 401, 401, 401]) as engine:
        await asyncio.wait_for(relay_of(engine.url, Page(), host, Noting()).run(), 10)
    for pause, whole in zip(pauses, [0.5, 1, 2, 3, 3], strict=True):
        assert 0.75 * whole <= pause <= whole
    assert len({pause % 0.25 for pause in pauses}) > 1


async def test_an_engine_that_was_back_makes_the_next_loss_the_first_one_again(host, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_RESET_S", 0.0)
    monkeypatch.setattr(limits, "RECONNECT_FOR_S", 0.0)
    async with (
        ScriptedEngine([[]] * 5) as engine,
        talking(engine, host) as (_, page, _),
    ):
        for number in range(1, 5):
            await until(lambda n=number: engine.connections == n and len(engine.updates) == n)
            await asyncio.sleep(0.05)
            await engine.drop()
        await until(lambda: engine.connections == 5)
        engine.assert_complete()
    assert page.errors == []
