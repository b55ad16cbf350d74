"""Work that goes on to its end, whoever is cancelled."""

import asyncio

import pytest

from coach.voice.cancel import cancel, finish


async def test_it_is_done_before_the_cancellation_goes_on():
    begun, done = asyncio.Event(), []

    async def work():
        begun.set()
        await asyncio.sleep(0.05)
        done.append(1)

    waiting = asyncio.create_task(finish(work()))
    await begun.wait()
    for _ in range(3):
        waiting.cancel()
        await asyncio.sleep(0)
    await cancel([waiting])
    assert waiting.cancelled()
    assert done == [1]


async def test_what_it_raises_is_raised():
    async def work():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await finish(work())
