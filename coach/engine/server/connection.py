"""One connection: carries a session's effects out and brings back what came of them."""

import asyncio
import logging

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.engine import limits
from coach.engine.components import Components
from coach.engine.server.work import SessionWork
from coach.engine.session.effects import (
    CancelTranscription,
    CloseConnection,
    DetectSpeech,
    Effect,
    FrameReceived,
    GenerateResponse,
    SendEvent,
    SessionInput,
    SpeechProbabilities,
    StopResponse,
    Tick,
    Transcribe,
)
from coach.engine.session.session import Session

log = logging.getLogger(__name__)

_BACKLOG_SAMPLES = limits.VAD_BACKLOG_SECONDS * limits.RATE


class Connection:
    """Runs a session on a socket until either ends."""

    def __init__(self, socket: WebSocket, session: Session, components: Components) -> None:
        self._socket = socket
        self._session = session
        self._loop = asyncio.get_running_loop()
        self._stream = components.stt.stream()
        self._unsent: asyncio.Queue[SendEvent | CloseConnection] = asyncio.Queue()
        self._undetected: asyncio.Queue[DetectSpeech] = asyncio.Queue()
        self._undetected_samples = 0
        self._room = asyncio.Event()  # for more speech to be sent
        self._room.set()
        self._read_on = asyncio.Event()  # the detector keeps up with the sound
        self._read_on.set()
        self._given_up = asyncio.Event()
        self._work = SessionWork(components, self._stream, self._room, self._happen)
        self._timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Returns when the connection is closed, by either side, and all work is stopped."""
        self._apply(self._session.open())
        tasks = [
            asyncio.create_task(self._read()),
            asyncio.create_task(self._write()),
            asyncio.create_task(self._detect()),
            asyncio.create_task(self._give_up()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except WebSocketDisconnect:
            pass  # a usual end: the writer met it
        finally:
            for task in tasks:
                task.cancel()
            await self._work.close()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._timer is not None:  # last: whatever still happened has set it anew
                self._timer.cancel()

    async def _read(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            self._happen(FrameReceived(message["bytes"] if text is None else text))
            await self._read_on.wait()

    async def _write(self) -> None:
        encoder = msgspec.json.Encoder()
        while True:
            effect = await self._unsent.get()
            if isinstance(effect, CloseConnection):
                await self._socket.close(limits.CLOSE_EXPIRED, effect.reason)
                return
            await self._socket.send_text(encoder.encode(effect.event).decode())
            if self._unsent.qsize() <= limits.UNSENT_EVENTS // 2:
                self._room.set()

    async def _detect(self) -> None:
        generation = -1
        step = int(limits.VAD_SLICE_SECONDS * limits.RATE)
        while True:
            sound = await self._undetected.get()
            if sound.generation != generation:
                generation = sound.generation
                self._stream.reset()
            for start in range(0, sound.pcm.size, step):
                behind = not self._undetected.empty()
                frames = await self._stream.feed(sound.pcm[start : start + step], behind=behind)
                found = [(frame.start_sample24k, frame.probability) for frame in frames]
                if found:
                    self._happen(SpeechProbabilities(generation, found))
            self._undetected_samples -= sound.pcm.size
            if self._undetected_samples <= _BACKLOG_SAMPLES:
                self._read_on.set()

    async def _give_up(self) -> None:
        await self._given_up.wait()
        log.warning("slow reader dropped id=%s", self._session.id)

    def _happen(self, happened: SessionInput) -> None:
        self._apply(self._session.handle(happened, self._loop.time()))

    def _apply(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendEvent() | CloseConnection():
                    self._unsent.put_nowait(effect)
                case DetectSpeech(pcm=pcm):
                    self._undetected.put_nowait(effect)
                    self._undetected_samples += pcm.size
                    if self._undetected_samples > _BACKLOG_SAMPLES:
                        self._read_on.clear()
                case Transcribe():
                    self._work.transcribe(effect)
                case CancelTranscription(job=job):
                    self._work.cancel_transcription(job)
                case GenerateResponse():
                    self._work.respond(effect)
                case StopResponse(response_id=response_id):
                    self._work.stop_response(response_id)
        self._watch()

    def _watch(self) -> None:
        """Holds speech back for a slow reader, gives up on a dead one, sets the timer."""
        waiting = self._unsent.qsize()
        if waiting > limits.UNSENT_EVENTS:
            self._room.clear()
        if waiting > limits.UNSENT_EVENTS_MAX:
            self._given_up.set()
        deadline = self._session.deadline()
        if self._timer is not None and self._timer.when() != deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and deadline is not None:
            self._timer = self._loop.call_at(deadline, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._happen(Tick())
