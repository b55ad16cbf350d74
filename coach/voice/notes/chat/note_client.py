"""Voice notes over Chat Completions: the recording goes in, words and speech come out.

The recording is transcribed first, by a request of its own: the words must be screened before any
model answers them, and the thread shows them.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import pybase64
import structlog

from coach.voice import limits, wav
from coach.voice.effects import CountUsage
from coach.voice.engine_commands import AddMessage
from coach.voice.notes.chat.api import ChatApi
from coach.voice.notes.exchange import NoteError, Reply, ReportUsage, ToolCall
from coach.voice.realtime import EngineSettings

log = structlog.get_logger(__name__)


class _Function(msgspec.Struct):
    name: str
    arguments: str = "{}"


class _ToolCall(msgspec.Struct):
    id: str
    function: _Function


class _Audio(msgspec.Struct):
    id: str = ""
    data: str = ""
    transcript: str = ""


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None
    audio: _Audio | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    id: str = ""
    usage: dict[str, Any] | None = None


class _Transcription(msgspec.Struct):
    text: str
    usage: dict[str, Any] | None = None


class ChatNoteClient:
    """Implements `coach.voice.notes.exchange.NoteClient` with one request for each answer."""

    def __init__(
        self, api: ChatApi, settings: EngineSettings, report: ReportUsage, *, ref: str
    ) -> None:
        """`ref` names this attempt in the usage of answers to which the server gives no id."""
        self._api = api
        self._report = report
        self._ref = ref
        self._answers = 0
        self._tools = [_tool(definition) for definition in settings.tools]
        self._messages: list[dict[str, Any]] = [
            {"role": "system", "content": settings.instructions}
        ]

    async def add_context(self, messages: Sequence[AddMessage]) -> None:
        self._messages += [{"role": m.role, "content": m.text} for m in messages]

    async def transcribe(self, pcm: bytes) -> str:
        target, recording = self._api.target, wav.write(pcm)
        heard = await self._api.post(
            "audio/transcriptions",
            _Transcription,
            data={
                "model": target.transcription_model,
                "language": target.language.split("-")[0],
                "response_format": "json",
            },
            files={"file": ("note.wav", recording, "audio/wav")},
        )
        if heard.usage:
            self._report(CountUsage("transcription", f"{self._ref}-said", heard.usage))
        data = {"data": pybase64.b64encode(recording).decode(), "format": "wav"}
        part = {"type": "input_audio", "input_audio": data}
        self._messages.append({"role": "user", "content": [part]})
        return heard.text

    async def add_note(self, text: str, picture: str = "") -> None:
        content: str | list[dict[str, Any]] = text
        if picture:
            content = [{"type": "image_url", "image_url": {"url": picture}}]
            content += [{"type": "text", "text": text}] if text else []
        self._messages.append({"role": "user", "content": content})

    async def respond(self, *, tools: bool) -> Reply:
        target = self._api.target
        request: dict[str, Any] = {
            "model": target.model,
            "modalities": ["text", "audio"],
            "audio": {"voice": target.voice, "format": "wav"},
            "messages": self._messages,
        }
        if self._tools:
            request |= {"tools": self._tools, "tool_choice": "auto" if tools else "none"}
        if target.safety_id:
            request["safety_identifier"] = target.safety_id
        completion = await self._api.post("chat/completions", _Completion, json=request)
        self._answers += 1
        if completion.usage:
            ref = completion.id or f"{self._ref}-{self._answers}"
            self._report(CountUsage("note", ref, completion.usage))
        if not completion.choices:
            raise NoteError("malformed", retryable=False)
        return self._take(completion.choices[0].message)

    async def add_tool_output(self, call: ToolCall, output: str) -> None:
        self._messages.append({"role": "tool", "tool_call_id": call.id, "content": output})

    async def close(self) -> None:
        await self._api.close()

    def _take(self, message: _Message) -> Reply:
        """What it said and which tools it calls; the next request must repeat both."""
        audio = message.audio
        text = (audio.transcript if audio else "") or message.content or message.refusal or ""
        calls = message.tool_calls or []
        said: dict[str, Any] = {"role": "assistant", "content": text or None}
        if calls:
            said["tool_calls"] = [msgspec.to_builtins(c) | {"type": "function"} for c in calls]
        self._messages.append(said)
        return Reply(
            text,
            _speech(audio.data) if audio else b"",
            tuple(ToolCall(c.id, c.function.name, c.function.arguments) for c in calls),
        )


def _speech(data: str) -> bytes:
    """The samples of an answer; none if they cannot be read: there are still its words."""
    try:
        decoded = pybase64.b64decode(data, validate=True)
        return wav.read_reply(decoded, longest_ms=limits.NOTE_REPLY_MAX_MS) if data else b""
    except ValueError as error:
        log.warning("note_audio_malformed", error=type(error).__name__)
        return b""


def _tool(definition: dict[str, Any]) -> dict[str, Any]:
    names = ("name", "description", "parameters")
    return {"type": "function", "function": {name: definition[name] for name in names}}
