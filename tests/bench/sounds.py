"""Recorded speech for benches: what members say, read by several voices that are not ours."""

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.voice.pcm import RATE, Pcm, resample
from tests.support.speech import RATE as RECORDED
from tests.support.speech import say

VOICES = ("slt", "rms", "hts", "en-us")
SENTENCES = (
    "I had two eggs and a slice of toast for breakfast.",
    "I ate a bowl of porridge with honey and blueberries.",
    "For lunch I had a chicken salad with olive oil.",
    "How many calories did I eat today?",
    "Log a banana and a cup of black coffee.",
    "For dinner I made grilled salmon with rice and broccoli.",
    "How much protein have I had today?",
    "I had a banana as a snack.",
)


@dataclass(frozen=True)
class Said:
    """Speech at 24 kHz without the silence before and after it."""

    text: str
    pcm: Pcm

    @property
    def seconds(self) -> float:
        return self.pcm.size / RATE


def recordings(voices: tuple[str, ...] = VOICES) -> list[Said]:
    """Every sentence by every voice, in an order that is the same each time."""
    with tempfile.TemporaryDirectory() as folder:
        said = [
            Said(text, trimmed(resample(say(text, voice, Path(folder)), RECORDED, RATE)))
            for voice in voices
            for text in SENTENCES
        ]
    random.Random(1).shuffle(said)
    return said


def trimmed(pcm: Pcm) -> Pcm:
    """Without the silence around it."""
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 300)
    return pcm[int(loud[0]) : int(loud[-1]) + 1]
