"""Django's handler for HTTP, on a few threads that stay.

Django's own starts a thread for each request, with a new connection to the database, and the loop
waits until the thread runs. What fifty desks fetch at the same moment are then fifty threads, each
of which wants the interpreter before the loop does, and all sound and all pushes are late by it.
Here requests wait in line for a thread, and each is answered by one call on it. What may wait for
another system has lines of its own: while a mail server or an engine says nothing, experts still
take cases, and pages still come.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from coach.database import keep_connections

LOOKING, CHANGING, NOTES, SOUNDS = "looking", "changing", "notes", "sounds"
ACCOUNTS, CHECKS = "accounts", "checks"
THREADS = {
    LOOKING: 4,
    CHANGING: 8,  # may wait for locks, which keeps nobody waiting who only looks
    NOTES: 12,  # wait for an engine; some more than are answered at once, which refuse the others
    SOUNDS: 4,  # wait for the engine's voice
    ACCOUNTS: 4,  # of strangers: a password takes a processor, a mail waits for its server
    CHECKS: 1,  # of a lesson that a teacher writes: it is played
}
LINES = {
    ("POST", "talk:notes"): NOTES,
    ("POST", "lessons:heard"): NOTES,
    ("GET", "lessons:sound"): SOUNDS,
    ("GET", "lessons:review_sound"): SOUNDS,
    ("POST", "lessons:edit_lesson"): CHECKS,
    ("POST", "lessons:edit_lesson_text"): CHECKS,
    ("POST", "admin:login"): ACCOUNTS,
}
ACCOUNT_ROUTES = "accounts/"


def line_of(method: str | None, path: str) -> str:
    """In which line a request waits for its thread."""
    try:
        found = resolve(path)
    except Resolver404:  # a file, or an address that is none
        found = None
    if found is not None and (line := LINES.get((str(method), found.view_name))):
        return line
    if method in ("GET", "HEAD"):
        return LOOKING
    return ACCOUNTS if found is not None and found.route.startswith(ACCOUNT_ROUTES) else CHANGING


class RequestHandler(ASGIHandler):
    """HTTP requests of one process."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = {
            name: ThreadPoolExecutor(size, f"requests-{name}") for name, size in THREADS.items()
        }
        self._beside = ThreadPoolExecutor(1, "requests-beside")  # signals, and files

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext(executor=self._beside):
            await self.handle(scope, receive, send)

    def load_middleware(self, is_async: bool = False) -> None:
        """Middleware and view are one plain call, without a way back to the loop in between."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Whose client leaves while it waits for a thread is not answered at all."""
        threads = self._lines[line_of(request.method, request.path_info)]
        answer = sync_to_async(self._answer, thread_sensitive=False, executor=threads)
        return await answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        with keep_connections():
            return self.get_response(request)
