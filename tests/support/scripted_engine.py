"""A Realtime server on loopback that follows a script strictly.

    async with ScriptedEngine([[Step("response.create", [created("r1"), ...])]]) as engine:
        ...
        engine.assert_complete()

Each inner list is the script of one connection; more connections than scripts are a fault of the
client. The opening (session.created, session.update, session.updated) is played automatically.
Microphone audio is collected, never scripted. A message that the script does not expect, or that
never comes, fails `assert_complete`.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

Message = dict[str, Any]


@dataclass
class Step:
    """Expect a message of this type (None: at once), then emit.

    `close` ends the connection with that code, `drop` without a close frame. `emit` may hold raw
    frames. `check` may raise AssertionError or KeyError.
    """

    expect: str | None
    emit: Sequence[Message | str | bytes] = ()
    check: Callable[[Message], None] | None = None
    close: int | None = None
    drop: bool = False


@dataclass
class ScriptedEngine:
    """The server; `received`, `mic`, `updates` and `requests` are what the client has sent."""

    scripts: Sequence[Sequence[Step]]
    before: Sequence[Message | str | bytes] = ()  # session.created
    first: Message | None = None  # instead of session.created
    refuse: Message | None = None  # instead of session.updated
    refusals: Sequence[int] = ()  # HTTP statuses that the first dials get; 0: none
    retry_after: str = ""  # the header of a refusal
    silent: bool = False  # accepts, and never sends anything
    session: Message = field(default_factory=lambda: dict(SESSION))
    connections: int = 0
    dials: int = 0
    updates: list[str] = field(default_factory=list)
    mic: bytearray = field(default_factory=bytearray)
    received: list[Message] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    _left: list[list[Step]] = field(default_factory=list)
    _server: Server | None = None
    sockets: set[ServerConnection] = field(default_factory=set)

    async def __aenter__(self) -> "ScriptedEngine":
        self._left = [list(script) for script in self.scripts]
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
        """Where a client dials."""
        assert self._server
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}/v1/realtime"

    def types(self) -> list[str]:
        """The types of the messages received so far."""
        return [message["type"] for message in self.received]

    def assert_complete(self) -> None:
        """Everything expected came, and nothing else."""
        assert not self.problems, self.problems
        left = [step.expect for script in self._left for step in script]
        extra = self.connections - len(self.scripts)
        assert extra <= 0, f"{extra} connections more than expected"
        assert not left, f"never came: {left}"

    async def emit(self, *messages: Message | str | bytes) -> None:
        """Send something on every open connection, now."""
        for socket in self.sockets:
            await _send(socket, messages)

    async def end(self, how: dict[str, Any]) -> None:
        """End every open connection: `emit` first, then `close` with a code, or `drop`."""
        await self.emit(*how.get("emit", ()))
        for socket in list(self.sockets):
            if how.get("drop"):
                socket.transport.abort()
            else:
                await socket.close(how["close"])

    async def drop(self) -> None:
        """Drop every open connection, without a close frame."""
        for socket in list(self.sockets):
            socket.transport.abort()

    async def until(self, *types: str, seconds: float = 5.0) -> None:
        """Wait until messages of these types came, in this order among others.

        Raises TimeoutError.
        """
        async with asyncio.timeout(seconds):
            while True:
                seen = iter(self.types())
                if all(kind in seen for kind in types):
                    return
                await asyncio.sleep(0.005)

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        self.dials += 1
        if self.dials <= len(self.refusals) and self.refusals[self.dials - 1]:
            response = socket.respond(self.refusals[self.dials - 1], "no\n")
            if self.retry_after:
                response.headers["Retry-After"] = self.retry_after
            return response
        return None

    async def _serve(self, socket: ServerConnection) -> None:
        number = self.connections
        self.connections += 1
        request = socket.request
        assert request
        self.requests.append((request.path, request.headers.get("Authorization", "")))
        script = self._left[number] if number < len(self._left) else []
        self.sockets.add(socket)
        try:
            await _send(socket, self.before)
            if self.silent:
                await socket.wait_closed()
            created = {"type": "session.created", "session": self.session}
            await _send(socket, [self.first or created])
            await self._play(socket, script)
        except ConnectionClosed:
            pass  # the client may leave whenever it likes
        finally:
            self.sockets.discard(socket)

    async def _play(self, socket: ServerConnection, script: list[Step]) -> None:
        await self._advance(socket, script)
        async for raw in socket:
            message = json.loads(raw)
            kind = message["type"]
            if kind == "session.update":
                self.updates.append(str(raw))
                updated = {"type": "session.updated", "session": self.session}
                await _send(socket, [self.refuse or updated])
            elif kind == "input_audio_buffer.append":
                self.mic += base64.b64decode(message["audio"])
            else:
                self.received.append(message)
                await self._expected(socket, script, message)

    async def _expected(
        self, socket: ServerConnection, script: list[Step], message: Message
    ) -> None:
        if not script or script[0].expect != message["type"]:
            self.problems.append(f"unexpected {message}")
            return
        step = script.pop(0)
        try:
            if step.check:
                step.check(message)
        except (AssertionError, KeyError) as error:
            self.problems.append(f"{message['type']}: {error}")
        await self._do(socket, step)
        await self._advance(socket, script)

    async def _advance(self, socket: ServerConnection, script: list[Step]) -> None:
        while script and script[0].expect is None:
            await self._do(socket, script.pop(0))

    async def _do(self, socket: ServerConnection, step: Step) -> None:
        await _send(socket, step.emit)
        if step.drop:
            socket.transport.abort()
        if step.close is not None:
            await socket.close(step.close)


SESSION: Message = {"id": "sess_1", "object": "realtime.session", "model": "scripted"}


async def _send(socket: ServerConnection, messages: Sequence[Message | str | bytes]) -> None:
    for message in messages:
        await socket.send(json.dumps(message) if isinstance(message, dict) else message)


def created(response: str, tag: str = "") -> Message:
    """A response begins."""
    metadata = {"tag": tag} if tag else None
    body = {"id": response, "status": "in_progress", "metadata": metadata}
    return {"type": "response.created", "event_id": "e", "response": body}


def words(response: str, item: str, text: str) -> Message:
    """More words of a spoken item."""
    kind = "response.output_audio_transcript.delta"
    return {"type": kind, "response_id": response, "item_id": item, "delta": text}


def all_words(response: str, item: str, text: str) -> Message:
    """All words of a spoken item."""
    kind = "response.output_audio_transcript.done"
    return {"type": kind, "response_id": response, "item_id": item, "transcript": text}


def sound(response: str, item: str, pcm: bytes) -> Message:
    """More audio of an item (PCM s16le mono 24 kHz)."""
    delta = base64.b64encode(pcm).decode()
    kind = "response.output_audio.delta"
    return {"type": kind, "event_id": "e", "response_id": response, "item_id": item, "delta": delta}


def item_done(response: str, item: str) -> Message:
    """An item is whole."""
    body = {"id": item, "type": "message", "status": "completed"}
    return {"type": "response.output_item.done", "response_id": response, "item": body}


def call(response: str, call_id: str, name: str, arguments: str = "{}") -> Message:
    """A whole tool call."""
    body = {
        "id": f"item_{call_id}",
        "type": "function_call",
        "status": "completed",
        "call_id": call_id,
        "name": name,
        "arguments": arguments,
    }
    return {"type": "response.output_item.done", "response_id": response, "item": body}


def done(response: str, status: str = "completed", **details: Any) -> Message:
    """A response is over."""
    body: Message = {"id": response, "status": status, "output": []}
    body["status_details"] = details or None
    return {"type": "response.done", "response": body}


def whole(response: str, item: str, text: str, ms: int = 400) -> list[Message]:
    """A whole spoken response."""
    return [
        created(response),
        words(response, item, text),
        sound(response, item, bytes(ms * 48)),
        all_words(response, item, text),
        item_done(response, item),
        done(response),
    ]


def member_says(item: str, text: str) -> list[Message]:
    """The member spoke for long enough; transcribed at once."""
    transcribed = "conversation.item.input_audio_transcription.completed"
    return [
        {"type": "input_audio_buffer.speech_started", "item_id": item, "audio_start_ms": 0},
        {"type": "input_audio_buffer.speech_stopped", "item_id": item, "audio_end_ms": 900},
        {"type": "input_audio_buffer.committed", "item_id": item},
        {"type": transcribed, "item_id": item, "transcript": text},
    ]


def fault(code: str, event_id: str = "", kind: str = "invalid_request_error") -> Message:
    """An error, about the command `event_id` if that is given."""
    error = {"type": kind, "code": code, "message": "no", "event_id": event_id or None}
    return {"type": "error", "event_id": "e", "error": error}


def transcribed(item: str, text: str, usage: Message | None = None) -> Message:
    """The words of the member's utterance."""
    kind = "conversation.item.input_audio_transcription.completed"
    message: Message = {"type": kind, "item_id": item, "content_index": 0, "transcript": text}
    return message | ({"usage": usage} if usage else {})


def spoken(item: str) -> list[Message]:
    """The member spoke; the words have not come yet."""
    return member_says(item, "")[:-1]
