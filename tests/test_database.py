"""Database work of sockets: on some threads, and not on one."""

import asyncio
import gc
import threading
import time

import pytest
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import translation

from coach.database import DatabaseThreads, reading, tools, writing
from coach.personas.models import Persona

pytestmark = pytest.mark.django_db(transaction=True)


async def test_who_waits_holds_up_nobody_else():
    over = threading.Event()
    waiting = [asyncio.create_task(tools.run(over.wait, 15)) for _ in range(50)]
    waiting += [asyncio.create_task(writing.run(over.wait, 15)) for _ in range(50)]
    await asyncio.sleep(0.1)
    since = time.monotonic()
    assert await reading.run(Persona.objects.count) == 0
    took = time.monotonic() - since
    over.set()
    await asyncio.gather(*waiting)
    assert took < 5  # not the 15 s of those that wait


async def test_there_are_no_more_threads_than_the_limit():
    threads, seen = DatabaseThreads("test", 3), set()

    def work():
        seen.add(threading.get_ident())
        time.sleep(0.002)

    await asyncio.gather(*(threads.run(work) for _ in range(60)))
    assert len(seen) == 3


async def test_a_thread_keeps_its_connection():
    threads = DatabaseThreads("test", 1)

    def opened():
        Persona.objects.count()
        return id(connection.connection)

    assert len({await threads.run(opened) for _ in range(3)}) == 1


async def test_queries_are_not_kept_for_a_debug_page_that_nobody_sees(settings):
    settings.DEBUG = True
    threads = DatabaseThreads("test", 1)
    for _ in range(3):
        await threads.run(Persona.objects.count)
    assert await threads.run(lambda: len(connection.queries_log)) == 0


async def test_a_connection_that_broke_is_opened_anew(monkeypatch):
    threads = DatabaseThreads("test", 1)

    def break_it():
        Persona.objects.count()
        connection.errors_occurred = True
        return connection.connection

    monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda self: False)
    broken = await threads.run(break_it)
    assert await threads.run(Persona.objects.count) == 0
    assert await threads.run(lambda: connection.connection) is not broken


async def test_what_a_verb_raises_reaches_the_caller():
    with pytest.raises(Persona.DoesNotExist):
        await reading.run(Persona.objects.get, slug="nobody")


async def test_a_verb_speaks_the_language_of_its_caller():
    with translation.override("de"):
        assert await reading.run(translation.get_language) == "de"


async def test_work_that_fails_when_nobody_waits_any_more_is_told_in_a_line(capsys):
    begun, fail = threading.Event(), threading.Event()
    unretrieved = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: unretrieved.append(context))

    def verb():
        begun.set()
        fail.wait(10)
        raise OperationalError("database or disk is full")

    threads = DatabaseThreads("test", 1)
    caller = asyncio.create_task(threads.run(verb))
    await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    fail.set()
    await threads.run(int)  # behind it, on the same thread
    await asyncio.sleep(0)
    gc.collect()
    assert unretrieved == []
    assert "abandoned_verb_failed" in capsys.readouterr().out
