"""A queue with its limit inside: nothing is reordered, and never is more held than the limit."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from coach.engine.server.backlog import Backlog

LOW, HIGH, MOST = 2, 5, 9
step = st.integers(0, 6) | st.none()  # put an item of that size; None: take one


@given(st.lists(step, max_size=60))
def test_it_never_holds_more_than_its_limit_and_keeps_the_order(steps) -> None:
    async def run() -> None:
        backlog: Backlog[int] = Backlog(low=LOW, high=HIGH, most=MOST)
        taken, waiting = [], []
        for number, size in enumerate(steps):
            before, had_room = backlog.held, backlog.room.is_set()
            if size is not None:
                backlog.put(number, size)
                fits = before + size <= MOST
                waiting += [number] * fits
                assert fits or backlog.overflowed.is_set()
                assert backlog.room.is_set() == (had_room and backlog.held <= HIGH)
            elif len(backlog):
                taken.append(await backlog.get())
                assert backlog.held <= before
            assert backlog.held <= MOST
            assert len(backlog) == len(waiting) - len(taken)
        assert taken == waiting[: len(taken)]

    asyncio.run(run())


async def test_who_waits_for_room_goes_on_once_enough_was_done() -> None:
    backlog: Backlog[str] = Backlog(low=1, high=2, most=3)
    for item in "abc":
        backlog.put(item)
    assert not backlog.room.is_set()
    backlog.put("d")
    assert backlog.overflowed.is_set()
    assert [await backlog.get(), await backlog.get()] == ["a", "b"]
    assert not backlog.room.is_set()  # "b" is in work, and "c" waits
    assert await backlog.get() == "c"
    assert backlog.room.is_set()
    reader = asyncio.create_task(backlog.get())
    await asyncio.sleep(0)
    assert backlog.held == 0
    backlog.put("e")
    assert await reader == "e"
