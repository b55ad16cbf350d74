"""A mail server that takes every mail and keeps it: SMTP over a real socket (RFC 5321)."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message

ANSWERS = {
    b"EHLO": b"250 double",
    b"HELO": b"250 double",
    b"DATA": b"354 go on",
    b"QUIT": b"221 bye",
}


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever sends may be killed
            self.talk()

    def talk(self) -> None:
        self.say(b"220 double")
        for line in self.rfile:
            word = line[:4].upper()
            self.say(ANSWERS.get(word, b"250 ok"))
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                return

    def take(self) -> None:
        """All lines up to the one that is a single dot."""
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.mails.append(message_from_bytes(b"".join(lines)))  # type: ignore[attr-defined]
        self.say(b"250 taken")

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[int, list[Message]]]:
    """Its port at 127.0.0.1, and the mails that it has taken, in their order."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        mails: list[Message] = []
        server.mails = mails  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], mails
        server.shutdown()
