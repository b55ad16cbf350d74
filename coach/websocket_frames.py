"""Frames of a browser's WebSocket that are whole messages, read and written without the server's
own parser.

A parser in Python that knows every kind of frame takes longer over one than all else that is done
with its sound. What comes here 50 times a second is of one kind: a whole message, masked, of usual
length. All other frames are left to the server's parser, byte for byte and in their order.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypedDict

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # in C, where that is

EXTENSION = "coach.direct"  # the extension of ASGI by which an application finds `DirectSocket`
TEXT, BINARY = 0x81, 0x82  # the first byte of a frame that is a whole message

Message = str | bytes
Take = Callable[[Message], bool]


class DirectSocket(Protocol):
    """What a server of ours offers beside ASGI. Both sides fall back to ASGI at any time."""

    def write(self, kind: int, data: bytes) -> bool:
        """Send a message (TEXT or BINARY) at once. False: it is for `send`, which may wait."""

    def listen(self, take: Take) -> None:
        """Offer each message to `take` while none waits in `receive`.

        `take` returns False for what it leaves to `receive`. It must not raise.
        """


class DirectExtension(TypedDict):
    """The value of EXTENSION in the scope's `extensions`."""

    socket: DirectSocket


class ForeignBytes(bytes):
    """Bytes that are for the server's own parser."""


_header_16, _header_64 = struct.Struct(">BBH").pack, struct.Struct(">BBQ").pack


def header(kind: int, length: int) -> bytes:
    """What stands before the payload of an unmasked frame."""
    if length < 126:
        return bytes((kind, length))
    if length < 1 << 16:
        return _header_16(kind, 126, length)
    return _header_64(kind, 127, length)


class FrameReader:
    """Cuts what a browser sends into whole messages, and bytes for the server's parser.

    Messages longer than `limit` bytes are the parser's, which refuses them.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rest = b""  # the beginning of a frame of ours
        self._foreign_head = b""  # the beginning of another one's header, while it is incomplete
        self._foreign_left = 0  # bytes of another one's payload that are still to come
        self._in_fragments = False  # the parser has the beginning of a message

    def whole(self, data: bytes) -> Message | ForeignBytes | None:
        """The piece that `read` would give, where `data` is one frame; None: it is for `read`."""
        if self._rest or self._foreign_left or self._foreign_head or self._in_fragments:
            return None
        end = len(data)
        if end == 0 or self._size(data, 0, end) != end:
            return None
        return self._message(data, data[0], 0, end)

    def read(self, data: bytes) -> Iterator[Message | ForeignBytes]:
        """The next pieces, in order. Exhaust it before the next call."""
        if self._rest:
            data, self._rest = self._rest + data, b""
        at, end = 0, len(data)
        while at < end:
            if self._foreign_left or self._foreign_head:
                size = self._pass_on(data[at : at + self._wanted()])
                yield ForeignBytes(data[at : at + size])
                at += size
                continue
            kind = data[at]
            size = 0 if self._in_fragments else self._size(data, at, end)
            if size == 0 or (kind != BINARY and kind != TEXT):
                self._foreign_head = data[at : at + 1]
                yield ForeignBytes(self._foreign_head)
                at += 1
            elif size < 0 or end - at < size:
                self._rest = data[at:]
                return
            else:
                yield self._message(data, kind, at, at + size)
                at += size

    def _size(self, data: bytes, at: int, end: int) -> int:
        """Of the frame at `at`; -1: its header is not whole; 0: it is for the parser."""
        if data[at] != BINARY and data[at] != TEXT:
            return 0
        if end - at < 2:
            return -1
        length = data[at + 1] - 128  # without the mask's bit
        if length < 0:
            return 0
        if length < 126:
            return 6 + length if length <= self._limit else 0
        first, least = (4, 126) if length == 126 else (10, 1 << 16)
        if end - at < first:
            return -1
        length = int.from_bytes(data[at + 2 : at + first], "big")
        return first + 4 + length if least <= length <= self._limit else 0

    def _message(self, data: bytes, kind: int, at: int, end: int) -> Message | ForeignBytes:
        length = data[at + 1]
        start = at + (6 if length < 254 else 8 if length == 254 else 14)
        payload = apply_mask(data[start:end], data[start - 4 : start])
        if kind == BINARY:
            return payload
        try:
            return payload.decode()
        except UnicodeDecodeError:
            return ForeignBytes(data[at:end])

    # --- frames of the parser's -------------------------------------------------------------------

    def _wanted(self) -> int:
        """How many bytes belong to the frame that is being passed on, as far as is known."""
        return self._foreign_left or _header_size(self._foreign_head) - len(self._foreign_head)

    def _pass_on(self, data: bytes) -> int:
        """Note what the parser is given; returns its length."""
        if self._foreign_left:
            self._foreign_left -= len(data)
            return len(data)
        head = self._foreign_head + data
        if len(head) < 2 or len(head) < _header_size(head):
            self._foreign_head = head
            return len(data)
        self._foreign_head = b""
        self._foreign_left = _payload_size(head)
        if head[0] & 0x0F < 8:  # a control frame may stand between fragments
            self._in_fragments = not head[0] & 0x80
        return len(data)


class DirectReading:
    """The reading half of `DirectSocket`, for the protocol of a server, which names its own parts.

    `_reader` None: the server's parser reads all, as from a client that is no browser.
    """

    _reader: FrameReader | None = None
    _take: Take | None = None

    def listen(self, take: Take) -> None:
        """Offers each message to `take` while none waits in `receive`."""
        self._take = take

    def parse(self, data: bytes) -> None:
        """Give bytes to the server's own parser."""
        raise NotImplementedError

    def is_gone(self) -> bool:
        """Whether nothing is read any more."""
        raise NotImplementedError

    def takes_messages(self) -> bool:
        """Whether the application may be told of a message; never once the connection is gone."""
        raise NotImplementedError

    def has_waiting(self) -> bool:
        """Whether a message waits in `receive`."""
        raise NotImplementedError

    def enqueue(self, event: Any) -> None:
        """Put an event of ASGI into `receive`."""
        raise NotImplementedError

    def read_directly(self, data: bytes) -> None:
        """Reads whole messages, and leaves all else to the server's parser."""
        reader = self._reader
        if reader is None:
            self.parse(data)
        elif (whole := reader.whole(data)) is not None:
            self._read(whole)
        else:
            for piece in reader.read(data):
                self._read(piece)

    def _read(self, piece: Message | ForeignBytes) -> None:
        if isinstance(piece, ForeignBytes):
            if not self.is_gone():
                self.parse(piece)
        elif self.takes_messages():
            take = self._take
            if take is not None and not self.has_waiting() and take(piece):
                return
            key = "text" if isinstance(piece, str) else "bytes"
            self.enqueue({"type": "websocket.receive", key: piece})


def _header_size(head: bytes) -> int:
    """Of a frame that begins so; 2 until it is known."""
    if len(head) < 2:
        return 2
    mask = 4 if head[1] & 0x80 else 0
    return 2 + {126: 2, 127: 8}.get(head[1] & 0x7F, 0) + mask


def _payload_size(head: bytes) -> int:
    length = head[1] & 0x7F
    if length < 126:
        return length
    return int.from_bytes(head[2 : 4 if length == 126 else 10], "big")
