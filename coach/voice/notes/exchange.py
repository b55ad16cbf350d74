"""One voice note: what the member said in it, the tools it calls, and the coach's answer.

The same rules as in a live talk, without a line that stays open: the words are screened and written
before the coach answers, tools run once, and usage is counted. `NoteClient` is the connection to a
model; `NoteHost` is the application, with the talk's rows and tools.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec
import structlog

from coach.voice import limits
from coach.voice.effects import CountUsage
from coach.voice.engine_commands import AddMessage

log = structlog.get_logger(__name__)


class NoteError(Exception):
    """A note has no answer. `retryable`: another attempt may have one."""

    def __init__(self, code: str, *, retryable: bool) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


class ToolCall(msgspec.Struct, frozen=True):
    """The coach calls a tool; `id` is the model's own, `arguments` a JSON object."""

    id: str
    name: str
    arguments: str


class Reply(msgspec.Struct, frozen=True):
    """One answer of the model. `pcm`: its speech (PCM s16le mono 24 kHz), perhaps empty."""

    text: str = ""
    pcm: bytes = b""
    calls: tuple[ToolCall, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """What the page sent.

    A recording (PCM s16le mono 24 kHz), or its words where a text was typed or a recording was
    transcribed before; a picture (a data URI), alone or with either.
    """

    pcm: bytes = b""
    text: str = ""
    picture: str = ""


class NoteClient(Protocol):
    """A connection to a model that hears and speaks, for one note. Everything raises NoteError."""

    async def add_context(self, messages: Sequence[AddMessage]) -> None:
        """Add what was said before, or instructions for the answer."""

    async def transcribe(self, pcm: bytes) -> str:
        """Add the recording as the member's message. Returns the words in it."""

    async def add_note(self, text: str, picture: str = "") -> None:
        """Add the note's words, or its picture, or both, as the member's message."""

    async def respond(self, *, tools: bool) -> Reply:
        """Request an answer; without `tools` it must not call any."""

    async def add_tool_output(self, call: ToolCall, output: str) -> None:
        """The output of a call. Each call gets exactly one, before the next answer."""

    async def close(self) -> None:
        """End the connection."""


OpenNoteClient = Callable[[], Awaitable[NoteClient]]
"""Opens a client for one note. Raises NoteError."""

ReportUsage = Callable[[CountUsage], None]
"""Called once for each answer and transcription."""


class NoteHost(Protocol):
    """The application around the note."""

    async def accept_words(self, text: str) -> bool:
        """Screen the member's words, act on what is found, and write them down.

        `text` is empty for a picture alone. False: the coach must not answer (an expert has the
        floor, or a safety hold).
        """

    async def guidance(self) -> Sequence[AddMessage]:
        """What experts want the coach to heed in this answer."""

    async def run_tool(self, call: ToolCall, number: int) -> str:
        """Run the tool, the `number`th call of its name in this note. Returns its output JSON."""

    async def may_continue(self) -> bool:
        """Whether the floor is still the coach's."""

    def tool_timeout_message(self) -> str:
        """The sentence for a tool that took too long."""


async def exchange(
    open_client: OpenNoteClient, host: NoteHost, note: Note, history: Sequence[AddMessage]
) -> Reply | None:
    """Transcribe the note and let the coach answer; None when the floor is not the coach's.

    Raises NoteError. May be run again for the same note: `accept_words` and `run_tool` know what
    was done.
    """
    try:
        async with asyncio.timeout(limits.NOTE_S):
            # Words that are there need no model to be screened and written: danger waits for none.
            if _has_words(note) and not await host.accept_words(note.text):
                return None
            client = await open_client()
            try:
                return await _exchange(client, host, note, history)
            finally:
                await client.close()
    except TimeoutError as error:
        raise NoteError("timeout", retryable=True) from error


def _has_words(note: Note) -> bool:
    """Whether nothing in it is still to be transcribed."""
    return bool(note.text) or not note.pcm


async def _exchange(
    client: NoteClient, host: NoteHost, note: Note, history: Sequence[AddMessage]
) -> Reply | None:
    await client.add_context(history)
    if note.picture or note.text:
        await client.add_note(note.text, note.picture)
    if not _has_words(note):
        text = (await client.transcribe(note.pcm)).strip()
        if not text:
            raise NoteError("not_heard", retryable=False)
        if not await host.accept_words(text):
            return None
    await client.add_context(await host.guidance())
    return await _answer(client, host)


async def _answer(client: NoteClient, host: NoteHost) -> Reply | None:
    """Rounds of answers and tools; the words and speech of all of them, joined."""
    texts: list[str] = []
    speech = bytearray()
    calls_by_name: dict[str, int] = {}
    for rounds_left in range(limits.NOTE_ROUNDS, -1, -1):
        reply = await _respond(client, tools=rounds_left > 0)
        if text := reply.text.strip():
            texts.append(text)
        speech += reply.pcm
        if not reply.calls or not rounds_left:
            break
        for position, call in enumerate(reply.calls):
            await client.add_tool_output(call, await _run(host, call, position, calls_by_name))
        if not await host.may_continue():
            return None
    if not texts:
        raise NoteError("no_answer", retryable=False)
    max_bytes = limits.NOTE_REPLY_MAX_MS * limits.BYTES_PER_MS
    return Reply("\n".join(texts), bytes(speech[:max_bytes]))


async def _respond(client: NoteClient, *, tools: bool) -> Reply:
    """An answer that says or does something, requested twice at most."""
    reply = await client.respond(tools=tools)
    if reply.text.strip() or (tools and reply.calls):
        return reply
    return await client.respond(tools=tools)


async def _run(host: NoteHost, call: ToolCall, position: int, calls_by_name: dict[str, int]) -> str:
    """The output of one call, which is an error for one call too many."""
    if position >= limits.TOOLS_AT_ONCE:
        return json.dumps({"error": "too_many_calls", "say": ""})
    number = calls_by_name.get(call.name, 0)
    calls_by_name[call.name] = number + 1
    try:
        async with asyncio.timeout(limits.TOOL_S):
            output = await host.run_tool(call, number)
    except TimeoutError:
        log.warning("tool_timeout", tool=call.name, call=call.id)
        return json.dumps({"error": "timeout", "say": host.tool_timeout_message()})
    return output[: limits.TOOL_OUTPUT_MAX_CHARS]
