"""Voice activity: Silero VAD, one session for all streams, many streams in one call."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.engine.stt import models
from coach.voice.pcm import RATE, STT_RATE, Pcm, Resampler, Samples

CHUNK = 512
"""Samples at 16 kHz that get one probability: 32 ms."""

CHUNK_24K = CHUNK * RATE // STT_RATE
"""The same at 24 kHz: 768."""

# Three samples at 24 kHz make two at 16 kHz. Many at once are one product of matrices, whose rows
# are what the ordinary conversion makes of a lone sample.
_BLOCK = 48
_REACH = 66

_CONTEXT = 64
_LARGEST_BATCH = 64
_GATHER_SECONDS = 0.024  # of twelve streams nine come in it: a third of the work of 8 ms


def _no_state() -> NDArray[np.float32]:
    return np.zeros((2, 1, 128), dtype=np.float32)


def _no_context() -> Samples:
    return np.zeros(_CONTEXT, dtype=np.float32)


def _no_past() -> Pcm:
    return np.zeros(_REACH, dtype=np.int16)


@dataclass(slots=True)
class VadState:
    """What the model remembers of one stream: 1.4 KB."""

    past: Pcm = field(default_factory=_no_past)
    state: NDArray[np.float32] = field(default_factory=_no_state)
    context: Samples = field(default_factory=_no_context)


class Downsampler:
    """24 to 16 kHz for chunks of many streams at a time, 1.4 ms late."""

    def __init__(self) -> None:
        ones = np.eye(_BLOCK + _REACH, dtype=np.float32) / 32768
        rows = []
        for one in ones:
            converted = Resampler(RATE, STT_RATE).process(np.pad(one, (_BLOCK, 2 * _BLOCK)))
            at = (_BLOCK + _REACH // 2) * 2 // 3
            rows.append(converted[at : at + _BLOCK * 2 // 3])
        self._matrix = np.stack(rows)

    def __call__(self, chunks: Sequence[Pcm], memories: Sequence[VadState]) -> Samples:
        """The chunks of 768 samples at 16 kHz; their memories are moved on."""
        both = [np.concatenate((m.past, c)) for c, m in zip(chunks, memories, strict=True)]
        for memory, each in zip(memories, both, strict=True):
            memory.past = each[-_REACH:].copy()
        windows = np.lib.stride_tricks.sliding_window_view(
            np.stack(both).astype(np.float32), _BLOCK + _REACH, axis=1
        )[:, ::_BLOCK]
        return (windows @ self._matrix).reshape(len(chunks), CHUNK)


class VadModel:
    """Silero VAD v5/v6. Safe to call from several threads, but not for the same VadState."""

    def __init__(self, model_dir: Path | None = None) -> None:
        """Loads the model (about 20 ms). Raises ModelMissing."""
        self._session = models.session(models.locate(models.VOICE_ACTIVITY, model_dir))
        self._rate = np.array(STT_RATE, dtype=np.int64)
        self._downsampled = Downsampler()

    def listen(self, chunks: Sequence[Pcm], memories: Sequence[VadState]) -> list[float]:
        """As ``probabilities``, of chunks of 768 samples at 24 kHz."""
        return self.probabilities(list(self._downsampled(chunks, memories)), memories)

    def probabilities(self, chunks: Sequence[Samples], memories: Sequence[VadState]) -> list[float]:
        """The probability of speech, 0..1, in each chunk of 512 samples at 16 kHz.

        Chunk i belongs to memory i, which is moved on; a memory may appear only once.
        """
        inputs = np.stack(
            [
                np.concatenate((memory.context, chunk))
                for chunk, memory in zip(chunks, memories, strict=True)
            ]
        )
        state = np.concatenate([memory.state for memory in memories], axis=1)
        output, state = self._session.run(None, {"input": inputs, "state": state, "sr": self._rate})
        for index, memory in enumerate(memories):
            memory.state = state[:, index : index + 1].copy()
            memory.context = inputs[index, -_CONTEXT:].copy()
        return [float(value) for value in output[:, 0]]

    def speech_in(self, samples: Samples, least_ms: int, threshold: float) -> bool:
        """Whether a recording at 16 kHz has so many milliseconds above the threshold, in all.

        It stops where it knows; a last part below 32 ms is ignored.
        """
        memory = VadState()
        wanted = least_ms / 32
        for start in range(0, samples.size - CHUNK + 1, CHUNK):
            chunk = samples[start : start + CHUNK]
            wanted -= self.probabilities([chunk], [memory])[0] > threshold
            if wanted <= 0:
                return True
        return False


class VadBatcher:
    """Gathers the chunks that arrive while the model is busy and runs them as one batch.

    Where several streams send, it waits a little for more of them: a chunk among eight costs a
    third of what it costs alone. It does not where one has fallen behind: each has one chunk in a
    batch at most, so waiting for every batch would hold it to little more than real time.
    """

    def __init__(self, model: VadModel, executor: Executor) -> None:
        self._model = model
        self._executor = executor
        self._waiting: list[tuple[Pcm, VadState, asyncio.Future[float]]] = []
        self._task: asyncio.Task[None] | None = None
        self._several = self._behind = False

    async def probability(self, chunk: Pcm, memory: VadState, *, behind: bool = False) -> float:
        """The probability of speech in one chunk of 768 samples at 24 kHz.

        The caller waits for it before the stream's next; ``behind`` says that there is one.
        """
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((chunk, memory, future))
        self._behind = self._behind or behind
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                if self._several and not self._behind:
                    await asyncio.sleep(_GATHER_SECONDS)
                self._behind = False
                batch = self._waiting[:_LARGEST_BATCH]
                del self._waiting[:_LARGEST_BATCH]
                self._several = len(batch) > 1
                try:
                    values = await loop.run_in_executor(
                        self._executor,
                        self._model.listen,
                        [chunk for chunk, _, _ in batch],
                        [memory for _, memory, _ in batch],
                    )
                except Exception as error:  # noqa: BLE001 - handed to every waiting stream
                    for _, _, future in batch:
                        if not future.done():
                            future.set_exception(error)
                    continue
                for (_, _, future), value in zip(batch, values, strict=True):
                    if not future.done():
                        future.set_result(value)
        finally:
            self._task = None
