"""What tests of a live talk share: an engine that the consumer dials, and a tool's arguments."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from tests.support.scripted_engine import ScriptedEngine, Step


class Said(msgspec.Struct):
    said: str


@asynccontextmanager
async def engine_for(
    settings: Any, *scripts: list[Step], **options: Any
) -> AsyncIterator[ScriptedEngine]:
    """A scripted engine that the consumer will dial."""
    async with ScriptedEngine(list(scripts), **options) as engine:
        settings.ENGINE_URL = engine.url
        yield engine


async def until(condition: Callable[[], object], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  nothing to wait on in a recorded list
            await asyncio.sleep(0.01)


def history(count: int) -> list[Step]:
    """The steps in which a new engine is told `count` lines of the talk."""
    return [Step("conversation.item.create")] * count
