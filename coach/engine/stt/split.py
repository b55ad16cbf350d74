"""Cutting a long recording at quiet places."""

import numpy as np

from coach.voice.pcm import STT_RATE, Samples

LONGEST = 15.0
"""Seconds of a piece at most."""

_SHORTEST = 8.0
_STEP = STT_RATE // 50
_SMOOTH = 15


def split_quietly(samples: Samples) -> list[Samples]:
    """Pieces of 8 to 15 s (the last may be shorter) at 16 kHz, cut where it is quietest.

    The cuts depend only on what comes before the cut's 15 s, so a growing recording keeps them.
    """
    pieces = []
    while samples.size > LONGEST * STT_RATE:
        cut = _quietest(samples[: int(LONGEST * STT_RATE)])
        pieces.append(samples[:cut])
        samples = samples[cut:]
    pieces.append(samples)
    return pieces


def _quietest(samples: Samples) -> int:
    steps = samples.size // _STEP
    frames = samples[: steps * _STEP].reshape(steps, _STEP)
    power = np.einsum("ij,ij->i", frames, frames)
    # A pause between words is some 0.3 s wide; a single quiet step may be inside a word.
    power = np.convolve(power, np.ones(_SMOOTH) / _SMOOTH, mode="same")
    first = int(_SHORTEST * STT_RATE) // _STEP
    return (first + int(power[first : steps - _SMOOTH].argmin())) * _STEP + _STEP // 2
