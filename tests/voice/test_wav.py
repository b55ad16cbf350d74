"""WAV files: what a page may send, and what a provider may answer."""

import contextlib
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits, pcm
from coach.voice.wav import BadWav, read_recording, read_reply, write


def tone(ms, rate=24_000):
    wave = np.sin(np.arange(ms * rate // 1000) * 2 * np.pi * 440 / rate) * 8000
    return pcm.to_bytes(wave.astype(np.int16))


def wav(body, *, kind=1, channels=1, rate=24_000, bits=16, size=None, riff=None, extra=b""):
    fmt = struct.pack(
        "<HHIIHH", kind, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits
    )
    size = len(body) if size is None else size
    data = struct.pack("<4sI", b"data", size) + body
    rest = b"WAVE" + struct.pack("<4sI", b"fmt ", 16) + fmt + extra + data
    return struct.pack("<4sI", b"RIFF", len(rest) if riff is None else riff) + rest


def code(data):
    with pytest.raises(BadWav) as error:
        read_recording(data)
    return error.value.code


def test_what_is_written_is_read():
    sound = tone(500)
    assert read_recording(write(sound)) == sound
    assert read_reply(write(sound)) == sound


def test_a_recording_in_mulaw_is_half_as_long_and_sounds_the_same():
    sound = tone(500)
    packed = pcm.encode_mulaw(pcm.from_bytes(sound))
    heard = pcm.from_bytes(read_recording(wav(packed, kind=7, bits=8)))
    assert np.abs(heard.astype(int) - pcm.from_bytes(sound)).max() < 400


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        bytes(4000),
        wav(tone(500), rate=48_000),
        wav(tone(500), channels=2),
        wav(tone(500), bits=8),
        wav(tone(500), kind=3, bits=32),
        wav(tone(500), size=10),
        wav(tone(500), size=0xFFFFFFFF),
        wav(tone(500), riff=4),
        wav(tone(500)) + b"more",
        wav(tone(500)[:-1]),
        b"RIFF"
        + struct.pack("<I", 40)
        + b"WAVE"
        + b"fmt "
        + struct.pack("<I", 0xFFFFFFF0)
        + bytes(28),
        wav(tone(500), extra=struct.pack("<4sI", b"LIST", 0xFFFFFFF0)),
    ],
)
def test_a_recording_that_is_not_what_it_says_is_refused(data):
    assert code(data) == "bad_recording"


def test_a_recording_has_its_length():
    assert code(write(tone(limits.NOTE_MIN_MS - 20))) == "too_short"
    longest = bytes(limits.NOTE_MAX_MS * limits.BYTES_PER_MS)
    assert read_recording(write(longest)) == longest
    assert code(write(longest + b"\0\0")) == "too_long"


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_break_the_reader(junk, at):
    data = bytearray(write(tone(400)))
    data[at : at + len(junk)] = junk
    for read in (read_recording, read_reply):
        with contextlib.suppress(BadWav):  # the one way to say no
            read(bytes(data))


def test_a_reply_may_have_the_sizes_of_a_stream_another_rate_and_more_chunks():
    sound = tone(500)
    info = struct.pack("<4sI", b"LIST", 26) + bytes(26)
    assert read_reply(wav(sound, size=0xFFFFFFFF, riff=0xFFFFFFFF, extra=info)) == sound
    assert abs(len(read_reply(wav(tone(500, 48_000), rate=48_000))) - len(sound)) < 8
    both = np.repeat(pcm.from_bytes(sound), 2).tobytes()
    assert read_reply(wav(both, channels=2)) == sound
    with pytest.raises(BadWav):
        read_reply(wav(sound, kind=85, bits=0))


def test_a_reply_is_cut_at_its_longest():
    body = bytes((limits.NOTE_REPLY_MAX_MS + 1000) * limits.BYTES_PER_MS)
    assert len(read_reply(write(body))) == limits.NOTE_REPLY_MAX_MS * limits.BYTES_PER_MS
