"""WAV files: what a page records, read strictly; what a provider sends, read with patience."""

import struct

from coach.voice import limits, pcm

_PCM, _MULAW, _EXTENSIBLE = 1, 7, 0xFFFE
_RATES = (8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)  # hertz; others cost too much
_UNKNOWN = (0, 0xFFFFFFFF)  # the size of what was still being written


class BadWav(ValueError):
    """Not the sound that was asked for; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_recording(data: bytes) -> bytes:
    """The samples of a page's recording: mono, 24 kHz, PCM16 or mu-law; PCM16 bytes come out.

    Every size must be what it says. Raises BadWav with code `bad_recording`, `too_short` or
    `too_long`.
    """
    kind, rate, channels, bits, sound = _chunks(data, strict=True)
    if rate != pcm.RATE or channels != 1 or (kind, bits) not in ((_PCM, 16), (_MULAW, 8)):
        raise BadWav("bad_recording")
    samples = sound if kind == _PCM else pcm.to_bytes(pcm.decode_mulaw(sound))
    if len(samples) % 2:
        raise BadWav("bad_recording")
    if len(samples) < limits.NOTE_MIN_MS * limits.BYTES_PER_MS:
        raise BadWav("too_short")
    if len(samples) > limits.NOTE_MAX_MS * limits.BYTES_PER_MS:
        raise BadWav("too_long")
    return samples


def read_reply(data: bytes) -> bytes:
    """The samples of a provider's WAV of PCM16 at any usual rate, as PCM16 bytes at 24 kHz, mono.

    Sizes that a stream could not know are taken as «to the end». Raises BadWav.
    """
    kind, rate, channels, bits, sound = _chunks(data, strict=False)
    if (
        rate not in _RATES
        or kind not in (_PCM, _EXTENSIBLE)
        or bits != 16
        or channels not in (1, 2)
    ):
        raise BadWav("bad_reply")
    samples = pcm.from_bytes(sound[: len(sound) // (2 * channels) * 2 * channels])
    if channels == 2:
        samples = samples[::2]
    samples = pcm.resample(samples, rate, pcm.RATE)
    return pcm.to_bytes(samples[: limits.NOTE_REPLY_MAX_MS * pcm.RATE // 1000])


def write(samples: bytes) -> bytes:
    """PCM16 mono samples at 24 kHz as a WAV file."""
    body = struct.pack("<HHIIHH", _PCM, 1, pcm.RATE, pcm.RATE * 2, 2, 16)
    head = struct.pack("<4sI4s4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16)
    return head + body + struct.pack("<4sI", b"data", len(samples)) + samples


def _chunks(data: bytes, *, strict: bool) -> tuple[int, int, int, int, bytes]:
    """Kind, rate, channels, bits and samples of a WAV file."""
    bad = BadWav("bad_recording" if strict else "bad_reply")
    if len(data) < 44 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise bad
    if strict and struct.unpack_from("<I", data, 4)[0] != len(data) - 8:
        raise bad
    at, form = 12, None
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if name == b"data" and form is not None:
            if strict and at + size + size % 2 != len(data):
                raise bad
            end = len(data) if size in _UNKNOWN else at + size
            return *form, data[at:end]
        if name == b"fmt " and 16 <= size <= len(data) - at:
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", data, at)
            form = (kind, rate, channels, bits)
        elif strict and name != b"fmt " and at > limits.NOTE_WAV_HEAD_BYTES:
            raise bad
        at += size + size % 2
    raise bad
