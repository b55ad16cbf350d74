"""A receiver of web hooks or a push service, on loopback: it keeps what it gets, as it is told."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MOST_BYTES = 64 * 1024
POLL_S = 0.01  # so long its end takes


@dataclass
class Got:
    path: str
    headers: dict[str, str]  # their names in small letters
    body: bytes


@dataclass
class Receiver:
    """`answers` is asked for the status of each request; `pause` seconds before it is given."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: Callable[[Got], int] = lambda _got: 204
    answer_headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    flood: bool = False  # the answer has a body that does not end
    leave: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        receiver = self.server.receiver
        length = int(self.headers.get("Content-Length", "0"))
        assert length <= MOST_BYTES
        headers = {name.lower(): value for name, value in self.headers.items()}
        got = Got(self.path, headers, self.rfile.read(length))
        receiver.got.append(got)
        receiver.leave.wait(receiver.pause)
        self.send_response(receiver.answers(got))
        for name, value in receiver.answer_headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):
            while receiver.flood and not receiver.leave.is_set():
                self.wfile.write(b"x" * MOST_BYTES)

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """One that answers 204 at once until it is told otherwise."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.receiver = Receiver(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True).start()
        yield server.receiver
        server.receiver.leave.set()
        server.shutdown()
