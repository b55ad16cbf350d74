"""One connection: carries a session's effects out and brings back what came of them."""

import asyncio
import logging
from typing import Any

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.engine import limits
from coach.engine.components import Components
from coach.engine.server.backlog import Backlog
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

_BACKLOG_SAMPLES = int(limits.VAD_BACKLOG_SECONDS * limits.RATE)
_BACKLOG_SAMPLES_MAX = int(limits.VAD_BACKLOG_SECONDS_MAX * limits.RATE)


class Connection:
    """Runs a session on a socket until either ends."""

    def __init__(self, socket: WebSocket, session: Session, components: Components) -> None:
        self._socket = socket
        self._session = session
        self._loop = asyncio.get_running_loop()
        self._stream = components.stt.stream()
        # Events for the client: speech waits for room, and a dead reader is given up.
        self._unsent: Backlog[SendEvent | CloseConnection] = Backlog(
            low=limits.UNSENT_EVENTS // 2,
            high=limits.UNSENT_EVENTS,
            most=limits.UNSENT_EVENTS_MAX,
        )
        # Samples for the detector: the client is not read on while there is no room.
        self._undetected: Backlog[DetectSpeech] = Backlog(
            low=_BACKLOG_SAMPLES, high=_BACKLOG_SAMPLES, most=_BACKLOG_SAMPLES_MAX
        )
        self._work = SessionWork(components, self._stream, self._unsent.room, self._happen)
        self._timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Returns when the connection is closed, by either side, and all work is stopped."""
        self._apply(self._session.open())
        tasks = [
            asyncio.create_task(self._read()),
            asyncio.create_task(self._write()),
            asyncio.create_task(self._detect()),
            asyncio.create_task(self._give_up(self._unsent, "slow reader dropped")),
            asyncio.create_task(self._give_up(self._undetected, "too much sound, dropped")),
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
            await self._undetected.room.wait()

    async def _write(self) -> None:
        encoder = msgspec.json.Encoder()
        while True:
            effect = await self._unsent.get()
            if isinstance(effect, CloseConnection):
                await self._socket.close(limits.CLOSE_EXPIRED, effect.reason)
                return
            await self._socket.send_text(encoder.encode(effect.event).decode())

    async def _detect(self) -> None:
        generation = -1
        step = int(limits.VAD_SLICE_SECONDS * limits.RATE)
        while True:
            sound = await self._undetected.get()
            if sound.generation != generation:
                generation = sound.generation
                self._stream.reset()
            for start in range(0, sound.pcm.size, step):
                behind = len(self._undetected) > 0
                frames = await self._stream.feed(sound.pcm[start : start + step], behind=behind)
                found = [(frame.start_sample24k, frame.probability) for frame in frames]
                if found:
                    self._happen(SpeechProbabilities(generation, found))

    async def _give_up(self, backlog: Backlog[Any], reason: str) -> None:
        await backlog.overflowed.wait()
        log.warning("%s id=%s", reason, self._session.id)

    def _happen(self, happened: SessionInput) -> None:
        self._apply(self._session.handle(happened, self._loop.time()))

    def _apply(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendEvent() | CloseConnection():
                    self._unsent.put(effect)
                case DetectSpeech(pcm=pcm):
                    self._undetected.put(effect, pcm.size)
                case Transcribe():
                    self._work.transcribe(effect)
                case CancelTranscription(job=job):
                    self._work.cancel_transcription(job)
                case GenerateResponse():
                    self._work.respond(effect)
                case StopResponse(response_id=response_id):
                    self._work.stop_response(response_id)
        self._set_timer()

    def _set_timer(self) -> None:
        deadline = self._session.deadline()
        if self._timer is not None and self._timer.when() != deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and deadline is not None:
            self._timer = self._loop.call_at(deadline, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._happen(Tick())
