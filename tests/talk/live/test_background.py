"""Work beside a talk: it ends, and its first failure is remembered."""

import asyncio

import pytest

from coach.talk.live.background import BackgroundTasks


@pytest.fixture
def failures():
    return []


@pytest.fixture
def tasks(failures):
    return BackgroundTasks(on_failure=lambda: failures.append("told"))


async def fail(error):
    raise error


async def test_join_waits_also_for_what_was_begun_meanwhile(tasks):
    done = []

    async def second():
        await asyncio.sleep(0.01)
        done.append("second")

    async def first():
        await asyncio.sleep(0.01)
        tasks.start(second())
        done.append("first")

    tasks.start(first())
    await tasks.join()
    assert done == ["first", "second"]
    tasks.check()


async def test_work_goes_on_when_its_starter_stops_waiting(tasks):
    done = []

    async def work():
        await asyncio.sleep(0.02)
        done.append("work")

    async def starter():
        await asyncio.shield(tasks.start(work()))

    waiting = asyncio.create_task(starter())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await tasks.join()
    assert done == ["work"]


async def test_the_first_failure_is_remembered_and_told_once(tasks, failures):
    tasks.start(fail(RuntimeError("first")))
    await tasks.join()
    tasks.start(fail(ValueError("second")))
    await tasks.join()
    await asyncio.sleep(0)
    assert failures == ["told"]
    with pytest.raises(RuntimeError, match="first"):
        tasks.check()


async def test_what_was_cancelled_is_no_failure(tasks, failures):
    task = tasks.start(asyncio.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    await tasks.join()
    await asyncio.sleep(0)
    tasks.check()
    assert failures == []


async def test_join_does_not_wait_for_what_it_is_told_to_leave(tasks):
    gate = asyncio.Event()

    async def wait():
        await gate.wait()

    left = tasks.start(wait())
    await tasks.join({left})
    assert not left.done()
    gate.set()
    await tasks.join()
    assert left.done()
