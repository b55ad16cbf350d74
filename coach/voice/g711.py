"""The two telephone codecs of G.711, which some callers of the engine speak: one byte per sample.

"pcm" means a one-dimensional ``int16`` array, mono, at the rate of the coded bytes.
"""

import numpy as np
from numpy.typing import NDArray

from coach.voice.pcm import Pcm

Bytes = NDArray[np.uint8]

RATE = 8_000
"""The rate that G.711 is used at, in hertz."""


def _mulaw_tables() -> tuple[Bytes, Pcm]:
    wide = np.arange(-32768, 32768) >> 2
    magnitude = np.minimum(np.abs(wide), 8158) + 33
    exponent = np.floor(np.log2(magnitude)).astype(int) - 5
    mantissa = (magnitude >> (exponent + 1)) & 15
    sign = np.where(wide < 0, 0x80, 0)
    encode = (~(sign | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8)
    code = ~np.arange(256) & 0xFF
    value = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
    return encode, np.where(code & 0x80, -value, value).astype(np.int16)


def _alaw_tables() -> tuple[Bytes, Pcm]:
    wide = np.arange(-32768, 32768) >> 3
    mask = np.where(wide >= 0, 0xD5, 0x55)
    magnitude = np.where(wide >= 0, wide, -wide - 1)
    segment = np.maximum(0, np.floor(np.log2(np.maximum(magnitude, 1))).astype(int) - 4)
    mantissa = (magnitude >> np.maximum(segment, 1)) & 15
    encode = (((segment << 4) | mantissa) ^ mask).astype(np.uint8)
    code = np.arange(256) ^ 0x55
    part = (code >> 4) & 7
    value = ((code & 15) << 4) + np.where(part == 0, 8, 0x108)
    value = value << np.maximum(part - 1, 0)
    return encode, np.where(code & 0x80, value, -value).astype(np.int16)


_MULAW_ENCODE, _MULAW_DECODE = _mulaw_tables()
_ALAW_ENCODE, _ALAW_DECODE = _alaw_tables()


def encode_mulaw(pcm: Pcm) -> bytes:
    """Pcm to G.711 mu-law, one byte per sample, same rate."""
    return _MULAW_ENCODE[pcm.astype(np.int32) + 32768].tobytes()


def decode_mulaw(data: bytes | bytearray | memoryview) -> Pcm:
    """G.711 mu-law to pcm, same rate."""
    return _MULAW_DECODE[np.frombuffer(data, dtype=np.uint8)]


def encode_alaw(pcm: Pcm) -> bytes:
    """Pcm to G.711 A-law, one byte per sample, same rate."""
    return _ALAW_ENCODE[pcm.astype(np.int32) + 32768].tobytes()


def decode_alaw(data: bytes | bytearray | memoryview) -> Pcm:
    """G.711 A-law to pcm, same rate."""
    return _ALAW_DECODE[np.frombuffer(data, dtype=np.uint8)]
