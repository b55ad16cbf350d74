"""Voice notes over the Realtime protocol: the embedded engine, or any other server of it."""

import asyncio
from collections.abc import Sequence

import msgspec

from coach.voice import limits
from coach.voice.effects import CountUsage
from coach.voice.engine_commands import (
    AddMessage,
    AddPicture,
    CancelResponse,
    CommitInput,
    CreateResponse,
    EngineCommand,
    ToolOutput,
)
from coach.voice.engine_events import (
    EngineEvent,
    EngineFault,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ResponseDone,
)
from coach.voice.interfaces import Connect, Engine
from coach.voice.notes.collected_response import CollectedResponse
from coach.voice.notes.exchange import NoteError, Reply, ReportUsage, ToolCall
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.realtime.errors import FATAL_CODES


async def open_realtime_client(
    connect: Connect, settings: EngineSettings, report: ReportUsage
) -> "RealtimeNoteClient":
    """Connect and configure an engine for one note. Raises NoteError."""
    engine = None
    try:
        engine = await connect()
        # The recording is the whole utterance: nobody needs to find its end.
        await engine.configure(msgspec.structs.replace(settings, turn_detection="none"))
    except BaseException as error:
        if engine is not None:
            await engine.close()
        if isinstance(error, EngineError):
            raise NoteError(error.code, retryable=error.retryable) from error
        raise
    return RealtimeNoteClient(engine, report)


class RealtimeNoteClient:
    """Implements `coach.voice.notes.exchange.NoteClient` over one engine connection."""

    def __init__(self, engine: Engine, report: ReportUsage) -> None:
        self._engine = engine
        self._report = report
        self._events = engine.events()
        self._sent = 0
        self._picture_event = ""  # id of the command that shows it
        self._picture_refused = False

    async def add_context(self, messages: Sequence[AddMessage]) -> None:
        for message in messages:
            await self._send(message)

    async def transcribe(self, pcm: bytes) -> str:
        try:
            for start in range(0, len(pcm), limits.NOTE_CHUNK_BYTES):
                self._engine.append(pcm[start : start + limits.NOTE_CHUNK_BYTES])
                await self._engine.drain()
        except EngineError as error:
            raise _note_error(error) from error
        commit = CommitInput(self._id("commit"))
        await self._send(commit)
        item = ""
        while True:
            match await self._next(limits.NOTE_TRANSCRIPT_S):
                case InputCommitted(item_id=item_id):
                    item = item or item_id
                case InputTranscript(item_id=item_id, text=text, usage=usage):
                    if usage:
                        self._report(CountUsage("transcription", item_id, usage))
                    if item in ("", item_id):
                        return text
                case InputFailed():
                    raise NoteError("not_heard", retryable=False)
                case EngineFault(event_id=commit.event_id):
                    raise NoteError("not_heard", retryable=False)
                case _:
                    continue

    async def add_note(self, text: str, picture: str = "") -> None:
        if picture:
            self._picture_event = self._id("picture")
            await self._send(AddPicture(self._picture_event, "", picture, text))
        else:
            await self._send(AddMessage(self._id("said"), "", "user", text))

    async def respond(self, *, tools: bool) -> Reply:
        self._check_picture()
        create = CreateResponse(self._id("create"), tools=tools)
        await self._send(create)
        collected = CollectedResponse(create.event_id)
        while collected.done is None:
            event = await self._next_of(collected)
            self._check_picture()
            if isinstance(event, EngineFault) and event.event_id == create.event_id:
                raise NoteError(event.code, retryable=event.code not in FATAL_CODES)
            collected.add(event)
            if collected.too_long and not collected.cancelled:
                collected.cancelled = True
                await self._send(CancelResponse(self._id("cancel"), collected.response_id))
        done = collected.done
        if done.usage:
            self._report(CountUsage("response", done.response_id, done.usage, done.status))
        if done.status == "failed":
            raise NoteError(done.code or "failed", retryable=done.code not in FATAL_CODES)
        return collected.reply(done)

    async def _next_of(self, collected: CollectedResponse) -> EngineEvent:
        """The next event; where all has come but the end, an end is made up."""
        if not collected.may_be_over:
            return await self._next(limits.RESPONSE_IDLE_S)
        try:
            return await self._next(limits.RESPONSE_END_S)
        except NoteError as error:
            if error.code != "timeout":
                raise
            return ResponseDone(collected.response_id, "completed")

    async def add_tool_output(self, call: ToolCall, output: str) -> None:
        await self._send(ToolOutput(self._id("output"), call.id, output))

    async def close(self) -> None:
        await self._engine.close()

    async def _send(self, command: EngineCommand) -> None:
        try:
            await self._engine.send(command)
        except EngineError as error:
            raise _note_error(error) from error

    async def _next(self, timeout: float) -> EngineEvent:
        try:
            async with asyncio.timeout(timeout):
                event = await anext(self._events)
        except TimeoutError as error:
            self._events = self._engine.events()  # the wait was cancelled, the connection goes on
            raise NoteError("timeout", retryable=True) from error
        except StopAsyncIteration as error:
            raise NoteError("unreachable", retryable=True) from error
        except EngineError as error:
            raise _note_error(error) from error
        picture = self._picture_event
        if picture and isinstance(event, EngineFault) and event.event_id == picture:
            self._picture_refused = True
        return event

    def _check_picture(self) -> None:
        """Raise if the picture was refused. The words, which come first, are written by then."""
        if self._picture_refused:
            raise NoteError("picture_refused", retryable=False)

    def _id(self, name: str) -> str:
        self._sent += 1
        return f"note-{name}-{self._sent}"


def _note_error(error: EngineError) -> NoteError:
    return NoteError(error.code, retryable=error.retryable)
