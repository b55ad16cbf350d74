"""Server-sent events, as servers really send them.

httpx-sse keeps to the standard and wants its content type. Servers do not: some send no empty
lines, or none at the end, or an `error` field; and a line without end must not fill the memory.
"""

import msgspec

from coach.engine import limits
from coach.engine.errors import EngineError

DONE = "[DONE]"
_MARK = "\ufeff"  # may stand before the first line


class ServerSent(msgspec.Struct, frozen=True):
    """One event: its `data`, and its name, which is nearly always empty."""

    name: str
    data: str


class Events:
    """Feed it the bytes of a body; it gives the events that are whole. Comments are left out."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._name = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[ServerSent]:
        """More bytes. Lines end in LF or CRLF; other separators may stand within a line's JSON.

        Raises EngineError `bad_stream` for a line that is too long or is not UTF-8.
        """
        self._held += chunk
        *lines, self._held = self._held.split(b"\n")
        if len(self._held) > limits.ENDPOINT_LINE_BYTES:
            raise EngineError("bad_stream", "A line of the stream is too long.")
        return [event for line in lines for event in self._take(_text(line))]

    def end(self) -> list[ServerSent]:
        """The body has ended; the last event needs no empty line behind it."""
        return [*self._take(_text(self._held)), *self._take("")]

    def _take(self, line: str) -> list[ServerSent]:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            name, data = self._name, self._data
            self._name, self._data = "", []
            return [ServerSent(name, "\n".join(data))] if data else []
        if field == "event":
            self._name = value
        elif field == "data":
            # Some servers send no empty lines: what is whole by itself is not waited with.
            if not self._data and (value.endswith("}") or value.strip() == DONE):
                return [ServerSent(self._name, value)]
            self._data.append(value)
        elif field == "error":  # llama.cpp had a field of its own for errors
            return [ServerSent("error", value)]
        return []


def _text(line: bytearray) -> str:
    try:
        return line.decode("utf-8").removesuffix("\r").removeprefix(_MARK)
    except UnicodeDecodeError as error:
        raise EngineError("bad_stream", "The stream is not UTF-8.") from error
