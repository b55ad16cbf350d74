"""Speech to text: a ``Recogniser`` has the models and threads, a ``SpeechStream`` one speaker."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from coach.engine.stt.moonshine import Draft, Moonshine
from coach.engine.stt.repair import invented, repair
from coach.engine.stt.scheduling import SpareTime
from coach.engine.stt.split import split_quietly
from coach.engine.stt.types import NO_HINT, SttClosed, TranscriptionHint, VadFrame
from coach.engine.stt.voice_activity import CHUNK, CHUNK_24K, VadBatcher, VadModel, VadState
from coach.engine.stt.workers import Workers, cores
from coach.voice.pcm import RATE, STT_RATE, Pcm, Samples, resample, to_float

LONGEST_UTTERANCE = 360.0
"""Seconds that ``transcribe`` takes at once."""

_REMEMBERED_PIECES = 8
_AT_ONCE = 4.0  # seconds of audio that are converted on the loop: 5 ms
_SOME_SPEECH = (64, 0.3)
_SURE_SPEECH = (96, 0.5)


class Recogniser:
    """Voice activity and recogniser for any number of streams. English.

    Use: ``await stt.start()``, ``stream = stt.stream()``, ``await stt.close()``.
    """

    def __init__(self, workers: int | None = None, model_dir: Path | str | None = None) -> None:
        """``workers``: recognisers that run at once, one per usable core when None.
        ``model_dir``: where to look for the model files before the installed packages.
        Nothing is loaded yet. Raises ValueError when workers is below 1."""
        if workers is not None and workers < 1:
            raise ValueError("at least one worker is needed")
        self._count = workers or cores()
        self._model_dir = Path(model_dir) if model_dir is not None else None
        self._threads: list[ThreadPoolExecutor] = []
        self._vad: VadModel | None = None
        self._model: Moonshine | None = None
        self._batcher: VadBatcher | None = None
        self._workers: Workers | None = None

    async def start(self) -> None:
        """Load the models and run them once, off the loop (about 0.5 s). Raises ModelMissing."""
        if self._workers is not None:
            return
        vad, model = await asyncio.to_thread(_load, self._model_dir)
        self._vad, self._model = vad, model
        transcribing = ThreadPoolExecutor(self._count, thread_name_prefix="stt")
        detecting = ThreadPoolExecutor(1, thread_name_prefix="vad")
        self._threads = [transcribing, detecting]
        self._batcher = VadBatcher(vad, detecting)
        self._workers = Workers(transcribing, self._count, SpareTime(cores()))

    async def close(self) -> None:
        """Stop. What still waits raises SttClosed. Closing twice is harmless."""
        if self._workers is not None:
            self._workers.close()
        for threads in self._threads:
            await asyncio.to_thread(threads.shutdown, wait=True, cancel_futures=True)
        self._threads = []
        self._workers = self._batcher = self._vad = self._model = None

    def stream(self) -> "SpeechStream":
        """The stream of a new speaker. Costs a few KB; there is nothing to close."""
        return SpeechStream(self)

    async def transcribe(self, pcm24k: Pcm, *, partial: bool = False) -> str:
        """The words of a recording that belongs to no stream; see ``SpeechStream``."""
        return await self.stream().transcribe(pcm24k, partial=partial)

    async def _probability(self, chunk: Pcm, memory: VadState, behind: bool) -> float:
        if self._batcher is None:
            raise SttClosed("speech to text is not started")
        return await self._batcher.probability(chunk, memory, behind=behind)

    async def _transcribe(
        self, key: object, samples: Samples, partial: bool, draft: Draft | None = None
    ) -> str:
        if self._workers is None or self._model is None or self._vad is None:
            raise SttClosed("speech to text is not started")
        model, vad = self._model, self._vad
        if not partial and self._workers.spare():
            draft = None  # a run over many tokens rounds otherwise, which may change a word

        def work(stop: Callable[[], bool]) -> str:
            # The recogniser finds words in noise and tones too: ask first whether anybody speaks.
            if not vad.speech_in(samples, *_SOME_SPEECH):
                return ""
            text = repair(model.transcribe(samples, stop, quick=partial, draft=draft))
            # "You" and "Thank you" are its favourites: believe them only if it is surely speech.
            if invented(text) and not vad.speech_in(samples, *_SURE_SPEECH):
                return ""
            return text

        return await self._workers.submit(key, work, partial=partial)


class SpeechStream:
    """One speaker's audio: 24 kHz mono in, speech probabilities and words out."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._lock = asyncio.Lock()
        self._known: OrderedDict[bytes, str] = OrderedDict()
        self._draft = Draft()
        self._drafted = 0  # samples of the recording that the draft is of
        self.reset()

    def reset(self) -> None:
        """Forget the audio so far (after a mute or a gap); samples count from 0 again."""
        self._memory = VadState()
        self._held: Pcm = np.zeros(0, dtype=np.int16)
        self._frames = 0

    async def feed(self, pcm24k: Pcm, *, behind: bool = False) -> list[VadFrame]:
        """Take the next samples (any number, 24 kHz); return a VadFrame for every full 32 ms.

        ``behind``: more sound waits already. Calls of one stream run one after another.
        Raises SttClosed.
        """
        async with self._lock:
            self._held = np.concatenate((self._held, pcm24k))
            frames = []
            while self._held.size >= CHUNK_24K:
                chunk, self._held = self._held[:CHUNK_24K], self._held[CHUNK_24K:]
                more = behind or self._held.size >= CHUNK_24K
                probability = await self._recogniser._probability(chunk, self._memory, more)
                frames.append(VadFrame(probability, self._frames * CHUNK_24K))
                self._frames += 1
            return frames

    async def transcribe(
        self,
        pcm24k: Pcm,
        *,
        partial: bool = False,
        hint: TranscriptionHint = NO_HINT,
        guess: bool = False,
    ) -> str:
        """What is said in the recording (24 kHz, at most 360 s), punctuated; "" for nothing.

        Hints do not help this recogniser, and a guess costs no more than another recording.
        A partial gives way to newer requests of this stream, and is then "", and to finals of all
        streams, and is then SttBusy. A recording that is longer than the one before is taken to
        begin with it, which is quicker where time is short. A recording over 15 s is cut at quiet
        places; pieces transcribed before are not transcribed again.
        Raises ValueError when it is too long, SttBusy, SttClosed.
        """
        if pcm24k.size > LONGEST_UTTERANCE * RATE:
            raise ValueError(f"an utterance is at most {LONGEST_UTTERANCE:.0f} s")
        if pcm24k.size > _AT_ONCE * RATE:
            pieces = await asyncio.to_thread(_pieces, pcm24k)
        else:
            pieces = _pieces(pcm24k)
        texts = []
        for piece in pieces[:-1]:
            mark = hashlib.blake2b(piece.tobytes(), digest_size=16).digest()
            text = self._known.get(mark)
            if text is None:
                text = await self._recogniser._transcribe(self, piece, partial)
                self._remember(mark, text, partial)
            texts.append(text)
        last = pieces[-1]
        if last.size < self._drafted:
            self._draft = Draft()
        self._drafted = last.size
        texts.append(await self._recogniser._transcribe(self, last, partial, self._draft))
        return " ".join(text for text in texts if text)

    def _remember(self, mark: bytes, text: str, partial: bool) -> None:
        if partial and not text:
            return  # It may have been overtaken rather than silent.
        self._known[mark] = text
        while len(self._known) > _REMEMBERED_PIECES:
            self._known.popitem(last=False)


def _pieces(pcm24k: Pcm) -> list[Samples]:
    return split_quietly(to_float(resample(pcm24k, RATE, STT_RATE)))


def _load(model_dir: Path | None) -> tuple[VadModel, Moonshine]:
    vad, model = VadModel(model_dir), Moonshine(model_dir)
    # The first run allocates: let nobody's first word pay for it.
    vad.speech_in(np.zeros(CHUNK, dtype=np.float32), *_SURE_SPEECH)
    model.transcribe(np.zeros(3 * STT_RATE, dtype=np.float32))
    return vad, model
