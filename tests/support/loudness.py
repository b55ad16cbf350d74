"""How loud sound is, in the unit of those who judge it."""

import numpy as np

from coach.voice.pcm import Pcm, rms

_SILENCE_DB = -96.0


def decibels(pcm: Pcm) -> float:
    """Level in dB below full scale (0 loudest); never below -96, also for no samples."""
    level = rms(pcm)
    return max(_SILENCE_DB, 20 * float(np.log10(level))) if level else _SILENCE_DB
