"""What a session asks for and waits for: transcriptions and responses, each a task of its own."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from coach.engine import limits
from coach.engine.components import Components
from coach.engine.errors import EngineError
from coach.engine.llm.types import AnswerPiece, Sentence, ToolCall
from coach.engine.server.faults import place_of
from coach.engine.session.effects import (
    GenerateResponse,
    ResponseFinished,
    ResponseNote,
    ResponsePiece,
    SessionInput,
    ToolCalled,
    Transcribe,
    TranscriptFailed,
    TranscriptReady,
)
from coach.engine.stt.types import SttBusy, SttClosed, SttStream

log = logging.getLogger(__name__)

T = TypeVar("T")


class SessionWork:
    """Runs the work of one session and reports what comes of it."""

    def __init__(
        self,
        components: Components,
        stream: SttStream,
        room: asyncio.Event,
        report: Callable[[SessionInput], None],
    ) -> None:
        """`room` is set while the client keeps up with what is sent; speech waits for it."""
        self._components = components
        self._stream = stream
        self._room = room
        self._report = report
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def transcribe(self, effect: Transcribe) -> None:
        """Reports TranscriptReady or TranscriptFailed."""
        failed = TranscriptFailed(effect.job, "internal_error")
        self._begin(_job(effect.job), self._transcribe(effect), failed)

    def cancel_transcription(self, job: int) -> None:
        """Reports nothing more of this job."""
        self._cancel(_job(job))

    def respond(self, effect: GenerateResponse) -> None:
        """Reports the pieces of a response as they come, and ResponseFinished last."""
        failed = ResponseFinished(effect.response_id, "internal_error")
        self._begin(effect.response_id, self._respond(effect), failed)

    def stop_response(self, response_id: str) -> None:
        """Reports nothing more of this response."""
        self._cancel(response_id)

    async def close(self) -> None:
        """Stops all of it, and what the session asks for when some of it fails on its way out."""
        while self._tasks:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, name: str, work: Coroutine[Any, Any, None], failed: SessionInput) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._finished(done, failed))

    def _cancel(self, name: str) -> None:
        task = self._tasks.pop(name, None)
        if task is not None:
            task.cancel()

    def _finished(self, task: asyncio.Task[None], failed: SessionInput) -> None:
        """Tells the session of work that failed in a way its code did not foresee."""
        name = task.get_name()
        if self._tasks.get(name) is task:
            del self._tasks[name]
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("work failed: %s work=%s", place_of(error), name)
            self._report(failed)

    async def _transcribe(self, effect: Transcribe) -> None:
        try:
            async with asyncio.timeout(limits.TRANSCRIBE_SECONDS):
                text = await self._stream.transcribe(
                    effect.pcm, partial=effect.partial, hint=effect.hint, guess=effect.guess
                )
        except TimeoutError:
            self._report(TranscriptFailed(effect.job, "timeout"))
        except SttBusy:
            self._report(TranscriptFailed(effect.job, "stt_busy"))
        except SttClosed:
            self._report(TranscriptFailed(effect.job, "stt_closed"))
        except EngineError as error:
            self._report(TranscriptFailed(effect.job, error.code))
        else:
            self._report(TranscriptReady(effect.job, text))

    async def _respond(self, effect: GenerateResponse) -> None:
        name = effect.response_id
        try:
            answer = self._components.llm.answer(effect.context)
            async with aclosing(_in_time(answer, limits.LLM_PIECE_SECONDS)) as pieces:
                async for piece in pieces:
                    await self._pass_on(piece, effect)
        except TimeoutError:
            self._report(ResponseFinished(name, "timeout"))
        except EngineError as error:
            self._report(ResponseFinished(name, error.code))
        else:
            self._report(ResponseFinished(name))

    async def _pass_on(self, piece: AnswerPiece, effect: GenerateResponse) -> None:
        name = effect.response_id
        match piece:
            case ToolCall():
                self._report(ToolCalled(name, piece.name, piece.arguments))
            case Sentence() if effect.spoken:
                await self._speak(piece.text, effect)
            case Sentence():
                self._report(ResponsePiece(name, piece.text, None))
            case _:
                self._report(ResponseNote(name, piece))

    async def _speak(self, text: str, effect: GenerateResponse) -> None:
        speech = self._components.tts.synthesise(text, speed=effect.speed, voice=effect.voice)
        async with aclosing(_in_time(speech, limits.TTS_PIECE_SECONDS)) as chunks:
            async for chunk in chunks:
                await self._room.wait()
                self._report(ResponsePiece(effect.response_id, chunk.text, chunk.pcm))


def _job(number: int) -> str:
    return f"job {number}"


async def _in_time(items: AsyncIterator[T], seconds: float) -> AsyncGenerator[T, None]:
    """The same items; TimeoutError when one takes longer than this."""
    iterator = aiter(items)
    try:
        while True:
            async with asyncio.timeout(seconds):
                try:
                    item = await anext(iterator)
                except StopAsyncIteration:
                    return
            yield item
    finally:
        if isinstance(iterator, AsyncGenerator):
            await iterator.aclose()
