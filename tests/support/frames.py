"""What a browser, or something worse, may send on its socket: frames, and how they arrive."""

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
from websockets.utils import apply_mask

from coach.websocket_frames import DirectReading

MASK = b"\x11\x22\x33\x44"
SIZES = [0, 1, 5, 125, 126, 300]


def frame(first: int, payload: bytes, *, masked: bool = True, code: int | None = None) -> bytes:
    """One frame. `code` is the length as it is written, where that is not the usual one."""
    length = len(payload)
    if code is None:
        code = length if length < 126 else 126 if length < 1 << 16 else 127
    more = {126: 2, 127: 8}.get(code, 0)
    head = bytes((first, code | (0x80 if masked else 0)))
    head += length.to_bytes(more, "big") if more else b""
    return head + (MASK + apply_mask(payload, MASK) if masked else payload)


_payloads = st.sampled_from(SIZES).flatmap(lambda size: st.binary(min_size=size, max_size=size))
_texts = st.text(max_size=200).map(str.encode)
_control = st.binary(max_size=125)
_usual = st.one_of(
    st.builds(frame, st.just(0x82), _payloads),
    st.builds(frame, st.just(0x81), _texts),
    st.builds(frame, st.sampled_from([0x89, 0x8A]), _control),
)
_fragments = st.tuples(
    st.builds(frame, st.just(0x02), _payloads),
    st.lists(
        st.builds(frame, st.just(0x00), _payloads) | st.builds(frame, st.just(0x89), _control),
        max_size=2,
    ).map(b"".join),
    st.builds(frame, st.just(0x80), _payloads),
).map(b"".join)
_wrong = st.one_of(
    st.builds(frame, st.sampled_from([0x01, 0x02]), _payloads),  # which nothing continues
    st.builds(frame, st.just(0x81), _payloads),  # mostly no UTF-8
    st.builds(frame, st.integers(0, 255), _payloads),
    st.builds(lambda p: frame(0x82, p, masked=False), _payloads),
    st.builds(lambda p: frame(0x82, p, code=127), _payloads),
    st.just(b"\x82\xff" + (1 << 40).to_bytes(8, "big") + MASK),
)
_close = st.just(frame(0x88, b"\x03\xe8"))

# Mostly what browsers send; sooner or later something else.
streams = st.lists(
    st.one_of(_usual, _usual, _usual, _usual, _fragments, _close, _wrong), max_size=12
).map(b"".join)


@st.composite
def arrivals(draw: st.DrawFn) -> list[bytes]:
    """A stream in the pieces in which it arrives, perhaps cut off."""
    stream = draw(streams)
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    return [piece for piece in pieces if piece][: draw(st.integers(1, 10))]


def told_of(
    protocol: DirectReading,
    queue: Any,
    feed: Callable[[bytes], object],
    arrived: list[bytes],
    takes: list[bool] | None,
) -> list[Any]:
    """What the application is told of this stream: messages, and the code of a disconnect.

    `queue` is what `receive` reads, `feed` gives bytes to the server. `takes` says of each message
    whether the application takes it at once; None: the server's own parser reads all.
    """
    told: list[Any] = []

    def take(message: str | bytes) -> bool:
        taken = takes.pop() if takes else True
        if taken:
            told.append((message, None) if isinstance(message, str) else (None, message))
        return taken

    if takes is None:
        protocol._reader = None
        arrived = [bytes((byte,)) for byte in b"".join(arrived)]  # each frame by itself
    else:
        protocol.listen(take)
    for data in arrived:
        feed(data)
        while not queue.empty():
            event = queue.get_nowait()
            message = event.get("text"), event.get("bytes")
            told.append(event.get("code") if event["type"] == "websocket.disconnect" else message)
    return told
