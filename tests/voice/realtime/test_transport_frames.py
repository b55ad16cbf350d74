"""Messages of an engine between the network and whoever reads them."""

import asyncio

import pytest

from coach.voice.realtime import EngineError
from coach.voice.realtime.transport import Frames


async def test_what_ends_the_reading_is_raised_before_what_came_after_it():
    def refuse(message):
        raise EngineError("unreadable", "invalid_event", False)

    frames = Frames()
    frames.offer_to(refuse)
    reading = asyncio.create_task(frames.next())
    await asyncio.sleep(0)
    frames._take(b"it")
    frames._take(b"the next")
    with pytest.raises(EngineError):
        await reading
    assert await frames.next() == b"the next"
