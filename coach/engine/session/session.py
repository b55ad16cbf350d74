"""One session's rules: pure, without a clock, a loop or a socket of its own.

`handle(input, now)` takes what happened and the time in seconds of any steady clock, and returns
what is to be done about it, in order.
"""

import msgspec

from coach.engine import limits
from coach.engine.errors import BadRequest, EngineError
from coach.engine.protocol import client_events
from coach.engine.protocol import server_events as wire
from coach.engine.protocol.config import (
    Config,
    Format,
    ServerVad,
    SessionConfig,
    TranscriptionConfig,
    shape,
    updated,
)
from coach.engine.protocol.items import InputIn, ItemIn, ItemReference, MessageIn
from coach.engine.session.audio import milliseconds
from coach.engine.session.capabilities import OFFLINE, Capabilities
from coach.engine.session.conversation import Conversation, Item, MessageItem, Part, made
from coach.engine.session.effects import (
    CloseConnection,
    Effect,
    FrameReceived,
    Pcm,
    ResponseFinished,
    ResponseNote,
    ResponsePiece,
    SessionInput,
    SpeechProbabilities,
    Tick,
    ToolCalled,
    TranscriptFailed,
    TranscriptReady,
)
from coach.engine.session.input_audio import AudioCommitted, InputAudio, ItemTranscript, SpeechBegan
from coach.engine.session.output import OutputEvents
from coach.engine.session.responses import Responses

EXPIRED = "Your session hit the maximum duration of {minutes} minutes."


