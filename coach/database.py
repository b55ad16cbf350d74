"""The way from the loop to the database: verbs run on threads, of which there are not too many.

Channels' `database_sync_to_async` runs the work of all sockets of a process on one thread, so one
slow tool would stop everybody. Here each kind of work has threads of its own: who waits for a lock
or for a tool holds up nobody who reads.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

import structlog
from asgiref.sync import sync_to_async
from django.db import connections

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

READING_THREADS = 8
WRITING_THREADS = 8
TOOL_THREADS = 16  # those that ask another system do nothing but wait


class DatabaseThreads:
    """At most `size` threads for one kind of work. Each keeps its connection."""

    def __init__(self, name: str, size: int) -> None:
        self.size = size
        self._pool = ThreadPoolExecutor(size, thread_name_prefix=f"database-{name}")

    async def run(self, verb: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What `verb` returns or raises. It goes on to its end if the caller is cancelled.

        Work that is begun together may end in any order: who needs an order awaits.
        """
        call = partial(verb, *args, **kwargs)
        work = sync_to_async(_run, thread_sensitive=False, executor=self._pool)(call)
        working = asyncio.ensure_future(work)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            working.add_done_callback(_tell_of_failure)
            raise


reading = DatabaseThreads("reading", READING_THREADS)
writing = DatabaseThreads("writing", WRITING_THREADS)  # may wait for locks
tools = DatabaseThreads("tools", TOOL_THREADS)  # may take as long as a tool may


def _tell_of_failure(working: "asyncio.Future[Any]") -> None:
    """Its caller was cancelled: nobody else hears of what it raises."""
    if not working.cancelled() and (error := working.exception()) is not None:
        log.error("abandoned_verb_failed", error=type(error).__name__)


def _run(call: Callable[[], R]) -> R:
    with keep_connections():
        return call()


@contextmanager
def keep_connections() -> Iterator[None]:
    """For work on a thread that goes on: its connection stays for the next."""
    try:
        yield
    finally:
        _put_back_connections()


def _put_back_connections() -> None:
    """What Django does at the end of a request, for a thread that goes on."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is None or connection.in_atomic_block:
            continue  # a block that is open here is a test's
        if "pool" in connection.settings_dict["OPTIONS"]:
            connection.close()  # it goes back to the pool, which checks it
        else:
            connection.close_at = None  # opening a file costs more than most verbs
            connection.close_if_unusable_or_obsolete()
