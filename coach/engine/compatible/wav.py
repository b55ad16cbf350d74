"""WAV: what is sent to a recogniser, and the header of what a voice may answer."""

import struct

import msgspec

from coach.engine.errors import EngineError
from coach.engine.session.effects import Pcm
from coach.voice.pcm import RATE, to_bytes

_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_CHUNK = struct.Struct("<4sI")
_FORM = struct.Struct("<HHIIHH")
_PCM, _EXTENSIBLE = 1, 0xFFFE
HEADER_BYTES = 4096
"""A header is at most so long; what comes before the sound beyond it is no WAV to us."""

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000)
"""Others are a broken header: converting them could take all memory there is."""


class WavFormat(msgspec.Struct, frozen=True):
    """Samples of 16 bits, by channels."""

    rate: int
    channels: int


def wav(pcm: Pcm) -> bytes:
    """A recording as a file: mono, 16 bits, 24 kHz."""
    data = to_bytes(pcm)
    form = (16, _PCM, 1, RATE, RATE * 2, 2, 16)
    return _HEAD.pack(b"RIFF", 36 + len(data), b"WAVE", b"fmt ", *form, b"data", len(data)) + data


def header(data: bytes) -> tuple[WavFormat, int] | None:
    """The form of a WAV and where its sound begins; None while its header is not whole.

    Sizes are not believed: streams are written before their length is known. Raises EngineError
    `bad_audio` for what is not 16 bit PCM of a usual rate.
    """
    at, form = 12, None
    while len(data) >= at + _CHUNK.size:
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if name == b"data":
            if form is None:
                break
            return form, at
        if name == b"fmt ":
            if len(data) < at + _FORM.size:
                return None
            kind, channels, rate, _, _, bits = _FORM.unpack_from(data, at)
            if kind not in (_PCM, _EXTENSIBLE) or bits != 16 or not channels or rate not in RATES:
                raise EngineError("bad_audio", "The WAV is not 16 bit PCM of a usual rate.")
            form = WavFormat(rate, channels)
        at += size + size % 2
    if len(data) > HEADER_BYTES:
        raise EngineError("bad_audio", "The WAV has no sound.")
    return None