class Session:
    """A conversation with one client."""

    def __init__(
        self,
        config: Config,
        *,
        now: float,
        unix_time: int,
        lifetime: float = limits.SESSION_SECONDS,
        out: OutputEvents | None = None,
        capabilities: Capabilities = OFFLINE,
    ) -> None:
        """`now` is the steady clock's time, `unix_time` the calendar's, `lifetime` in seconds."""
        self._out = out or OutputEvents()
        self._capabilities = capabilities
        self.id = self._out.new_id("sess")
        self._config = config
        self._expires = now + lifetime
        self._expires_unix = unix_time + int(lifetime)
        self._lifetime = lifetime
        self._conversation = Conversation(self._out.new_id("conv"))
        self._input_audio = InputAudio(self._out, config.audio.input)
        self._responses = Responses(self._out, self._conversation)
        self._closed = False
        self._prompted = False  # the silence since the last turn was answered already

    def open(self) -> list[Effect]:
        """The first events."""
        self._out.send(wire.SessionCreated(session=self._shape()))
        return self._out.drain()

    def deadline(self) -> float | None:
        """When to send a Tick at the latest."""
        if self._closed:
            return None
        idle = self._idle_at()
        return self._expires if idle is None else min(self._expires, idle)

    def handle(self, happened: SessionInput, now: float) -> list[Effect]:
        """What is to be done. Never raises for what a client sends."""
        if self._closed:
            return []
        self._watch_clock(now)
        match happened:
            case FrameReceived(raw):
                self._received(raw, now)
            case SpeechProbabilities(generation, frames):
                self._voiced(generation, frames, now)
            case TranscriptReady(job, text):
                self._heard(self._input_audio.transcribed(job, text), now)
            case TranscriptFailed(job, code):
                self._settle(self._input_audio.untranscribed(job, code), now)
            case ResponsePiece():
                self._responses.spoken(happened, now)
            case ToolCalled():
                self._responses.called(happened, now)
            case ResponseNote():
                self._responses.noted(happened)
            case ResponseFinished():
                self._responses.answered(happened, now)
            case Tick():
                pass
        return self._out.drain()

    def _watch_clock(self, now: float) -> None:
        if now >= self._expires:
            minutes = f"{self._lifetime / 60:g}"
            message = EXPIRED.format(minutes=minutes)
            self._out.refuse(BadRequest("session_expired", message))
            self._out.do(CloseConnection(limits.CLOSE_EXPIRED, message))
            self._closed = True
            return
        idle = self._idle_at()
        if idle is not None and now >= idle:
            self._idle(now)

    def _received(self, raw: str | bytes, now: float) -> None:
        if self._closed:
            return
        event_id = None
        try:
            event: client_events.AnyClientEvent | None = client_events.appended(raw)
            if event is None:
                fields = client_events.parse(raw)
                event_id = client_events.event_id_of(fields)
                event = client_events.decode(fields, self._capabilities.images)
            event_id = event.event_id
            self._obey(event, now)
        except EngineError as error:
            self._out.refuse(error, event_id)

    def _obey(self, event: client_events.AnyClientEvent, now: float) -> None:
        match event:
            case client_events.BufferAppend(audio=audio):
                self._input_audio.append(audio)
            case client_events.BufferCommit():
                self._commit(self._input_audio.commit(), now)
            case client_events.BufferClear():
                self._input_audio.clear()
                self._out.send(wire.BufferCleared())
            case client_events.SessionUpdate(session=patch):
                self._update(patch)
            case client_events.ItemCreate():
                self._create_item(event, now)
            case client_events.ItemRetrieve(item_id=item_id):
                item = self._conversation.get(item_id, "retrieve")
                self._out.send(wire.ItemRetrieved(item=item.wire(self._form_of(item))))
            case client_events.ItemTruncate():
                self._truncate(event)
            case client_events.ItemDelete(item_id=item_id):
                self._delete(self._conversation.get(item_id, "delete"), now)
            case client_events.ResponseCreate(response=params):
                self._create_response(params or client_events.ResponseParams(), now)
            case client_events.ResponseCancel(response_id=response_id):
                if not self._responses.cancel(response_id, "client_cancelled", now):
                    message = "Cancellation failed: no active response found"
                    raise BadRequest("response_cancel_not_active", message)
            case client_events.OutputBufferClear():
                message = (
                    "output_audio_buffer.clear is for WebRTC and SIP; clear your own playback."
                )
                raise BadRequest("unsupported_event", message, "type")

    def _update(self, patch: dict[str, object]) -> None:
        new = updated(self._config, patch)
        old = self._config
        if isinstance(new, SessionConfig) and isinstance(old, SessionConfig):
            self._check_change(old, new)
        self._capabilities.check(new)
        self._config = new
        self._input_audio.configure(new.audio.input)
        self._out.send(wire.SessionUpdated(session=self._shape()))

    def _check_change(self, old: SessionConfig, new: SessionConfig) -> None:
        if new.model != old.model:
            message = "The model of a session cannot change."
            raise BadRequest("invalid_value", message, "session.model")
        before, after = old.audio.output, new.audio.output
        if self._responses.has_spoken and after.voice != before.voice:
            message = "The voice cannot change once the session has spoken."
            raise BadRequest("cannot_update_voice", message, "session.audio.output.voice")
        if self._responses.active is not None and after.speed != before.speed:
            message = "The speed can change between responses only."
            raise BadRequest("invalid_value", message, "session.audio.output.speed")
        if old.tracing is not None and new.tracing != old.tracing:
            message = "Tracing cannot change once it is on."
            raise BadRequest("invalid_value", message, "session.tracing")

    def _create_response(self, params: client_events.ResponseParams, now: float) -> None:
        config = self._conversing()
        items: list[Item] | None = None
        unheard: list[tuple[str, Pcm]] = []
        if params.input is not None:
            items = []
            for index, given in enumerate(params.input):
                item, pcm = self._given(given, f"response.input[{index}]")
                items.append(item)
                unheard += [] if pcm is None else [(item.id, pcm)]
        self._responses.create(config, params, now, items)
        self._prompted = False
        for item_id, pcm in unheard:
            self._input_audio.transcribe(item_id, pcm)

    def _given(self, given: InputIn, where: str) -> tuple[Item, Pcm | None]:
        """An item that a response is given to read, and its sound if that is still to be heard."""
        if not isinstance(given, ItemReference):
            # Nobody is ever told its id, and the client's may be that of another item.
            return self._made(msgspec.structs.replace(given, id=None), where)
        found = self._conversation.find(given.id)
        if found is None:
            message = f"Item '{given.id[:64]}' is not in this conversation."
            raise BadRequest("item_reference_invalid_item_id", message, f"{where}.id")
        return found, None

    def _made(self, given: ItemIn, where: str) -> tuple[Item, Pcm | None]:
        """An item of a client's words, and its sound if that is still to be heard."""
        item = made(given, self._out.new_id("item"), self._out.new_id("call"))
        unheard: list[Pcm] = []
        if isinstance(item, MessageItem) and isinstance(given, MessageIn):
            for index, (part, sent) in enumerate(zip(item.parts, given.content, strict=True)):
                if sent.audio is not None and part.is_audio:
                    part.pcm = self._input_audio.decode(
                        sent.audio, f"{where}.content[{index}].audio"
                    )
                    part.ms = milliseconds(part.pcm.size)
                    if part.text is None:
                        unheard.append(part.pcm)
            if len(unheard) > 1:
                message = "At most one part of sound without a transcript fits in an item."
                raise BadRequest("invalid_value", message, f"{where}.content")
            item.pending = bool(unheard)
        return item, unheard[0] if unheard else None

    def _create_item(self, event: client_events.ItemCreate, now: float) -> None:
        item, unheard = self._made(event.item, "item")
        if item.id == self._input_audio.item_id:
            message = "This id is taken by what is being said."
            raise BadRequest("item_create_duplicate_id", message, "item.id")
        previous = self._conversation.add(item, event.previous_item_id)
        self._out.send(wire.ItemAdded(previous_item_id=previous, item=item.wire()))
        self._out.send(wire.ItemDone(previous_item_id=previous, item=item.wire()))
        if unheard is not None:
            self._input_audio.transcribe(item.id, unheard)
        self._responses.proceed(now)

    def _form_of(self, item: Item) -> Format:
        """The format that an item's sound is told in."""
        spoken = isinstance(item, MessageItem) and item.role == "assistant"
        if spoken and isinstance(self._config, SessionConfig):
            return self._config.audio.output.format
        return self._config.audio.input.format

    def _delete(self, item: Item, now: float) -> None:
        self._conversation.remove(item)
        self._input_audio.forget(item.id)
        if isinstance(item, MessageItem):
            item.pending = False  # a response that was given it waits no longer
        self._out.send(wire.ItemDeleted(item_id=item.id))
        self._responses.proceed(now)

    def _truncate(self, event: client_events.ItemTruncate) -> None:
        item = self._conversation.get(event.item_id, "truncate")
        spoken = isinstance(item, MessageItem) and item.role == "assistant"
        parts = item.parts if isinstance(item, MessageItem) and spoken else []
        if not any(part.is_audio for part in parts):
            message = "Only model output audio messages can be truncated."
            raise BadRequest("unsupported_content_type", message, "item_id")
        if event.content_index >= len(parts) or not parts[event.content_index].is_audio:
            message = "This part of the item is not audio."
            raise BadRequest("invalid_value", message, "content_index")
        part = parts[event.content_index]
        if event.audio_end_ms > part.ms:
            message = (
                f"Audio content of {part.ms}ms is already shorter than {event.audio_end_ms}ms."
            )
            raise BadRequest("invalid_value", message, "audio_end_ms")
        part.cut(event.audio_end_ms)
        self._out.send(
            wire.ItemTruncated(
                item_id=event.item_id,
                content_index=event.content_index,
                audio_end_ms=event.audio_end_ms,
            )
        )

    def _voiced(self, generation: int, frames: list[tuple[int, float]], now: float) -> None:
        for news in self._input_audio.voiced(generation, frames):
            detection = self._config.audio.input.turn_detection
            if detection is None:
                return
            if isinstance(news, SpeechBegan):
                self._prompted = False
                if detection.interrupt_response:
                    self._responses.cancel(None, "turn_detected", now)
            else:
                self._turn(news, now)

    def _heard(self, news: ItemTranscript | AudioCommitted | None, now: float) -> None:
        if isinstance(news, AudioCommitted):
            self._turn(news, now)
        else:
            self._settle(news, now)

    def _turn(self, committed: AudioCommitted, now: float) -> None:
        """A turn has ended by itself."""
        self._commit(committed, now)
        self._respond(now)

    def _respond(self, now: float) -> None:
        """The answer to a turn that ended by itself, if the client leaves that to us."""
        detection = self._config.audio.input.turn_detection
        if detection is None or not detection.create_response:
            return
        if isinstance(self._config, SessionConfig) and self._responses.active is None:
            try:
                self._responses.create(self._config, client_events.ResponseParams(), now)
            except BadRequest as error:  # such as a forced tool that is not there
                self._out.refuse(error)

    def _commit(self, committed: AudioCommitted, now: float) -> None:
        part = Part("input_audio", None, committed.pcm, milliseconds(committed.pcm.size))
        item = MessageItem(committed.item_id, "user", [part], pending=True)
        previous = self._conversation.append(item)
        self._out.send(wire.BufferCommitted(previous_item_id=previous, item_id=item.id))
        self._out.send(wire.ItemAdded(previous_item_id=previous, item=item.wire()))
        self._out.send(wire.ItemDone(previous_item_id=previous, item=item.wire()))
        self._conversation.shed_audio()
        self._responses.still(now)
        self._settle(committed.settled, now)

    def _settle(self, settled: ItemTranscript | None, now: float) -> None:
        """A committed item has its text, or never will."""
        if settled is None:
            return
        self._input_audio.finish(settled.item_id, settled.text)
        known = self._conversation.find(settled.item_id)
        item = known or self._responses.given(settled.item_id)
        if not isinstance(item, MessageItem):
            return
        item.pending = False
        heard = [(index, part) for index, part in enumerate(item.parts) if part.is_audio]
        index, part = next(one for one in heard if one[1].text is None)
        part.text = settled.text
        if known is not None and self._config.audio.input.transcription is not None:
            self._tell_transcript(settled, index, part.ms)
        self._responses.proceed(now)

    def _tell_transcript(self, settled: ItemTranscript, index: int, ms: int) -> None:
        if settled.text is None:
            code = settled.code or "transcription_failed"
            body = wire.ErrorBody(
                type="server_error", code=code, message="The words could not be made out."
            )
            self._out.send(
                wire.TranscriptionFailed(item_id=settled.item_id, content_index=index, error=body)
            )
            return
        self._out.send(
            wire.TranscriptionCompleted(
                item_id=settled.item_id,
                content_index=index,
                transcript=settled.text,
                usage=self._transcription_usage(settled.text, ms),
            )
        )

    def _transcription_usage(self, text: str, ms: int) -> wire.TokenUsage | wire.DurationUsage:
        asked = self._config.audio.input.transcription
        if asked is None or not asked.model.startswith("gpt-4o"):
            return wire.DurationUsage(seconds=ms / 1000)
        heard = -(-ms // limits.AUDIO_IN_TOKEN_MS)
        written = -(-len(text) // limits.CHARS_PER_TOKEN)
        return wire.TokenUsage(
            total_tokens=heard + written,
            input_tokens=heard,
            input_token_details=wire.InputTokens(text_tokens=0, audio_tokens=heard),
            output_tokens=written,
        )

    def _idle_at(self) -> float | None:
        detection = self._config.audio.input.turn_detection
        quiet = self._responses.quiet_at
        if not isinstance(detection, ServerVad) or detection.idle_timeout_ms is None:
            return None
        if (
            quiet is None
            or self._prompted
            or self._input_audio.item_id is not None
            or self._responses.active is not None
        ):
            return None
        return quiet + detection.idle_timeout_ms / 1000

    def _idle(self, now: float) -> None:
        self._prompted = True
        detection = self._config.audio.input.turn_detection
        idle_ms = (detection.idle_timeout_ms or 0) if isinstance(detection, ServerVad) else 0
        committed = self._input_audio.commit_silence()
        end = self._input_audio.now_ms
        self._out.send(
            wire.TimeoutTriggered(
                audio_start_ms=max(0, end - idle_ms),
                audio_end_ms=end,
                item_id=committed.item_id,
            )
        )
        self._commit(committed, now)
        self._respond(now)

    def _conversing(self) -> SessionConfig:
        if isinstance(self._config, TranscriptionConfig):
            message = "A transcription session has no responses."
            raise BadRequest("invalid_value", message, "type")
        return self._config

    def _shape(self) -> dict[str, object]:
        whole = shape(self._config, self.id, self._expires_unix)
        return {**whole, "capabilities": self._capabilities.shown()}
