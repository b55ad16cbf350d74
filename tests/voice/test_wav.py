"""WAV files: what a page may send, and what another server may answer."""

import contextlib
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import g711, pcm, wav
from coach.voice.wav import BadWav, WavFormat, write

SHORTEST_MS, LONGEST_MS = 300, 10_000


def tone(ms: int, rate: int = 24_000) -> bytes:
    wave = np.sin(np.arange(ms * rate // 1000) * 2 * np.pi * 440 / rate) * 8000
    return pcm.to_bytes(wave.astype(np.int16))


def file(
    body: bytes,
    *,
    kind: int = 1,
    channels: int = 1,
    rate: int = 24_000,
    bits: int = 16,
    size: int | None = None,
    riff: int | None = None,
    extra: bytes = b"",
) -> bytes:
    fmt = struct.pack(
        "<HHIIHH", kind, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits
    )
    size = len(body) if size is None else size
    data = struct.pack("<4sI", b"data", size) + body
    rest = b"WAVE" + struct.pack("<4sI", b"fmt ", 16) + fmt + extra + data
    return struct.pack("<4sI", b"RIFF", len(rest) if riff is None else riff) + rest


def chunk(size: int, told: int | None = None) -> bytes:
    """A chunk that no reader needs; `told` is the size it claims."""
    return struct.pack("<4sI", b"LIST", size if told is None else told) + bytes(size)


def read_recording(data: bytes) -> bytes:
    return wav.read_recording(data, shortest_ms=SHORTEST_MS, longest_ms=LONGEST_MS)


def read_reply(data: bytes) -> bytes:
    return wav.read_reply(data, longest_ms=LONGEST_MS)


def code(data: bytes) -> str:
    with pytest.raises(BadWav) as error:
        read_recording(data)
    return error.value.code


def test_what_is_written_is_read() -> None:
    sound = tone(500)
    assert read_recording(write(sound)) == sound
    assert read_reply(write(sound)) == sound
    form, at = wav.read_header(write(sound)) or (None, 0)
    assert form == WavFormat(1, 24_000, 1, 16)
    assert write(sound)[at:] == sound


# --- recordings of a page -----------------------------------------------------------------------


def test_a_recording_in_mulaw_is_half_as_long_and_sounds_the_same() -> None:
    sound = tone(500)
    packed = g711.encode_mulaw(pcm.from_bytes(sound))
    heard = pcm.from_bytes(read_recording(file(packed, kind=7, bits=8)))
    assert np.abs(heard.astype(int) - pcm.from_bytes(sound)).max() < 400


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        bytes(4000),
        file(tone(500), rate=48_000),
        file(tone(500), channels=2),
        file(tone(500), bits=8),
        file(tone(500), kind=3, bits=32),
        file(tone(500), size=10),
        file(tone(500), size=0xFFFFFFFF),
        file(tone(500), riff=4),
        file(tone(500)) + b"more",
        file(tone(500)[:-1]),
        b"RIFF"
        + struct.pack("<I", 40)
        + b"WAVE"
        + b"fmt "
        + struct.pack("<I", 0xFFFFFFF0)
        + bytes(28),
        file(tone(500), extra=chunk(0, told=0xFFFFFFF0)),
        file(tone(500), extra=chunk(wav.HEAD_BYTES)),
    ],
)
def test_a_recording_that_is_not_what_it_says_is_refused(data: bytes) -> None:
    assert code(data) == "bad_recording"


def test_a_recording_may_carry_a_small_chunk_before_its_samples() -> None:
    assert read_recording(file(tone(500), extra=chunk(26))) == tone(500)


def test_a_recording_has_the_length_that_is_asked_for() -> None:
    assert code(write(tone(SHORTEST_MS - 20))) == "too_short"
    longest = bytes(LONGEST_MS * pcm.BYTES_PER_MS)
    assert read_recording(write(longest)) == longest
    assert code(write(longest + b"\0\0")) == "too_long"
    assert wav.read_recording(write(tone(20)), shortest_ms=10, longest_ms=20) == tone(20)


# --- replies of a server ------------------------------------------------------------------------


def test_a_reply_may_have_the_sizes_of_a_stream_another_rate_and_more_chunks() -> None:
    sound = tone(500)
    stream = file(sound, size=0xFFFFFFFF, riff=0xFFFFFFFF, extra=chunk(26))
    assert read_reply(stream) == sound
    both = np.repeat(pcm.from_bytes(sound), 2).tobytes()
    assert read_reply(file(both, channels=2)) == sound
    for wrong in (file(sound, kind=85, bits=0), file(sound, channels=3), file(sound, rate=23_999)):
        with pytest.raises(BadWav):
            read_reply(wrong)


@pytest.mark.parametrize("rate", wav.RATES)
def test_a_reply_of_every_usual_rate_comes_out_at_ours(rate: int) -> None:
    read = pcm.from_bytes(read_reply(file(tone(500, rate), rate=rate)))
    assert abs(read.size - pcm.RATE // 2) < 8
    middle = read[read.size // 4 : read.size * 3 // 4].astype(int)
    assert 7_000 < np.abs(middle).max() < 9_000


def test_a_reply_is_cut_at_its_longest() -> None:
    body = bytes((LONGEST_MS + 1000) * pcm.BYTES_PER_MS)
    assert len(read_reply(write(body))) == LONGEST_MS * pcm.BYTES_PER_MS


# --- streams ------------------------------------------------------------------------------------


@given(st.integers(0, 60))
def test_a_header_is_read_as_soon_as_it_is_whole(length: int) -> None:
    data = file(tone(20), rate=16_000, channels=2, size=0xFFFFFFFF, extra=chunk(10))
    whole = 44 + 18
    assert wav.read_header(data[:length]) is None
    assert wav.read_header(data[:whole]) == (WavFormat(1, 16_000, 2, 16), whole)


@pytest.mark.parametrize(
    "data",
    [
        file(b"", rate=1),
        file(b"", rate=1_000_000_000),
        file(b"", channels=0),
        file(b"", bits=24),
        file(b"", kind=85),
        file(b"", kind=3, bits=32)[:36],  # known from its format, before any samples
        file(b"", extra=chunk(wav.HEAD_BYTES))[: wav.HEAD_BYTES + 1],
    ],
)
def test_a_header_of_what_is_no_plain_sound_is_refused(data: bytes) -> None:
    with pytest.raises(BadWav) as error:
        wav.read_header(data)
    assert error.value.code == "bad_header"


# --- anything -----------------------------------------------------------------------------------


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_break_the_readers(junk: bytes, at: int) -> None:
    data = bytearray(write(tone(400)))
    data[at : at + len(junk)] = junk
    for read in (read_recording, read_reply, wav.read_header):
        with contextlib.suppress(BadWav):  # the one way to say no
            read(bytes(data))


@given(st.binary(max_size=400).map(lambda data: data[: len(data) & ~1]))
def test_any_samples_come_back_as_they_were_written(samples: bytes) -> None:
    assert wav.read_recording(write(samples), shortest_ms=0, longest_ms=100) == samples
    assert read_reply(write(samples)) == samples
