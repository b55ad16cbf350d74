"""Sample maths: conversion, level and resampling.

Everything here is mono. "pcm" means a one-dimensional ``int16`` array; "samples" means a
one-dimensional ``float32`` array in -1..1. Rates are in hertz.
"""

import sys
from math import gcd, sqrt

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
Samples = NDArray[np.float32]

RATE = 24_000
"""The rate used on every wire of the product."""

STT_RATE = 16_000
"""The rate the recogniser and the voice activity model want."""

BYTES_PER_MS = RATE * 2 // 1000
"""At that rate."""

_TAPS = 32
_KAISER_BETA = 8.0


def from_bytes(data: bytes | bytearray | memoryview) -> Pcm:
    """Little-endian 16-bit bytes to pcm. Raises ValueError when a half sample is left over."""
    if len(data) % 2:
        raise ValueError("PCM16 data has an odd number of bytes")
    pcm: Pcm = np.frombuffer(data, dtype=np.int16)
    if sys.byteorder == "big":
        pcm = pcm.byteswap()
    return pcm


def to_bytes(pcm: Pcm) -> bytes:
    """Pcm to little-endian 16-bit bytes."""
    return pcm.astype("<i2", copy=False).tobytes()


def to_float(pcm: Pcm) -> Samples:
    """Pcm to samples in -1..1."""
    return pcm.astype(np.float32) * np.float32(1 / 32768)


def to_int16(samples: NDArray[np.floating]) -> Pcm:
    """Samples to pcm: rounded, and clipped where they exceed -1..1."""
    pcm: Pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
    return pcm


def rms(pcm: Pcm) -> float:
    """Root mean square, 0..1 of full scale. 0 for no samples."""
    if not pcm.size:
        return 0.0
    wide = pcm.astype(np.float64)
    return sqrt(wide.dot(wide) / wide.size) / 32768


class Resampler:
    """Streaming change of rate with an anti-aliasing filter.

    The pieces that come out, joined, equal the conversion of the pieces that went in, joined:
    there is no seam at a piece's end and no shift in time. About ``16 / source`` seconds
    (0.7 ms at 24 kHz) are held back until more input or ``flush`` comes.
    """

    def __init__(self, source: int, target: int) -> None:
        """Rates in hertz. Raises ValueError unless both are positive."""
        if source <= 0 or target <= 0:
            raise ValueError("sample rates must be positive")
        common = gcd(source, target)
        self._up = target // common
        self._down = source // common
        self._width = _TAPS * max(1, -(-self._down // self._up))
        self._phases = _polyphase(self._up, self._down, self._width)
        self.reset()

    def reset(self) -> None:
        """Forget all input, as if new."""
        self._held: Samples = np.zeros(self._width // 2 - 1, dtype=np.float32)
        self._skip = 0
        self._phase = 0
        self._got = 0
        self._given = 0

    def process(self, samples: Samples) -> Samples:
        """Take samples at the source rate; return what is ready at the target rate."""
        self._got += samples.size
        held = np.concatenate((self._held, samples.astype(np.float32, copy=False)))
        windows = held.size - self._width + 1
        # Output k looks at the window starting at (phase + k * down) // up past the skip.
        ready = max(0, -(-((windows - self._skip) * self._up - self._phase) // self._down))
        if ready <= 0 or windows <= self._skip:
            self._held = held
            return np.zeros(0, dtype=np.float32)
        steps = self._phase + self._down * np.arange(ready)
        out = np.empty(ready, dtype=np.float32)
        view = np.lib.stride_tricks.sliding_window_view(held, self._width)
        for first in range(min(self._up, ready)):
            start = self._skip + int(steps[first]) // self._up
            taps = self._phases[int(steps[first]) % self._up]
            out[first :: self._up] = view[start :: self._down][: len(out[first :: self._up])] @ taps
        end = self._phase + self._down * ready
        begin = self._skip + end // self._up
        self._phase = end % self._up
        drop = min(begin, held.size)
        self._skip = begin - drop
        self._held = held[drop:].copy()
        self._given += ready
        return out

    def flush(self) -> Samples:
        """Return the rest, so that the whole is as long as the input, and start anew."""
        wanted = -(-self._got * self._up // self._down) - self._given
        rest = self.process(np.zeros(self._width, dtype=np.float32))[: max(0, wanted)]
        self.reset()
        return rest


def _polyphase(up: int, down: int, width: int) -> list[Samples]:
    """A Kaiser-windowed low-pass split in ``up`` phases of ``width`` taps, each of unit gain."""
    cutoff = 0.94 * min(1.0, up / down)
    phases = []
    for phase in range(up):
        at = np.arange(width) - (width // 2 - 1) - phase / up
        window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (at / (width / 2)) ** 2, 0, 1)))
        taps = cutoff * np.sinc(cutoff * at) * window
        phases.append((taps / taps.sum()).astype(np.float32))
    return phases


def resample(pcm: Pcm, source: int, target: int) -> Pcm:
    """Change the rate of a whole recording; ``ceil(n * target / source)`` samples come out."""
    if source == target:
        return pcm
    resampler = Resampler(source, target)
    samples = to_float(pcm)
    return to_int16(np.concatenate((resampler.process(samples), resampler.flush())))
