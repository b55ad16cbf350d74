"""One voice note: what the member said in it, the tools it calls, and the coach's answer.

The same rules as in a live talk, without a line that stays open: the words are screened and written
before the coach answers, tools run once, and what it cost is counted. How a model is reached is a
`Carrier`; whom the talk belongs to, its rows and its tools are behind `NoteHost`.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec
import structlog

from coach.voice import limits
from coach.voice.engine_commands import AddMessage

log = structlog.get_logger(__name__)


class NoteError(Exception):
    """A note has no answer. `retryable`: the same note may have one in a moment."""

    def __init__(self, code: str, *, retryable: bool) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


class Call(msgspec.Struct, frozen=True):
    """The coach calls a tool; `id` is the carrier's own."""

    id: str
    name: str
    arguments: str


class Reply(msgspec.Struct, frozen=True):
    """One answer of the model. `pcm`: how it sounds (PCM s16le mono 24 kHz), perhaps nothing."""

    text: str = ""
    pcm: bytes = b""
    calls: tuple[Call, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """What came from the page: a recording (PCM s16le mono 24 kHz), or its words if known, or a
    picture (a data URI), alone or with either."""

    pcm: bytes = b""
    text: str = ""
    picture: str = ""


class Carrier(Protocol):
    """A way to a model that hears and speaks, for one note. Everything raises NoteError."""

    async def know(self, messages: Sequence[AddMessage]) -> None:
        """Tell what was said before, or what is to be heeded."""

    async def hear(self, pcm: bytes) -> str:
        """Give it the recording; returns the words in it."""

    async def tell(self, text: str, picture: str = "") -> None:
        """Give it the note's words, or its picture, or both."""

    async def answer(self, *, tools: bool) -> Reply:
        """Ask for an answer; without `tools` it must not call any."""

    async def give(self, call: Call, output: str) -> None:
        """The output of a call. Each call gets exactly one, before the next answer."""

    async def close(self) -> None: ...


Dial = Callable[[], Awaitable[Carrier]]  # a carrier for one note; raises NoteError


class NoteHost(Protocol):
    """The application around the note."""

    async def said(self, text: str) -> bool:
        """Screen the member's words, act on what is found, write them down; a picture alone has
        none.

        False: the coach must not answer (an expert has the floor, or a safety hold)."""

    async def guidance(self) -> Sequence[AddMessage]:
        """What experts want the coach to heed in this answer."""

    async def run_tool(self, call: Call, number: int) -> str:
        """Run the tool, the `number`th of its name in this note; returns its output JSON."""

    async def may_go_on(self) -> bool:
        """Whether the floor is still the coach's."""

    def tool_timeout(self) -> str:
        """The sentence for a tool that took too long."""


async def exchange(
    dial: Dial, host: NoteHost, note: Note, history: Sequence[AddMessage]
) -> Reply | None:
    """Hear the note and let the coach answer; None when the floor is not the coach's.

    Raises NoteError. May be run again for the same note: `said` and `run_tool` know what was done.
    """
    try:
        async with asyncio.timeout(limits.NOTE_S):
            # Known words need no model to be screened and written: danger waits for none.
            if _known(note) and not await host.said(note.text):
                return None
            carrier = await dial()
            try:
                return await _talk(carrier, host, note, history)
            finally:
                await carrier.close()
    except TimeoutError as error:
        raise NoteError("timeout", retryable=True) from error


def _known(note: Note) -> bool:
    """Whether nothing in it is still to be heard."""
    return bool(note.text) or not note.pcm


async def _talk(
    carrier: Carrier, host: NoteHost, note: Note, history: Sequence[AddMessage]
) -> Reply | None:
    await carrier.know(history)
    if note.picture or note.text:
        await carrier.tell(note.text, note.picture)
    if not _known(note):
        text = (await carrier.hear(note.pcm)).strip()
        if not text:
            raise NoteError("not_heard", retryable=False)
        if not await host.said(text):
            return None
    await carrier.know(await host.guidance())
    return await _answer(carrier, host)


async def _answer(carrier: Carrier, host: NoteHost) -> Reply | None:
    """Rounds of answer and tools; the words and sounds of all of them, joined."""
    texts: list[str] = []
    sound = bytearray()
    numbers: dict[str, int] = {}
    for left in range(limits.NOTE_ROUNDS, -1, -1):
        reply = await _some_answer(carrier, tools=left > 0)
        texts += [reply.text.strip()] if reply.text.strip() else []
        sound += reply.pcm
        if not reply.calls or not left:
            break
        for place, call in enumerate(reply.calls):
            await carrier.give(call, await _output(host, call, place, numbers))
        if not await host.may_go_on():
            return None
    if not texts:
        raise NoteError("no_answer", retryable=False)
    most = limits.NOTE_REPLY_MAX_MS * limits.BYTES_PER_MS
    return Reply("\n".join(texts), bytes(sound[:most]))


async def _some_answer(carrier: Carrier, *, tools: bool) -> Reply:
    """An answer that says or does something, asked for twice at most."""
    reply = await carrier.answer(tools=tools)
    if reply.text.strip() or (tools and reply.calls):
        return reply
    return await carrier.answer(tools=tools)


async def _output(host: NoteHost, call: Call, place: int, numbers: dict[str, int]) -> str:
    """Run one call, unless it is one too many; errors are outputs too."""
    if place >= limits.TOOLS_AT_ONCE:
        return json.dumps({"error": "too_many_calls", "say": ""})
    number = numbers.get(call.name, 0)
    numbers[call.name] = number + 1
    try:
        async with asyncio.timeout(limits.TOOL_S):
            output = await host.run_tool(call, number)
    except TimeoutError:
        log.warning("tool_timeout", tool=call.name, call=call.id)
        return json.dumps({"error": "timeout", "say": host.tool_timeout()})
    return output[: limits.TOOL_OUTPUT_MAX_CHARS]
