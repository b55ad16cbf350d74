"""Cancelling tasks that nobody waits for."""

import asyncio
from collections.abc import Iterable
from typing import Any


async def cancel(tasks: Iterable["asyncio.Future[Any]"]) -> None:
    """Cancel all tasks and return when they have ended. What they raise is dropped."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
