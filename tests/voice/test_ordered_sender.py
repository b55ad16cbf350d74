"""Ordered sending without a task: whoever comes first sends for all."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice.ordered_sender import OrderedSender


class Wire:
    """Takes items, slowly if it is told to; fails on the items in `broken`."""

    def __init__(self, broken=()):
        self.taken, self.broken = [], broken
        self.under_way = 0

    async def send(self, item):
        self.under_way += 1
        assert self.under_way == 1, "two at a time"
        await asyncio.sleep(0)
        self.under_way -= 1
        if item in self.broken:
            raise ConnectionError(item)
        self.taken.append(item)


@given(st.lists(st.lists(st.integers(), max_size=5), max_size=8))
def test_items_of_many_senders_go_out_in_the_order_of_their_decisions(batches):
    wire, decided = Wire(), []

    async def decide(sender, batch):
        for item in batch:
            decided.append(item)
            sender.add(item)
            await sender.flush()

    async def run():
        sender = OrderedSender(wire.send, 100)
        await asyncio.gather(*(decide(sender, batch) for batch in batches))
        await sender.flush()

    asyncio.run(run())
    assert wire.taken == decided


@given(
    st.lists(st.tuples(st.lists(st.integers(), max_size=4), st.booleans()), max_size=8), st.data()
)
def test_what_is_sent_at_once_and_what_waits_go_out_in_one_order(batches, data):
    wire, decided = Wire(), []

    def send_now(item):
        taken = data.draw(st.booleans())
        if taken:
            assert wire.under_way == 0, "it overtakes"
            wire.taken.append(item)
        return taken

    async def decide(sender, batch, waits):
        for item in batch:
            decided.append(item)
            sender.add(item)
            if not sender.flush_now() and waits:
                await sender.flush()

    async def run():
        sender = OrderedSender(wire.send, 100, send_now)
        await asyncio.gather(*(decide(sender, *batch) for batch in batches))
        await sender.flush()
        assert sender.idle

    asyncio.run(run())
    assert wire.taken == decided


async def test_more_than_the_limit_is_an_overflow():
    sender = OrderedSender(Wire().send, 2)
    sender.add(1)
    sender.add(2)
    with pytest.raises(OverflowError):
        sender.add(3)


async def test_what_is_taken_back_is_not_sent():
    wire = Wire()
    sender = OrderedSender(wire.send, 5)
    sender.add(1)
    sender.add(2)
    assert sender.take_pending() == [1, 2]
    await sender.flush()
    assert wire.taken == []


async def test_a_failure_is_raised_and_the_rest_goes_out_with_the_next_flush():
    wire = Wire(broken=[1])
    sender = OrderedSender(wire.send, 5)
    sender.add(1)
    sender.add(2)
    with pytest.raises(ConnectionError):
        await sender.flush()
    assert sender.in_flight == -1
    await sender.flush()
    assert wire.taken == [2]


async def test_the_item_in_flight_is_numbered():
    gate, seen = asyncio.Event(), []

    async def send(item):
        seen.append(sender.in_flight)
        await gate.wait()

    sender = OrderedSender(send, 5)
    assert sender.in_flight == -1
    sender.add("a")
    sender.add("b")
    flushing = asyncio.create_task(sender.flush())
    await asyncio.sleep(0)
    assert (sender.in_flight, seen) == (0, [0])
    gate.set()
    await flushing
    assert (sender.in_flight, seen) == (-1, [0, 1])
