"""Requests are answered on a few threads that stay, however many come at once."""

import asyncio
import inspect
import threading
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import get_resolver, reverse

from coach.lessons.learn.limits import HEARD_AT_ONCE
from coach.site.handler import (
    ACCOUNTS,
    CHANGING,
    CHECKS,
    LINES,
    LOOKING,
    NOTES,
    SOUNDS,
    THREADS,
    RequestHandler,
    line_of,
)
from coach.talk.notes.limits import NOTES_AT_ONCE

LOOKING_THREADS, CHANGING_THREADS = THREADS[LOOKING], THREADS[CHANGING]
WAIT_S = 20.0  # far more than anything here takes


class Counted(RequestHandler):
    """Answers by `act`, and notes on which thread; how many are at it at most."""

    def __init__(self, act=lambda request: None):
        super().__init__()
        self.act = act
        self.lock = threading.Lock()
        self.threads, self.answered = set(), []
        self.now = self.most = 0

    def get_response(self, request):
        with self.lock:
            self.threads.add(threading.get_ident())
            self.now += 1
            self.most = max(self.most, self.now)
        self.act(request)
        with self.lock:
            self.now -= 1
            self.answered.append(request.path)
        return HttpResponse("fine")


async def ask(handler, path="/", method="GET", left=None):
    """The status of the answer; None: there was none. `left` is set when the client leaves."""
    body = [{"type": "http.request", "body": b"", "more_body": False}]
    sent = []

    async def receive():
        if body:
            return body.pop()
        await (left or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "http_version": "1.1", "method": method, "path": path}
    scope |= {"query_string": b"", "headers": [], "server": ("127.0.0.1", 80)}
    await handler(scope, receive, send)
    return next((message["status"] for message in sent if "status" in message), None)


def wait_for(event):
    assert event.wait(WAIT_S)


async def until(true):
    async with asyncio.timeout(WAIT_S):
        while not true():  # noqa: ASYNC110  of other threads
            await asyncio.sleep(0.001)


@pytest.mark.parametrize(("method", "most"), [("GET", LOOKING_THREADS), ("POST", CHANGING_THREADS)])
async def test_what_all_desks_fetch_at_once_is_never_more_than_a_few_threads(method, most):
    full, go = threading.Event(), threading.Event()

    def hold(_request):
        if handler.now == most:
            full.set()
        wait_for(go)

    handler = Counted(hold)
    asking = [asyncio.create_task(ask(handler, method=method)) for _ in range(50)]
    await until(full.is_set)
    go.set()
    assert await asyncio.gather(*asking) == [200] * 50
    assert handler.most == most
    assert len(handler.threads) <= most


async def test_no_request_starts_a_thread_once_the_threads_are_there():
    handler = Counted()
    for _ in range(LOOKING_THREADS + 1):
        await ask(handler)
    before = set(threading.enumerate())
    for _ in range(5):
        await ask(handler)
    assert set(threading.enumerate()) <= before


async def test_who_only_looks_does_not_wait_for_changes_that_wait_for_a_lock():
    lock = threading.Event()
    handler = Counted(lambda request: request.method == "POST" and wait_for(lock))
    changes = [asyncio.create_task(ask(handler, method="POST")) for _ in range(20)]
    await until(lambda: handler.now == CHANGING_THREADS)
    assert await ask(handler) == 200
    lock.set()
    await asyncio.gather(*changes)


async def test_whoever_leaves_while_waiting_for_a_thread_is_not_answered():
    lock, left = threading.Event(), asyncio.Event()
    handler = Counted(lambda request: request.path == "/held" and wait_for(lock))
    held = [asyncio.create_task(ask(handler, "/held")) for _ in range(LOOKING_THREADS)]
    await until(lambda: handler.now == LOOKING_THREADS)
    leaving = asyncio.create_task(ask(handler, "/left", left=left))
    await asyncio.sleep(0)
    left.set()
    assert await leaving is None
    lock.set()
    assert await asyncio.gather(*held) == [200] * LOOKING_THREADS
    await ask(handler, "/after")
    assert "/left" not in handler.answered


@pytest.mark.django_db(transaction=True)
async def test_each_thread_keeps_its_connection_to_the_database():
    used = []

    def look(_request):
        connection.ensure_connection()
        used.append((threading.get_ident(), connection.connection))

    handler = Counted(look)
    for _ in range(3 * LOOKING_THREADS):
        await ask(handler)
    assert len(used) == 3 * LOOKING_THREADS
    assert len({id(kept) for _, kept in used}) == len({thread for thread, _ in used})


NOTE = reverse("talk:notes", args=[UUID(int=1)])
SOUND = reverse("lessons:review_sound", args=[1])
SILENT = {
    "an engine that answers notes": ("POST", NOTE, NOTES),
    "an engine that writes down": ("POST", reverse("lessons:heard"), NOTES),
    "the engine's voice": ("GET", SOUND, SOUNDS),
    "the engine's voice in a lesson": ("GET", reverse("lessons:sound", args=["x", 1]), SOUNDS),
    "a mail server": ("POST", reverse("account_reset_password"), ACCOUNTS),
    "passwords": ("POST", reverse("account_login"), ACCOUNTS),
    "a lesson that is played": ("POST", reverse("lessons:edit_lesson", args=["x"]), CHECKS),
    "passwords of the console": ("POST", reverse("admin:login"), ACCOUNTS),
}


@pytest.mark.parametrize(("method", "path", "line"), SILENT.values(), ids=SILENT)
async def test_while_another_system_is_silent_experts_take_cases_and_pages_come(method, path, line):
    go = threading.Event()
    handler = Counted(lambda request: request.path == path and wait_for(go))
    held = [asyncio.create_task(ask(handler, path, method)) for _ in range(40)]
    try:
        await until(lambda: handler.now == THREADS[line])
        async with asyncio.timeout(WAIT_S / 2):
            assert await ask(handler, reverse("handoff:accept", args=[1]), "POST") == 200
            assert await ask(handler, reverse("handoff:queue")) == 200
            assert await ask(handler, reverse("healthz")) == 200
    finally:
        go.set()
    assert await asyncio.gather(*held) == [200] * 40


def views(patterns, before=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from views(pattern.url_patterns, before + space)
        else:
            yield before + (pattern.name or ""), pattern.callback


def test_each_view_that_awaits_others_has_a_line_apart():
    waiting = {
        name
        for name, view in views(get_resolver().url_patterns)
        if inspect.iscoroutinefunction(view)
    }
    assert waiting
    assert waiting <= {name for _method, name in LINES}


def test_a_note_too_many_is_refused_and_does_not_wait_in_line():
    assert THREADS[NOTES] > NOTES_AT_ONCE + HEARD_AT_ONCE


@pytest.mark.parametrize(
    ("method", "path", "line"),
    [
        ("GET", NOTE, LOOKING),
        ("GET", reverse("account_login"), LOOKING),
        ("POST", reverse("handoff:queue"), CHANGING),
        ("POST", "/nowhere/", CHANGING),
        ("HEAD", "/static/x.js", LOOKING),
    ],
)
def test_all_else_looks_or_changes(method, path, line):
    assert line_of(method, path) == line
