"""A server of translation sessions on loopback that follows a script strictly.

    server = TranslationServer({"ko": [Script(Step(600, spoken("Hello.", "안녕하세요.")))]})
    async with server:
        ...
        server.assert_complete()

Each output language has a script for each connection. Only the documented events are taken, in the
documented order: `session.update`, then sound, then perhaps `session.close`. What a script says
comes once so much sound was heard; silence is counted apart. Anything else is a problem, and
`assert_complete` tells of it.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

Message = dict[str, Any]
PATH = "/v1/realtime/translations?model="
BYTES_PER_MS = 48
LOUD = 100  # of 32768: quieter sound is silence


class Step(msgspec.Struct):
    """After `heard_ms` of sound in this connection, emit; then perhaps drop the connection."""

    heard_ms: int
    emit: Sequence[Message] = ()
    drop: bool = False


class Script(msgspec.Struct):
    """Of one connection. `last`: what is still to be said when the session is closed."""

    steps: list[Step] = []
    last: Sequence[Message] = ()
    closes: bool = True  # the client is to close it in order


def heard(text: str, elapsed_ms: int = 0) -> Message:
    """More of the source, as it was transcribed."""
    return {"type": "session.input_transcript.delta", "delta": text, "elapsed_ms": elapsed_ms}


def told(text: str, elapsed_ms: int = 0) -> Message:
    """More words of the translation."""
    return {"type": "session.output_transcript.delta", "delta": text, "elapsed_ms": elapsed_ms}


def sound(ms: int = 200, level: int = 3000) -> Message:
    """More sound of the translation."""
    pcm = np.full(ms * 24, level, "<i2").tobytes()
    return {
        "type": "session.output_audio.delta",
        "delta": base64.b64encode(pcm).decode(),
        "format": "pcm16",
        "sample_rate": 24000,
        "channels": 1,
        "elapsed_ms": 0,
    }


def spoken(source: str, translation: str, ms: int = 200) -> list[Message]:
    """What was said, its translation, and its sound."""
    return [heard(source), told(translation), sound(ms)]


class TranslationServer:
    """`heard_ms` and `silent_ms` are what was sent, by language; `updates` the settings."""

    def __init__(
        self, scripts: Mapping[str, Sequence[Script]], *, refusals: Sequence[Message] = ()
    ) -> None:
        self.left = {language: list(of) for language, of in scripts.items()}
        self.refusals = list(refusals)  # each answers one `session.update`
        self.playing: list[Script] = []
        self.problems: list[str] = []
        self.updates: list[Message] = []
        self.requests: list[str] = []
        self.keys: list[str] = []
        self.closed: list[str] = []  # languages, in the order in which they were
        self.heard_ms: dict[str, int] = {}
        self.silent_ms: dict[str, int] = {}
        self._server: Server | None = None

    async def __aenter__(self) -> "TranslationServer":
        self._server = await serve(
            self._serve, "127.0.0.1", 0, compression=None, process_request=self._admit
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        """The address of its Realtime socket, as an engine is configured by."""
        assert self._server
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}/v1/realtime"

    def assert_complete(self) -> None:
        """Everything that was scripted came, and nothing else."""
        assert not self.problems, self.problems
        left = {language: of for language, of in self.left.items() if of}
        assert not left, f"never dialled: {left}"
        assert not [one.steps for one in self.playing if one.steps], "not heard to the end"
        assert not [one for one in self.playing if one.closes], "a session was not closed in order"

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        self.requests.append(request.path)
        self.keys.append(request.headers.get("Authorization", ""))
        if request.path.startswith(PATH):
            return None
        return socket.respond(404, "no\n")

    async def _serve(self, socket: ServerConnection) -> None:
        session = {
            "id": "sess_1",
            "type": "translation",
            "model": "m",
            "expires_at": 0,
            "audio": {},
        }
        try:
            await _send(socket, [{"type": "session.created", "session": session}])
            update = json.loads(await socket.recv())
            if (language := self._check_update(update)) is None:
                return
            if self.refusals:
                await _send(socket, [self.refusals.pop(0)])
                return
            await _send(socket, [{"type": "session.updated", "session": session}])
            if not self.left.get(language):
                self.problems.append(f"one session too many into {language}")
                return
            script = self.left[language].pop(0)
            self.playing.append(script)
            await self._play(socket, script, language)
        except ConnectionClosed:
            pass  # the client may be lost

    def _check_update(self, update: Message) -> str | None:
        self.updates.append(update)
        try:
            assert update["type"] == "session.update"
            assert set(update) <= {"type", "event_id", "session"}
            audio = update["session"]["audio"]
            assert set(update["session"]) == {"audio"}
            assert set(audio["input"]) <= {"transcription", "noise_reduction"}
            assert set(audio["input"]["transcription"]) == {"model"}
            assert set(audio["output"]) == {"language"}
            return str(audio["output"]["language"])
        except (AssertionError, KeyError) as error:
            self.problems.append(f"no update of a translation session: {update} {error}")
            return None

    async def _play(self, socket: ServerConnection, script: Script, language: str) -> None:
        loud = silent = 0
        async for raw in socket:
            message = json.loads(raw)
            if message["type"] == "session.close":
                await _send(socket, [*script.last, {"type": "session.closed"}])
                script.closes = False
                self.closed.append(language)
                await socket.close()
                return
            if message["type"] != "session.input_audio_buffer.append":
                self.problems.append(f"unexpected: {message['type']}")
                continue
            more, quiet = _measure(base64.b64decode(message["audio"], validate=True))
            loud, silent = loud + more, silent + quiet
            self.heard_ms[language] = self.heard_ms.get(language, 0) + more
            self.silent_ms[language] = self.silent_ms.get(language, 0) + quiet
            while script.steps and loud >= script.steps[0].heard_ms:
                step = script.steps.pop(0)
                await _send(socket, step.emit)
                if step.drop:
                    script.closes = False
                    socket.transport.abort()
                    return


def _measure(pcm: bytes) -> tuple[int, int]:
    """Milliseconds of sound and of silence, by pieces of 20 ms."""
    assert len(pcm) % 2 == 0, "half a sample"
    samples = np.abs(np.frombuffer(pcm, "<i2").astype(int))
    loud = sum(1 for at in range(0, len(samples), 480) if samples[at : at + 480].max() > LOUD)
    return loud * 20, len(samples) // 24 - loud * 20


async def _send(socket: ServerConnection, messages: Sequence[Message]) -> None:
    for number, message in enumerate(messages):
        await socket.send(json.dumps({"event_id": f"event_{number}"} | message))
        await asyncio.sleep(0)
