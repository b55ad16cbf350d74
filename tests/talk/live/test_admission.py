"""The line for a live talk, on a real Redis."""

import asyncio
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from coach.talk.live import admission
from coach.talk.live.admission import Admission
from coach.talk.live.admission_redis import CONNECTIONS, AdmissionRedis
from tests.support.redis_server import RedisServer


@pytest.fixture
def server():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _quick(monkeypatch, settings, server, admission_disconnected):
    settings.ADMISSION_URL = server.url
    monkeypatch.setattr(admission, "SETTLE_S", 0)
    monkeypatch.setattr(admission, "LOOK_S", 0.03)
    monkeypatch.setattr(admission, "RENEW_S", 0.05)
    monkeypatch.setattr(admission, "_admitted_here", admission.Counter())


class Talk:
    """A talk's admission, with what its page was told."""

    def __init__(self, limit=1, ticket=None, line="embedded"):
        self.ticket = ticket or uuid4()
        self.admission = Admission(line, limit, self.ticket)
        self.numbers = []
        self.task = None

    async def tell(self, number):
        self.numbers.append(number)

    async def come(self):
        self.task = asyncio.create_task(self.admission.take(self.tell))
        async with asyncio.timeout(15):
            while not self.task.done() and not self.numbers:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        return self

    @property
    def inside(self):
        return self.task.done()

    async def let_in(self, seconds=15.0):
        await asyncio.wait_for(asyncio.shield(self.task), seconds)

    async def numbered(self, number):
        async with asyncio.timeout(15):
            while self.numbers[-1] != number:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def drop(self):
        """The web process or the connection dies: nobody looks any more, nothing is given back."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.admission.leave(for_good=False)

    async def end(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.admission.leave(for_good=True)


async def test_the_first_are_let_in_and_the_others_numbered_in_the_order_they_came():
    talks = [await Talk(limit=2).come() for _ in range(5)]
    assert [talk.inside for talk in talks] == [True, True, False, False, False]
    assert [talk.numbers for talk in talks[2:]] == [[1], [2], [3]]
    for talk in talks:
        await talk.end()


async def test_the_next_is_let_in_when_a_talk_ends_and_the_rest_move_up():
    first, second, third = [await Talk().come() for _ in range(3)]
    await first.end()
    await second.let_in()
    await third.numbered(1)
    assert third.numbers[:2] == [2, 1]
    assert not third.inside
    await second.end()
    await third.let_in()
    await third.end()


async def test_hundred_at_once_get_no_more_than_the_places_there_are(monkeypatch):
    monkeypatch.setattr(admission, "LOOK_S", 60)  # once: it is their coming that is at once
    talks = [Talk(limit=7) for _ in range(100)]
    await asyncio.gather(*(talk.come() for talk in talks))
    assert sum(talk.inside for talk in talks) == 7
    numbers = sorted(talk.numbers[-1] for talk in talks if not talk.inside)
    assert max(numbers) <= 93
    for talk in talks:
        await talk.end()


async def test_a_place_in_the_line_outlasts_the_web_process():
    first, second, third = [await Talk().come() for _ in range(3)]
    await second.drop()
    again = await Talk(ticket=second.ticket).come()
    assert again.numbers == [1]
    await third.numbered(2)
    await first.end()
    await again.let_in()
    assert not third.inside
    await again.end()
    await third.end()


async def test_a_place_with_the_engine_outlasts_a_lost_connection():
    first = await Talk().come()
    second = await Talk().come()
    await first.drop()
    back = await Talk(ticket=first.ticket).come()
    assert back.inside
    assert not second.inside
    await back.end()
    await second.let_in()
    await second.end()


async def test_a_place_that_is_not_renewed_is_given_to_the_next(monkeypatch):
    monkeypatch.setattr(admission, "LEASE_S", 1.0)
    first = await Talk().come()
    second = await Talk().come()
    renewing = asyncio.create_task(first.admission.keep(lambda: 0.0))
    await asyncio.sleep(2)
    assert not second.inside
    renewing.cancel()
    await second.let_in()
    await first.drop()
    await second.end()


async def test_the_places_of_a_process_are_renewed_in_one_question(server, monkeypatch):
    monkeypatch.setattr(admission, "LEASE_S", 1.8)
    talks = [await Talk(limit=20).come() for _ in range(20)]
    monkeypatch.setattr(admission, "RENEW_S", 0.4)
    keeping = [asyncio.create_task(talk.admission.keep(lambda: 0.0)) for talk in talks]
    before = (await commands(server))["evalsha"]
    await asyncio.sleep(2.5)
    assert (await commands(server))["evalsha"] - before < 10
    late = await Talk(limit=20).come()
    assert not late.inside  # all of the others still have theirs
    for task in keeping:
        task.cancel()
    for talk in (late, *talks):
        await talk.end()


async def test_a_place_that_nobody_uses_is_given_up_once_others_wait():
    first = await Talk().come()
    keeping = asyncio.create_task(first.admission.keep(lambda: admission.IDLE_S + 1))
    await asyncio.sleep(0.3)
    assert not keeping.done()  # nobody waits
    second = await Talk().come()
    async with asyncio.timeout(15):
        await keeping
    await first.end()
    await second.let_in()
    await second.end()


async def test_for_one_who_waits_one_idle_place_is_given_up():
    """The one that was idle longest."""
    idle = [admission.IDLE_S + seconds for seconds in (1, 3, 2)]
    talks = [await Talk(limit=3).come() for _ in idle]
    keeping = [
        asyncio.create_task(talk.admission.keep(lambda idle_s=idle_s: idle_s))
        for talk, idle_s in zip(talks, idle, strict=True)
    ]
    late = await Talk(limit=3).come()
    async with asyncio.timeout(15):
        await keeping[1]
    await asyncio.sleep(0)
    assert [task.done() for task in keeping] == [False, True, False]
    for task in keeping:
        task.cancel()
    for talk in (late, *talks):
        await talk.end()


async def test_one_who_stopped_looking_is_passed_over_and_finds_their_place_again(monkeypatch):
    monkeypatch.setattr(admission, "SEEN_S", 0.3)
    first, second, third = [await Talk().come() for _ in range(3)]
    await second.drop()
    await third.numbered(1)
    again = await Talk(ticket=second.ticket).come()
    await third.numbered(2)
    await first.end()
    await again.let_in()
    await again.end()
    await third.end()


async def test_one_who_left_the_line_starts_at_its_end(monkeypatch):
    monkeypatch.setattr(admission, "SEEN_S", 0.1)
    monkeypatch.setattr(admission, "PATIENCE_S", 0.2)
    first, second, third = [await Talk().come() for _ in range(3)]
    await second.drop()
    await asyncio.sleep(0.4)
    again = await Talk(ticket=second.ticket).come()
    await again.numbered(2)
    for talk in (first, again, third):
        await talk.end()


async def test_when_redis_comes_back_empty_those_inside_stay_and_the_line_keeps_its_order(
    server, monkeypatch
):
    first, second, third = [await Talk().come() for _ in range(3)]
    renewing = asyncio.create_task(first.admission.keep(lambda: 0.0))
    monkeypatch.setattr(admission, "SETTLE_S", 60)
    server.stop()
    await asyncio.sleep(0.2)
    assert not second.inside  # this process knows that its one place is taken
    server.start()
    await asyncio.sleep(0.3)
    assert not second.inside
    async with asyncio.timeout(15), Redis.from_url(server.url) as admin:
        while not await admin.zcard("talk.{embedded}.leases"):  # noqa: ASYNC110  the first renews
            await asyncio.sleep(0.02)
    monkeypatch.setattr(admission, "SETTLE_S", 0)
    await asyncio.sleep(0.3)
    assert not second.inside
    renewing.cancel()
    await first.end()
    await second.let_in()
    assert not third.inside
    await second.end()
    await third.end()


async def test_without_redis_a_talk_begins_within_this_process_limit(server):
    server.stop()
    first = await Talk().come()
    second = await Talk().come()
    assert first.inside
    assert second.numbers == [1]
    await first.end()
    await second.let_in()
    await second.end()
    server.start()


async def test_each_engine_has_a_line_of_its_own():
    here, there = await Talk(line="a").come(), await Talk(line="b").come()
    assert here.inside
    assert there.inside
    await here.end()
    await there.end()


async def test_no_limit_asks_nobody(settings):
    settings.ADMISSION_URL = "redis://127.0.0.1:1/0"
    talk = await Talk(limit=0).come()
    assert talk.inside
    await talk.end()


async def test_a_redis_that_tells_nothing_of_itself_still_keeps_the_line(server):
    """Managed ones refuse INFO to those who only use them."""
    async with Redis.from_url(server.url) as admin:
        await admin.execute_command("ACL", "SETUSER", "default", "-info")
    first, second = [await Talk().come() for _ in range(2)]
    admission._admitted_here.clear()  # as another process: only Redis knows of the first
    await asyncio.sleep(0.2)
    assert first.inside
    assert not second.inside
    await first.end()
    await second.let_in()
    await second.end()


async def test_a_redis_that_forgets_one_of_its_keys_does_not_stop_the_line(server):
    """A cache that is full drops whichever key it likes."""
    first, gone, waiting = [await Talk().come() for _ in range(3)]
    await gone.drop()
    async with Redis.from_url(server.url) as admin:
        await admin.delete("talk.{embedded}.seen")
    admission._admitted_here.clear()  # as another process: only Redis knows of the first
    await asyncio.sleep(0.2)
    assert not waiting.inside
    await waiting.numbered(1)
    await first.end()
    await waiting.let_in()
    await waiting.end()


async def test_a_redis_that_does_not_answer_is_one_that_is_not_there(settings, monkeypatch):
    monkeypatch.setattr(admission, "ASK_S", 0.1)

    async def mute(reader, writer):
        await reader.read()
        writer.close()

    dead = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = dead.sockets[0].getsockname()[1]
    settings.ADMISSION_URL = f"redis://127.0.0.1:{port}/0"
    first, second = [await Talk().come() for _ in range(2)]
    assert first.inside
    assert second.numbers == [1]
    await first.end()
    await second.let_in()
    await second.end()
    dead.close()


# --- one Redis client for all talks of a loop -----------------------------------------------------


async def commands(server):
    """How often each command was called, by its name."""
    async with Redis.from_url(server.url) as admin:
        stats = await admin.info("commandstats")
    return {name.removeprefix("cmdstat_"): stat["calls"] for name, stat in stats.items()}


async def connections(server):
    """How many connections are open, without the one that asks."""
    async with Redis.from_url(server.url) as admin:
        return (await admin.info("clients"))["connected_clients"] - 1


@pytest.mark.parametrize("waiting", [10, 1000])
async def test_a_look_costs_as_much_in_a_long_line_as_in_a_short_one(server, waiting, monkeypatch):
    monkeypatch.setattr(admission, "LOOK_S", 60)  # once
    first = await Talk().come()
    async with Redis.from_url(server.url) as admin:
        seconds, _microseconds = await admin.time()
        for key in ("line", "seen"):
            others = {f"{number:032x}": 1000 * seconds for number in range(waiting)}
            await admin.zadd(f"talk.{{embedded}}.{key}", others)
        await admin.config_resetstat()
        last = await Talk().come()
    assert last.numbers == [waiting + 1]
    called = await commands(server)
    assert sum(called[name] for name in called if name.startswith("z")) < 20, called
    await first.end()
    await last.end()


async def test_the_script_is_sent_once_and_then_named_by_its_hash(server):
    talks = [await Talk(limit=2).come() for _ in range(4)]
    await asyncio.sleep(0.2)
    called = await commands(server)
    assert called["script|load"] == 1
    assert "eval" not in called
    assert called["evalsha"] > len(talks)
    for talk in talks:
        await talk.end()


async def test_a_redis_that_was_emptied_is_sent_the_script_again(server):
    first, second = [await Talk().come() for _ in range(2)]
    async with Redis.from_url(server.url) as admin:
        await admin.script_flush()
    await first.end()
    await second.let_in()
    assert (await commands(server))["script|load"] == 2
    await second.end()


async def test_talks_of_one_process_share_their_connections(server):
    talks = [Talk(limit=7) for _ in range(60)]
    await asyncio.gather(*(talk.come() for talk in talks))
    await asyncio.sleep(0.2)
    assert await connections(server) <= CONNECTIONS
    for talk in talks:
        await talk.end()


async def test_the_client_outlasts_the_talks(server):
    for _ in range(3):
        talk = await Talk().come()
        assert talk.inside
        await talk.end()
    called = await commands(server)
    assert called["script|load"] == 1
    assert called["evalsha"] == 3


async def test_who_waits_for_the_script_is_overtaken_by_nobody(monkeypatch):
    """Neither by those who wait as well nor by one who comes just as it is there."""
    redis = AdmissionRedis.here(1.0)
    tasks, order = [], []
    load = redis.client.script_load

    async def slow_load(script):
        await asyncio.sleep(0.02)
        await load(script)
        tasks.append(asyncio.create_task(redis.ask([], ["late"])))

    async def run(keys, arguments):
        order.extend(arguments)

    monkeypatch.setattr(redis.client, "script_load", slow_load)
    monkeypatch.setattr(redis, "_script", run)
    names = [f"{number}" for number in range(5)]
    await asyncio.gather(*(redis.ask([], [name]) for name in names))
    await asyncio.gather(*tasks)
    assert order == [*names, "late"]


async def test_a_script_that_cannot_be_loaded_is_tried_once_for_all_who_wait(monkeypatch):
    redis = AdmissionRedis.here(1.0)
    load, tries = redis.client.script_load, []

    async def fail(script):
        tries.append(script)
        await asyncio.sleep(0.02)
        raise OSError("reset")

    monkeypatch.setattr(redis.client, "script_load", fail)
    for attempts in (1, 2):
        asking = (redis.ask([], []) for _ in range(5))
        answers = await asyncio.gather(*asking, return_exceptions=True)
        assert all(isinstance(answer, (RedisError, OSError)) for answer in answers)
        assert len(tries) == attempts
    monkeypatch.setattr(redis.client, "script_load", load)
    talk = await Talk().come()
    assert talk.inside
    await talk.end()


def test_each_loop_has_a_client_of_its_own(server):
    async def talk():
        talk = await Talk(limit=2).come()
        used = talk.admission._redis
        await talk.end()
        await used.client.aclose()
        return used

    assert asyncio.run(talk()) is not asyncio.run(talk())


async def test_a_place_given_back_while_it_is_renewed_is_free(monkeypatch):
    """The renewal has gone out, and would come after the giving back."""
    ask = AdmissionRedis.ask

    async def slow(self, keys, arguments):
        await asyncio.sleep(0.05)
        return await ask(self, keys, arguments)

    first = await Talk().come()
    second = await Talk().come()
    monkeypatch.setattr(AdmissionRedis, "ask", slow)
    monkeypatch.setattr(admission, "RENEW_S", 0.0)
    renewing = asyncio.create_task(first.admission.keep(lambda: 0.0))
    await asyncio.sleep(0.02)
    renewing.cancel()
    await first.end()
    await second.let_in()
    await second.end()


async def test_leaving_twice_is_leaving_once():
    first = await Talk().come()
    second = await Talk().come()
    await first.end()
    await first.admission.leave(for_good=True)
    await second.let_in()
    await second.end()


# --- a place beside the talk's own ----------------------------------------------------------------


def beside(limit):
    return Admission("embedded", limit, uuid4())


async def test_transcription_takes_a_place_of_the_engine():
    first, words = await Talk(limit=2).come(), beside(2)
    assert await words.take_now()
    assert await words.take_now()  # once
    second = await Talk(limit=2).come()
    assert (first.inside, second.inside) == (True, False)
    await words.leave(for_good=True)
    await second.let_in()


async def test_where_all_places_are_taken_there_is_no_transcription_and_nobody_waits_behind_it():
    first, words = await Talk().come(), beside(1)
    assert not await words.take_now()
    second = await Talk().come()
    assert second.numbers == [1]  # the first of the line
    await first.admission.leave(for_good=True)
    await second.let_in()
    assert not await words.take_now()


async def test_transcription_goes_behind_every_talk_that_waits(monkeypatch):
    monkeypatch.setattr(admission, "LOOK_S", 60)  # who waits does not look yet
    first, words = await Talk().come(), beside(1)
    assert not await words.take_now()
    second = await Talk().come()
    await first.admission.leave(for_good=True)
    assert not await words.take_now()  # though it had asked before
    second.task.cancel()


async def test_without_redis_transcription_keeps_to_the_limit_of_this_process(server):
    server.stop()
    await Talk(limit=2).come()
    words, more = beside(2), beside(2)
    assert await words.take_now()
    assert not await more.take_now()
