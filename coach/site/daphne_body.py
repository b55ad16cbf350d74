"""The limit of a request's body where daphne serves: by its head, and again as it arrives.

Daphne spools a body to the disk before it calls the application. So the limit stands in the class
of its requests, which has no setting; daphne looks the class up by name for each connection.

Whoever names a sign-in has the limit of those who are signed in: to look whether it holds would
stop the loop. Daphne serves development; `body` looks, on uvicorn.
"""

from io import BytesIO
from typing import IO

from daphne import http_protocol  # type: ignore[import-untyped]
from twisted.web.http import Request

from coach.site.body import GUEST_MAX_BYTES, MAX_BYTES, answer_of, session_key

HEAD = (
    b"HTTP/1.1 413 Content Too Large\r\n"
    b"Content-Type: application/json\r\n"
    b"Content-Length: %d\r\n"
    b"Connection: close\r\n\r\n"
)


class LimitedRequest(http_protocol.WebRequest):  # type: ignore[misc]
    """A request that is refused as soon as its body is, or says it will be, too large.

    The names of its methods are Twisted's.
    """

    content: IO[bytes] | None
    received = 0
    limit = GUEST_MAX_BYTES
    refused = False

    def gotLength(self, length: int | None) -> None:
        """The head has been read; None: the body comes in chunks and does not say."""
        cookies = self.requestHeaders.getRawHeaders(b"cookie", [])
        if session_key((b"cookie", value) for value in cookies):
            self.limit = MAX_BYTES
        if length is not None and length > self.limit:
            self._refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        self.received += len(data)
        if not self.refused and self.received > self.limit:
            self._refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if not self.refused:
            super().requestReceived(command, path, version)

    def _refuse(self) -> None:
        """Answer, let go of what has arrived, and read nothing more."""
        self.refused = True
        if self.content is not None:
            self.content.close()
        self.content = BytesIO()
        self.requestHeaders.removeHeader(b"Expect")  # or Twisted asks to go on
        answer = answer_of(self.limit)
        self.channel.transport.write(HEAD % len(answer) + answer)
        self.channel.loseConnection()


def limit_bodies() -> None:
    """For every connection that daphne takes from now on."""
    assert issubclass(http_protocol.WebRequest, Request)
    http_protocol.WebRequest = LimitedRequest
