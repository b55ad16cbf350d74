"""Servers that claim the protocol, each with the order, names and gaps of a real one.

A dialect is what becomes of the protocol's own events: `translate` gets one full event and returns
the frames that this server would send for it. The script below it stays the same for all.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from tests.support.scripted_engine import ScriptedEngine, Step

Message = dict[str, Any]
Frame = Message | str | bytes
Translate = Callable[[Message], Sequence[Frame]]
HEARD = "conversation.item.input_audio_transcription"
USAGE = {"total_tokens": 30, "input_tokens": 20, "output_tokens": 10}


def as_it_is(event: Message) -> Sequence[Frame]:
    return [event]


def taken(message: Message) -> Sequence[Frame]:
    """`session.updated` with what was asked."""
    return [{"type": "session.updated", "event_id": "event_u", "session": message["session"]}]


@dataclass
class Dialect(ScriptedEngine):
    """`hello`: the first frames; `confirm`: the answer to an update; `translate`: of all others."""

    hello: Sequence[Frame] = ({"type": "session.created", "session": {"id": "sess_1"}},)
    confirm: Callable[[Message], Sequence[Frame]] = taken
    translate: Translate = as_it_is
    echoes: bool = True  # metadata come back with the response
    tag: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)

    async def _serve(self, socket: ServerConnection) -> None:
        script = self._left[self.connections] if self.connections < len(self._left) else []
        self.connections += 1
        assert socket.request
        self.headers.append(dict(socket.request.headers.raw_items()))
        self.requests.append((socket.request.path, ""))
        try:
            await self._frames(socket, self.hello)
            await self._play(socket, script)
        except ConnectionClosed:
            pass  # the client may leave whenever it likes

    async def _play(self, socket: ServerConnection, script: list[Step]) -> None:
        started = False
        async for raw in socket:
            message = json.loads(raw)
            match message["type"]:
                case "session.update":
                    self.updates.append(str(raw))
                    answer = self.confirm(message)
                    await self._frames(socket, answer)
                case "input_audio_buffer.append":
                    self.mic += base64.b64decode(message["audio"])
                    if not started:  # the page speaks when the talk has begun
                        started = True
                        await self._advance(socket, script)
                case _:
                    if message["type"] == "response.create":
                        self.tag = message["response"]["metadata"]["tag"]
                    self.received.append(message)
                    await self._expected(socket, script, message)

    async def _do(self, socket: ServerConnection, step: Step) -> None:
        for event in step.emit:
            assert isinstance(event, dict)
            response = event.get("response")
            if self.echoes and isinstance(response, dict) and step.expect == "response.create":
                response["metadata"] = {"tag": self.tag}
            await self._frames(socket, self.translate(event))
        if step.close is not None:
            await socket.close(step.close)

    async def _frames(self, socket: ServerConnection, frames: Sequence[Frame]) -> None:
        for frame in frames:
            await socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)


# --- the protocol's own events, whole -----------------------------------------------------------


def hears(item: str, text: str) -> list[Message]:
    """The member has spoken. The transcript comes last."""
    body = {"id": item, "type": "message", "role": "user", "status": "completed", "content": []}
    usage = {"type": "duration", "seconds": 2}
    place = {"item_id": item, "content_index": 0}
    return _numbered(
        {"type": "input_audio_buffer.speech_started", "item_id": item, "audio_start_ms": 0},
        {"type": "input_audio_buffer.speech_stopped", "item_id": item, "audio_end_ms": 900},
        {"type": "input_audio_buffer.committed", "item_id": item, "previous_item_id": None},
        {"type": "conversation.item.added", "previous_item_id": None, "item": body},
        {"type": "conversation.item.done", "previous_item_id": None, "item": body},
        {"type": f"{HEARD}.delta", **place, "delta": text[:5]},
        {"type": f"{HEARD}.completed", **place, "transcript": text, "usage": usage},
    )


def calls(response: str, call_id: str, name: str, arguments: str) -> list[Message]:
    """A response that is one tool call."""
    item = f"item_{call_id}"
    place = {"response_id": response, "item_id": item, "output_index": 0, "call_id": call_id}
    body = {"id": item, "type": "function_call", "call_id": call_id, "name": name}
    begun = body | {"status": "in_progress", "arguments": ""}
    whole = body | {"status": "completed", "arguments": arguments}
    kind = "response.function_call_arguments"
    return _numbered(
        _created(response),
        _output("added", response, begun),
        {"type": "conversation.item.added", "previous_item_id": None, "item": begun},
        {"type": f"{kind}.delta", **place, "delta": arguments[:4]},
        {"type": f"{kind}.delta", **place, "delta": arguments[4:]},
        {"type": f"{kind}.done", **place, "name": name, "arguments": arguments},
        {"type": "conversation.item.done", "previous_item_id": None, "item": whole},
        _output("done", response, whole),
        _done(response, [whole]),
    )


def speaks(response: str, item: str, text: str, pcm: bytes) -> list[Message]:
    """A spoken response, its sound in uneven pieces."""
    place = {"response_id": response, "item_id": item, "output_index": 0, "content_index": 0}
    body = {"id": item, "type": "message", "role": "assistant"}
    begun = body | {"status": "in_progress", "content": []}
    part = {"type": "output_audio", "transcript": text}
    whole = body | {"status": "completed", "content": [part]}
    sound = "response.output_audio"
    half, cut = len(text) // 2, len(pcm) // 3 * 2 // 2 * 2
    return _numbered(
        _created(response),
        _output("added", response, begun),
        {"type": "conversation.item.added", "previous_item_id": None, "item": begun},
        {"type": "response.content_part.added", **place, "part": {"type": "audio"}},
        {"type": f"{sound}_transcript.delta", **place, "delta": text[:half]},
        {"type": f"{sound}.delta", **place, "delta": base64.b64encode(pcm[:cut]).decode()},
        {"type": f"{sound}_transcript.delta", **place, "delta": text[half:]},
        {"type": f"{sound}.delta", **place, "delta": base64.b64encode(pcm[cut:]).decode()},
        {"type": f"{sound}.done", **place},
        {"type": f"{sound}_transcript.done", **place, "transcript": text},
        {"type": "response.content_part.done", **place, "part": {"type": "audio"}},
        {"type": "conversation.item.done", "previous_item_id": None, "item": whole},
        _output("done", response, whole),
        _done(response, [whole]),
        {"type": "rate_limits.updated", "rate_limits": []},
    )


def takes(item: str) -> list[Message]:
    """An item that the client added."""
    body = {"id": item, "type": "message", "status": "completed"}
    return _numbered(
        {"type": "conversation.item.added", "previous_item_id": None, "item": body},
        {"type": "conversation.item.done", "previous_item_id": None, "item": body},
    )


def _created(response: str) -> Message:
    body = {"id": response, "object": "realtime.response", "status": "in_progress", "output": []}
    return {"type": "response.created", "response": body | {"metadata": None, "usage": None}}


def _output(what: str, response: str, item: Message) -> Message:
    kind = f"response.output_item.{what}"
    return {"type": kind, "response_id": response, "output_index": 0, "item": item}


def _done(response: str, output: list[Message]) -> Message:
    body = {"id": response, "status": "completed", "status_details": None, "output": output}
    return {"type": "response.done", "response": body | {"metadata": None, "usage": USAGE}}


def _numbered(*events: Message) -> list[Message]:
    return [
        {"type": event["type"], "event_id": f"event_{number}", **event}
        for number, event in enumerate(events)
    ]


# --- translations -------------------------------------------------------------------------------


def chain(*ways: Translate) -> Translate:
    """One translation after the other, for what are still events."""

    def both(event: Message) -> Sequence[Frame]:
        frames: list[Frame] = [event]
        for way in ways:
            frames = [
                new
                for frame in frames
                for new in (way(frame) if isinstance(frame, dict) else [frame])
            ]
        return frames

    return both


def without(*names: str) -> Translate:
    """These events never come."""
    return lambda event: [] if event["type"] in names else [event]


def renamed(names: dict[str, str]) -> Translate:
    """These events have other names."""
    return lambda event: [event | {"type": names.get(event["type"], event["type"])}]


def lacking(*fields: str) -> Translate:
    """No event, response or item has these fields."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in fields}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return lambda event: [bare(event)]


def before_each(extra: Message) -> Translate:
    """Another event comes before each of them."""
    return lambda event: [extra, event]


OLD_NAMES = renamed(
    {
        "response.output_audio.delta": "response.audio.delta",
        "response.output_audio.done": "response.audio.done",
        "response.output_audio_transcript.delta": "response.audio_transcript.delta",
        "response.output_audio_transcript.done": "response.audio_transcript.done",
        "conversation.item.added": "conversation.item.created",
    }
)
NO_ITEM_DONE = without("conversation.item.done")
