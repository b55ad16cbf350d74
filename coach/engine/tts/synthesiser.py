"""Synthesis piece by piece: the first piece is ready while the others are still text."""

import asyncio
import os
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hibari import Hibari

from coach.engine.tts.names import PRONUNCIATIONS
from coach.engine.tts.normalise import normalise
from coach.engine.tts.segmentation import cut
from coach.engine.tts.types import SpeechChunk, TtsClosed
from coach.voice.pcm import RATE, Pcm, Samples, to_int16

SLOWEST, FASTEST = 0.5, 2.0
"""Bounds of the speed: 1.0 is the voice's own pace."""

_VOICE = "heart"
_GAIN = 1.7
_MOST_PHONEMES = 400
_AUDIBLE = 0.004
_BEFORE = RATE * 30 // 1000
_AFTER = {"sentence": RATE * 280 // 1000, "clause": RATE * 90 // 1000}
_FADE = RATE * 5 // 1000
_ENDS = ".!?…"


class Synthesiser:
    """Hibari, for any number of talks at once. American English.

    Use: ``await tts.start()``, ``async for chunk in tts.synthesise(text)``,
    ``await tts.close()``.
    """

    def __init__(self, workers: int | None = None) -> None:
        """``workers``: pieces synthesised at once, one per core when None. Loads nothing yet.
        Raises ValueError when workers is below 1."""
        if workers is not None and workers < 1:
            raise ValueError("at least one worker is needed")
        self._count = workers or os.cpu_count() or 1
        self._threads: ThreadPoolExecutor | None = None
        self._hibari: Hibari | None = None

    async def start(self) -> None:
        """Load the voice and speak once, off the loop (about 1 s)."""
        if self._threads is None:
            self._hibari = await asyncio.to_thread(_load)
            self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="tts")

    async def close(self) -> None:
        """Stop. Talks that still wait raise TtsClosed. Closing twice is harmless."""
        threads, self._threads, self._hibari = self._threads, None, None
        if threads is not None:
            await asyncio.to_thread(threads.shutdown, wait=True, cancel_futures=True)

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncGenerator[SpeechChunk, None]:
        """The text as audio, piece by piece, each as soon as it is ready.

        It is the one voice there is, whatever the name in ``voice``.
        ``speed`` is held within 0.5..2. Close the generator (``aclose``) to stop: the piece being
        made is finished (some 10 ms) and thrown away; the rest is never begun. Raises TtsClosed.
        """
        pace = min(FASTEST, max(SLOWEST, speed))
        loop = asyncio.get_running_loop()
        for piece in cut(text):
            if self._threads is None or self._hibari is None:
                raise TtsClosed("the synthesiser is not started")
            try:
                pcm = await loop.run_in_executor(self._threads, _speak, self._hibari, piece, pace)
            except asyncio.CancelledError:
                if self._threads is None:
                    raise TtsClosed("the synthesiser was closed") from None
                raise
            yield SpeechChunk(piece, pcm)


def _load() -> Hibari:
    hibari = Hibari(voice=_VOICE, threads=1)
    hibari.g2p.lexicon.golds.d.update(PRONUNCIATIONS)
    # The first run allocates, the first unknown word loads a model: let no talk pay for it.
    for _ in range(2):
        _speak(hibari, "Hello there, Zxanthia. You had 62 g of oats.", 1.0)
    return hibari


def _speak(hibari: Hibari, piece: str, speed: float) -> Pcm:
    """One piece to pcm, in a worker thread."""
    said = normalise(piece)
    if not said:
        return np.zeros(0, dtype=np.int16)
    end = "sentence" if said.rstrip("\"')]”’")[-1:] in _ENDS else "clause"
    if said[-1].isalnum():
        said += "," if piece[-1].isspace() else "."
    parts = [
        hibari.from_phonemes(phonemes, speed=speed, seed=0) for phonemes in _runs(hibari.g2p(said))
    ]
    if not parts:
        return np.zeros(0, dtype=np.int16)
    return to_int16(_trimmed(np.concatenate(parts) * np.float32(_GAIN), _AFTER[end]))


def _runs(phonemes: str) -> list[str]:
    """The phonemes in runs that the model takes at once, cut between words."""
    runs = []
    while len(phonemes) > _MOST_PHONEMES:
        at = phonemes.rfind(" ", 1, _MOST_PHONEMES)
        at = at if at > 0 else _MOST_PHONEMES
        runs.append(phonemes[:at])
        phonemes = phonemes[at:].strip()
    return [*runs, phonemes] if phonemes else runs


def _trimmed(samples: Samples, after: int) -> Samples:
    """Without the 0.3 s of silence that the model puts before, and most of the 0.5 s behind."""
    loud = np.flatnonzero(np.abs(samples) > _AUDIBLE)
    if not loud.size:
        return samples[:0]
    samples = samples[max(0, int(loud[0]) - _BEFORE) : int(loud[-1]) + after].copy()
    ramp = np.linspace(0, 1, min(_FADE, samples.size), dtype=np.float32)
    samples[: ramp.size] *= ramp
    samples[samples.size - ramp.size :] *= ramp[::-1]
    return samples
