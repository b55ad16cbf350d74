"""How many sessions an engine takes, and what the official client sees of a refusal."""

import asyncio

import pytest
from openai import AsyncOpenAI
from openai.types.realtime import RealtimeErrorEvent
from websockets.exceptions import ConnectionClosedError

from coach.engine.server.run import serve


def client_of(port: int) -> AsyncOpenAI:
    base = f"ws://127.0.0.1:{port}/v1"
    return AsyncOpenAI(api_key="k", websocket_base_url=base, max_retries=0)


async def test_a_full_engine_says_so_and_takes_the_next_when_one_leaves() -> None:
    async with serve(key="k", sessions=1) as port:
        client = client_of(port)
        async with client.realtime.connect(model="m") as first:
            assert (await first.recv()).type == "session.created"
            async with client.realtime.connect(model="m") as second:
                refusal = await second.recv()
                assert isinstance(refusal, RealtimeErrorEvent)
                assert refusal.error.code == "rate_limit_exceeded"
                with pytest.raises(ConnectionClosedError) as closed:
                    await second.recv()
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 1013
        for _ in range(100):
            async with client.realtime.connect(model="m") as third:
                if (await third.recv()).type == "session.created":
                    return
            await asyncio.sleep(0.01)
        raise AssertionError("the place was not given back")
