"""WAV files: recordings read strictly, replies and streams of other servers read leniently.

Nothing here knows of talks: callers give the lengths that they take.
"""

import struct
from typing import NamedTuple

from coach.voice import g711, pcm

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000)
"""Hertz. Another rate is a broken header, and converting it could take all memory there is."""

HEAD_BYTES = 4_096
"""The most that may stand before the samples."""

_PCM, _MULAW, _EXTENSIBLE = 1, 7, 0xFFFE
_UNKNOWN = (0, 0xFFFFFFFF)  # the size of what was still being written
_HEAD = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")


class BadWav(ValueError):
    """Not the sound that was asked for; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WavFormat(NamedTuple):
    """How samples are stored: codec (1 is PCM, 7 mu-law), hertz, channels, bits of a sample."""

    codec: int
    rate: int
    channels: int
    bits: int

    @property
    def is_pcm16(self) -> bool:
        """Whether these are 16 bit PCM samples of a usual rate."""
        known = self.codec in (_PCM, _EXTENSIBLE) and self.rate in RATES
        return known and self.bits == 16 and self.channels > 0


def write(samples: bytes) -> bytes:
    """PCM16 mono samples at 24 kHz as a WAV file."""
    head = _HEAD.pack(b"RIFF", 36 + len(samples), b"WAVE")
    form = _CHUNK.pack(b"fmt ", 16) + _FORMAT.pack(_PCM, 1, pcm.RATE, pcm.RATE * 2, 2, 16)
    return head + form + _CHUNK.pack(b"data", len(samples)) + samples


def read_recording(data: bytes, *, shortest_ms: int, longest_ms: int) -> bytes:
    """The samples of a page's recording: mono, 24 kHz, PCM16 or mu-law; PCM16 bytes come out.

    Every size must be what it says. Raises BadWav with code `bad_recording`, `too_short` or
    `too_long`.
    """
    form, sound = _strict(data)
    if form not in (WavFormat(_PCM, pcm.RATE, 1, 16), WavFormat(_MULAW, pcm.RATE, 1, 8)):
        raise BadWav("bad_recording")
    samples = sound if form.codec == _PCM else pcm.to_bytes(g711.decode_mulaw(sound))
    if len(samples) % 2:
        raise BadWav("bad_recording")
    if len(samples) < shortest_ms * pcm.BYTES_PER_MS:
        raise BadWav("too_short")
    if len(samples) > longest_ms * pcm.BYTES_PER_MS:
        raise BadWav("too_long")
    return samples


def read_reply(data: bytes, *, longest_ms: int) -> bytes:
    """The samples of a server's WAV of PCM16 at any usual rate, as PCM16 bytes at 24 kHz, mono.

    What is longer is cut; of two channels the first is taken. Raises BadWav `bad_reply`.
    """
    form, at, size = _lenient(data)
    if form.channels > 2:
        raise BadWav("bad_reply")
    frame = 2 * form.channels
    sound = data[at:] if size in _UNKNOWN else data[at : at + size]
    samples = pcm.from_bytes(sound[: len(sound) // frame * frame])[:: form.channels]
    samples = pcm.resample(samples, form.rate, pcm.RATE)
    return pcm.to_bytes(samples[: longest_ms * pcm.RATE // 1000])


def read_header(data: bytes) -> tuple[WavFormat, int] | None:
    """The format of a WAV that is still arriving, and where its samples begin.

    None while the header is not whole. Sizes are not believed: streams are written before their
    length is known. Raises BadWav `bad_header` for what is not 16 bit PCM of a usual rate.
    """
    form, at, _ = _samples(data)
    if (form is not None and not form.is_pcm16) or (at is None and len(data) > HEAD_BYTES):
        raise BadWav("bad_header")
    return None if form is None or at is None else (form, at)


def _lenient(data: bytes) -> tuple[WavFormat, int, int]:
    """Format, place and claimed size of the samples, whatever else the sizes say."""
    form, at, size = _samples(data)
    marked = data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    if not marked or form is None or not form.is_pcm16 or at is None:
        raise BadWav("bad_reply")
    return form, at, size


def _strict(data: bytes) -> tuple[WavFormat, bytes]:
    """Format and samples of a file in which every size is right."""
    bad = BadWav("bad_recording")
    if len(data) < _HEAD.size or _HEAD.unpack_from(data) != (b"RIFF", len(data) - 8, b"WAVE"):
        raise bad
    form, at, size = _samples(data)
    if form is None or at is None or at > HEAD_BYTES or at + size + size % 2 != len(data):
        raise bad
    return form, data[at : at + size]


def _samples(data: bytes) -> tuple[WavFormat | None, int | None, int]:
    """Format, place and claimed size of the samples, as far as they are found."""
    at, form = _HEAD.size, None
    while at + _CHUNK.size <= len(data):
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if name == b"data" and form is not None:
            return form, at, size
        if name == b"fmt " and 16 <= size <= len(data) - at:
            codec, channels, rate, _, _, bits = _FORMAT.unpack_from(data, at)
            form = WavFormat(codec, rate, channels, bits)
        at += size + size % 2
    return form, None, 0
