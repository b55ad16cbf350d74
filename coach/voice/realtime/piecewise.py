"""Reads a socket in pieces, so that what it holds stays small."""

import asyncio
from typing import Any

from coach.voice import limits

_PASSED_ON = (
    "buffer_updated",
    "eof_received",
    "connection_lost",
    "pause_writing",
    "resume_writing",
)


class PiecewiseProtocol(asyncio.BufferedProtocol):
    """Stands between a transport and picows, and takes `ENGINE_READ_BYTES` at a time.

    picows doubles its buffer whenever one read nearly fills it, and never gives it back. Each talk
    would keep as much as has come in the longest moment in which the loop was late, or the engine
    was ahead of real time. Read so, only a frame that is larger than the buffer makes it grow.
    """

    def __init__(self, inner: Any) -> None:
        """`inner` is picows' protocol, whose methods are called as if there were none between."""
        self._buffer = inner.get_buffer
        for name in _PASSED_ON:
            setattr(self, name, getattr(inner, name))

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next piece is to be put."""
        room: memoryview = self._buffer(sizehint)
        return room[: limits.ENGINE_READ_BYTES]
