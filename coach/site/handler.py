"""Django's handler for HTTP, on a few threads that stay.

Django's own starts a thread for each request, with a new connection to the database, and the loop
waits until the thread runs. What fifty desks fetch at the same moment are then fifty threads, each
of which wants the interpreter before the loop does, and all sound and all pushes are late by it.
Here requests wait in line for a thread, and each is answered by one call on it.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from coach.database import keep_connections

LOOKING_THREADS = 4
CHANGING_THREADS = 8  # may wait for locks, which keeps nobody waiting who only looks


class RequestHandler(ASGIHandler):
    """HTTP requests of one process."""

    def __init__(self) -> None:
        super().__init__()
        self._looking = ThreadPoolExecutor(LOOKING_THREADS, "requests-looking")
        self._changing = ThreadPoolExecutor(CHANGING_THREADS, "requests-changing")
        self._beside = ThreadPoolExecutor(1, "requests-beside")  # signals, and what is streamed

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext(executor=self._beside):
            await self.handle(scope, receive, send)

    def load_middleware(self, is_async: bool = False) -> None:
        """Middleware and view are one plain call, without a way back to the loop in between."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Whose client leaves while it waits for a thread is not answered at all."""
        threads = self._looking if request.method in ("GET", "HEAD") else self._changing
        answer = sync_to_async(self._answer, thread_sensitive=False, executor=threads)
        return await answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        with keep_connections():
            return self.get_response(request)
