"""A voice note through the Realtime protocol: the embedded engine, or whoever speaks it."""

import asyncio
from collections.abc import Callable, Sequence

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
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.interfaces import Connect, Engine
from coach.voice.notes.exchange import Call, NoteError, Reply
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.realtime.errors import FATAL_CODES

Count = Callable[[CountUsage], None]


async def open_realtime(
    connect: Connect, settings: EngineSettings, count: Count
) -> "RealtimeCarrier":
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
    return RealtimeCarrier(engine, count)


class RealtimeCarrier:
    """Implements `coach.voice.notes.exchange.Carrier` over one engine connection."""

    def __init__(self, engine: Engine, count: Count) -> None:
        self._engine = engine
        self._count = count
        self._events = engine.events()
        self._sent = 0
        self._picture = ""  # id of the command that shows it
        self._picture_refused = False

    async def know(self, messages: Sequence[AddMessage]) -> None:
        for message in messages:
            await self._send(message)

    async def hear(self, pcm: bytes) -> str:
        try:
            for start in range(0, len(pcm), limits.NOTE_CHUNK_BYTES):
                await self._engine.append(pcm[start : start + limits.NOTE_CHUNK_BYTES])
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
                        self._count(CountUsage("transcription", item_id, usage))
                    if item in ("", item_id):
                        return text
                case InputFailed():
                    raise NoteError("not_heard", retryable=False)
                case EngineFault(event_id=commit.event_id):
                    raise NoteError("not_heard", retryable=False)
                case _:
                    continue

    async def tell(self, text: str, picture: str = "") -> None:
        if picture:
            self._picture = self._id("picture")
            await self._send(AddPicture(self._picture, "", picture, text))
        else:
            await self._send(AddMessage(self._id("said"), "", "user", text))

    async def answer(self, *, tools: bool) -> Reply:
        self._need_picture()
        create = CreateResponse(self._id("create"), tools=tools)
        await self._send(create)
        collected = _Collected(create.event_id)
        while collected.done is None:
            event = await self._next_of(collected)
            self._need_picture()
            if isinstance(event, EngineFault) and event.event_id == create.event_id:
                raise NoteError(event.code, retryable=event.code not in FATAL_CODES)
            collected.take(event)
            if collected.too_long and not collected.stopped:
                collected.stopped = True
                await self._send(CancelResponse(self._id("cancel"), collected.response_id))
        done = collected.done
        if done.usage:
            self._count(CountUsage("response", done.response_id, done.usage, done.status))
        if done.status == "failed":
            raise NoteError(done.code or "failed", retryable=done.code not in FATAL_CODES)
        return collected.reply(done)

    async def _next_of(self, collected: "_Collected") -> EngineEvent:
        """What comes next; where all has come but the end, that is taken to have come, too."""
        if not collected.rests:
            return await self._next(limits.RESPONSE_IDLE_S)
        try:
            return await self._next(limits.RESPONSE_END_S)
        except NoteError as error:
            if error.code != "timeout":
                raise
            return ResponseDone(collected.response_id, "completed")

    async def give(self, call: Call, output: str) -> None:
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
            self._events = self._engine.events()  # the wait was broken off, the line goes on
            raise NoteError("timeout", retryable=True) from error
        except StopAsyncIteration as error:
            raise NoteError("unreachable", retryable=True) from error
        except EngineError as error:
            raise _note_error(error) from error
        if self._picture and isinstance(event, EngineFault) and event.event_id == self._picture:
            self._picture_refused = True
        return event

    def _need_picture(self) -> None:
        """No answer without it. The refusal may come while the words are heard: they come first."""
        if self._picture_refused:
            raise NoteError("picture_refused", retryable=False)

    def _id(self, name: str) -> str:
        self._sent += 1
        return f"note-{name}-{self._sent}"


class _Collected:
    """What one response brings."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.response_id = ""
        self.texts: dict[str, str] = {}  # by item, in their order
        self.sound = bytearray()
        self.calls: dict[str, Call] = {}
        self.done: ResponseDone | None = None
        self.stopped = False
        self.rests = False  # an item, or a call, is whole and nothing has begun since

    @property
    def too_long(self) -> bool:
        return len(self.sound) > limits.NOTE_REPLY_MAX_MS * limits.BYTES_PER_MS

    def take(self, event: EngineEvent) -> None:
        self.rests = isinstance(event, ItemDone | ToolCalled) and self._mine(event.response_id)
        match event:
            case ResponseCreated(response_id=response_id, tag=tag):
                if tag in ("", self.tag):
                    self.response_id = self.response_id or response_id
            case SpokenDelta(item_id=item, delta=delta) if self._mine(event.response_id):
                text = self.texts.get(item, "")
                self.texts[item] = (text + delta)[: limits.CAPTION_MAX_CHARS]
            case SpokenText(item_id=item, text=text) if self._mine(event.response_id) and text:
                self.texts[item] = text[: limits.CAPTION_MAX_CHARS]
            case SpokenAudio(pcm=pcm) if self._mine(event.response_id):
                if not self.too_long:
                    self.sound += pcm
            case ToolCalled() if self._mine(event.response_id):
                self._called(event)
            case ResponseDone() if self._mine(event.response_id):
                self.done = event
            case _:
                pass  # of another response, or nothing that a note needs

    def reply(self, done: ResponseDone) -> Reply:
        for call in done.calls:
            self._called(call)
        text = " ".join(text.strip() for text in self.texts.values() if text.strip())
        return Reply(text, bytes(self.sound), tuple(self.calls.values()))

    def _called(self, call: ToolCalled) -> None:
        if call.complete and call.call_id not in self.calls:
            self.calls[call.call_id] = Call(call.call_id, call.name, call.arguments)

    def _mine(self, response_id: str) -> bool:
        return bool(self.response_id) and response_id == self.response_id


def _note_error(error: EngineError) -> NoteError:
    return NoteError(error.code, retryable=error.retryable)
