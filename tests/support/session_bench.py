"""A session on the bench: no socket, no loop, and a clock that the test moves."""

import base64
import json
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

import msgspec
import numpy as np

from coach.engine.protocol.config import SessionConfig, TranscriptionConfig
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
    Transcribe,
)
from coach.engine.session.output import OutputEvents
from coach.engine.session.session import Session

E = TypeVar("E", bound=Effect)

FRAME = 768
MS = 24


def sound(ms: int) -> np.ndarray:
    return np.zeros(ms * MS, dtype=np.int16)


def b64(pcm: np.ndarray) -> str:
    return base64.b64encode(pcm.astype("<i2").tobytes()).decode()


def numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: str(next(numbers))


class Bench:
    """Sends inputs, keeps the events sent and the effects wanted."""

    def __init__(self, transcription: bool = False, lifetime: float = 3600.0) -> None:
        self.now = 100.0
        config = (
            TranscriptionConfig(type="transcription")
            if transcription
            else SessionConfig(type="realtime", model="m")
        )
        self.session = Session(
            config, now=self.now, unix_time=1_000, lifetime=lifetime, out=OutputEvents(numbered())
        )
        self.events: list[dict[str, Any]] = []
        self.effects: list[Effect] = []
        self._heard = 0
        self._take(self.session.open())

    def _take(self, effects: list[Effect]) -> list[dict[str, Any]]:
        fresh = []
        for effect in effects:
            if isinstance(effect, SendEvent):
                fresh.append(json.loads(msgspec.json.encode(effect.event)))
            else:
                self.effects.append(effect)
        self.events += fresh
        return fresh

    def happen(self, happened: SessionInput) -> list[dict[str, Any]]:
        return self._take(self.session.handle(happened, self.now))

    def send(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        return self.happen(FrameReceived(json.dumps({"type": kind, **fields})))

    def update(self, **settings: Any) -> list[dict[str, Any]]:
        return self.send("session.update", session={"type": "realtime", **settings})

    def detect(self, **settings: Any) -> None:
        """Server detection with these settings, and transcripts as events."""
        turns = {"type": "server_vad", **settings}
        audio = {"input": {"turn_detection": turns, "transcription": {"model": "gpt-transcribe"}}}
        assert self.update(audio=audio)[0]["type"] == "session.updated"

    def hear(self, *probabilities: float) -> list[dict[str, Any]]:
        """Appends 32 ms for each probability and reports it as the detector would."""
        fresh = []
        for probability in probabilities:
            fresh += self.send("input_audio_buffer.append", audio=b64(sound(32)))
            generation = self.wanted(DetectSpeech)[-1].generation
            if generation != getattr(self, "_generation", None):
                self._generation, self._heard = generation, 0
            fresh += self.happen(SpeechProbabilities(generation, [(self._heard, probability)]))
            self._heard += FRAME
            self.now += 0.032
        return fresh

    def say(self, frames: int = 20) -> list[dict[str, Any]]:
        return self.hear(*[0.9] * frames)

    def hush(self, frames: int = 20) -> list[dict[str, Any]]:
        return self.hear(*[0.01] * frames)

    def wanted(self, kind: type[E]) -> list[E]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def finals(self) -> list[Transcribe]:
        """Decodes still wanted that are not partial."""
        gone = {one.job for one in self.wanted(CancelTranscription)}
        return [one for one in self.wanted(Transcribe) if not one.partial and one.job not in gone]

    @property
    def answer(self) -> GenerateResponse:
        return self.wanted(GenerateResponse)[-1]

    @property
    def closed(self) -> CloseConnection:
        return self.wanted(CloseConnection)[-1]

    def user(self, text: str) -> list[dict[str, Any]]:
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        return self.send("conversation.item.create", item=item)


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in events]


def only(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = [event for event in events if event["type"] == kind]
    assert len(found) == 1, kinds(events)
    return found[0]


def code(events: list[dict[str, Any]]) -> str:
    return str(only(events, "error")["error"]["code"])
