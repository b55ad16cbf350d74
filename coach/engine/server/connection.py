"""One connection: carries a session's effects out and brings back what came of them."""

import asyncio
import logging
import traceback
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from coach.engine import limits
from coach.engine.errors import EngineError
from coach.engine.llm.types import AnswerPiece, Llm, Sentence, ToolCall
from coach.engine.session.effects import (
    CancelTranscription,
    CloseConnection,
    DetectSpeech,
    Effect,
    FrameReceived,
    GenerateResponse,
    ResponseFinished,
    ResponseNote,
    ResponsePiece,
    SendEvent,
    SessionInput,
    SpeechProbabilities,
    StopResponse,
    Tick,
    ToolCalled,
    Transcribe,
    TranscriptFailed,
    TranscriptReady,
)
from coach.engine.session.session import Session
from coach.engine.stt.types import Stt, SttBusy, SttClosed
from coach.engine.tts.types import Tts

log = logging.getLogger(__name__)

T = TypeVar("T")


class Connection:
    """Runs a session on a socket until either ends."""

    def __init__(
        self,
        socket: ServerConnection,
        session: Session,
        stt: Stt,
        llm: Llm,
        tts: Tts,
    ) -> None:
        self._socket = socket
        self._session = session
        self._stt = stt
        self._llm = llm
        self._tts = tts
        self._loop = asyncio.get_running_loop()
        self._stream = stt.stream()
        self._unsent: asyncio.Queue[SendEvent | CloseConnection] = asyncio.Queue()
        self._unheard: asyncio.Queue[DetectSpeech] = asyncio.Queue()
        self._unheard_samples = 0
        self._room = asyncio.Event()
        self._room.set()
        self._heard = asyncio.Event()
        self._heard.set()
        self._work: dict[str, asyncio.Task[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Returns when the connection is closed, by either side, and all work is stopped."""
        self._apply(self._session.open())
        tasks = [
            asyncio.create_task(self._read()),
            asyncio.create_task(self._write()),
            asyncio.create_task(self._listen()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except ConnectionClosed:
            pass  # the usual end: the reader or the writer met it
        finally:
            await self._stop([*tasks, *self._work.values()])

    async def _stop(self, tasks: list[asyncio.Task[None]]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> None:
        async for raw in self._socket:
            self._happen(FrameReceived(raw))
            await self._heard.wait()

    async def _write(self) -> None:
        encoder = msgspec.json.Encoder()
        while True:
            effect = await self._unsent.get()
            if isinstance(effect, CloseConnection):
                await self._socket.close(effect.code, effect.reason)
                return
            await self._socket.send(encoder.encode(effect.event), text=True)
            if self._unsent.qsize() <= limits.UNSENT_EVENTS // 2:
                self._room.set()

    async def _listen(self) -> None:
        generation = -1
        step = int(limits.VAD_SLICE_SECONDS * limits.RATE)
        while True:
            heard = await self._unheard.get()
            if heard.generation != generation:
                generation = heard.generation
                self._stream.reset()
            for start in range(0, heard.pcm.size, step):
                behind = not self._unheard.empty()
                frames = await self._stream.feed(heard.pcm[start : start + step], behind=behind)
                found = [(frame.start_sample24k, frame.probability) for frame in frames]
                if found:
                    self._happen(SpeechProbabilities(generation, found))
            self._unheard_samples -= heard.pcm.size
            if self._unheard_samples <= limits.VAD_BACKLOG_SECONDS * limits.RATE:
                self._heard.set()

    def _happen(self, happened: SessionInput) -> None:
        self._apply(self._session.handle(happened, self._loop.time()))

    def _apply(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendEvent() | CloseConnection():
                    self._unsent.put_nowait(effect)
                case DetectSpeech(pcm=pcm):
                    self._unheard.put_nowait(effect)
                    self._unheard_samples += pcm.size
                    if self._unheard_samples > limits.VAD_BACKLOG_SECONDS * limits.RATE:
                        self._heard.clear()
                case Transcribe(job=job):
                    self._begin(f"job {job}", self._transcribe(effect))
                case CancelTranscription(job=job):
                    self._end(f"job {job}")
                case GenerateResponse(response_id=response_id):
                    self._begin(response_id, self._answer(effect))
                case StopResponse(response_id=response_id):
                    self._end(response_id)
        self._watch()

    def _watch(self) -> None:
        """Holds the voice back for a slow reader, gives up on a dead one, sets the timer."""
        waiting = self._unsent.qsize()
        if waiting > limits.UNSENT_EVENTS:
            self._room.clear()
        if waiting > limits.UNSENT_EVENTS_MAX:
            log.warning("slow reader dropped id=%s", self._session.id)
            self._socket.transport.abort()
        deadline = self._session.deadline()
        if self._timer is not None and self._timer.when() != deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and deadline is not None:
            self._timer = self._loop.call_at(deadline, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._happen(Tick())

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=name)
        self._work[name] = task
        task.add_done_callback(self._finished)

    def _end(self, name: str) -> None:
        task = self._work.pop(name, None)
        if task is not None:
            task.cancel()

    def _finished(self, task: asyncio.Task[None]) -> None:
        """Tells the session of work that failed in a way its code did not foresee."""
        name = task.get_name()
        if self._work.get(name) is task:
            del self._work[name]
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        # No traceback: an exception's text may hold what the member said.
        where = traceback.extract_tb(error.__traceback__)[-1]
        at = f"{where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
        log.error("work failed: %s at %s work=%s", type(error).__name__, at, name)
        if name.startswith("job "):
            self._happen(TranscriptFailed(int(name.removeprefix("job ")), "internal_error"))
        else:
            self._happen(ResponseFinished(name, "internal_error"))

    async def _transcribe(self, effect: Transcribe) -> None:
        try:
            async with asyncio.timeout(limits.TRANSCRIBE_SECONDS):
                text = await self._stream.transcribe(
                    effect.pcm, partial=effect.partial, hint=effect.hint, guess=effect.guess
                )
        except TimeoutError:
            self._happen(TranscriptFailed(effect.job, "timeout"))
        except SttBusy:
            self._happen(TranscriptFailed(effect.job, "stt_busy"))
        except SttClosed:
            self._happen(TranscriptFailed(effect.job, "stt_closed"))
        except EngineError as error:
            self._happen(TranscriptFailed(effect.job, error.code))
        else:
            self._happen(TranscriptReady(effect.job, text))

    async def _answer(self, effect: GenerateResponse) -> None:
        name = effect.response_id
        try:
            answer = self._llm.answer(effect.context)
            async with aclosing(_in_time(answer, limits.LLM_PIECE_SECONDS)) as thoughts:
                async for piece in thoughts:
                    await self._pass_on(piece, effect)
        except TimeoutError:
            self._happen(ResponseFinished(name, "timeout"))
        except EngineError as error:
            self._happen(ResponseFinished(name, error.code))
        else:
            self._happen(ResponseFinished(name))

    async def _pass_on(self, piece: AnswerPiece, effect: GenerateResponse) -> None:
        name = effect.response_id
        match piece:
            case ToolCall():
                self._happen(ToolCalled(name, piece.name, piece.arguments))
            case Sentence() if effect.voiced:
                await self._speak(name, piece.text, effect)
            case Sentence():
                self._happen(ResponsePiece(name, piece.text, None))
            case _:
                self._happen(ResponseNote(name, piece))

    async def _speak(self, name: str, text: str, effect: GenerateResponse) -> None:
        said = self._tts.synthesise(text, speed=effect.speed, voice=effect.voice)
        async with aclosing(_in_time(said, limits.TTS_PIECE_SECONDS)) as sounds:
            async for sound in sounds:
                await self._room.wait()
                self._happen(ResponsePiece(name, sound.text, sound.pcm))


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
