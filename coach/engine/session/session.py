"""One session's rules: pure, without a clock, a loop or a socket of its own.

`handle(input, now)` takes what happened and the time in seconds of any steady clock, and returns
what is to be done about it, in order.
"""

from coach.engine import limits
from coach.engine.errors import BadRequest, EngineError
from coach.engine.protocol import client_events, decode
from coach.engine.protocol import server_events as wire
from coach.engine.protocol.config import Config, ServerVad, SessionConfig
from coach.engine.protocol.config_update import session_object, updated
from coach.engine.session import transcripts
from coach.engine.session.audio import milliseconds
from coach.engine.session.capabilities import OFFLINE, Capabilities
from coach.engine.session.client_items import ClientItems
from coach.engine.session.config_changes import check_change
from coach.engine.session.conversation import Conversation
from coach.engine.session.conversation_items import Item, MessageItem, Part
from coach.engine.session.effects import (
    CloseConnection,
    Effect,
    FrameReceived,
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
from coach.engine.session.input_audio import AudioCommitted, InputAudio, SpeechBegan
from coach.engine.session.output import OutputEvents
from coach.engine.session.responses import Responses
from coach.engine.session.transcription_jobs import ItemTranscript
from coach.voice.pcm import Pcm

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
        self._items = ClientItems(self._out, self._conversation, self._input_audio)
        self._responses = Responses(self._out, self._conversation)
        self._closed = False
        self._prompted = False  # the silence since the last turn was answered already

    def open(self) -> list[Effect]:
        """The first events."""
        self._out.send(wire.SessionCreated(session=self._shown()))
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
                self._frame_received(raw, now)
            case SpeechProbabilities(generation, frames):
                self._speech_detected(generation, frames, now)
            case TranscriptReady(job, text):
                self._transcribed(self._input_audio.transcribed(job, text), now)
            case TranscriptFailed(job, code):
                self._transcribed(self._input_audio.untranscribed(job, code), now)
            case ResponsePiece():
                self._responses.add_piece(happened, now)
            case ToolCalled():
                self._responses.add_call(happened, now)
            case ResponseNote():
                self._responses.note(happened)
            case ResponseFinished():
                self._responses.finish(happened, now)
            case Tick():
                pass
        return self._out.drain()

    # --- time -----------------------------------------------------------------------------------

    def _watch_clock(self, now: float) -> None:
        if now >= self._expires:
            minutes = f"{self._lifetime / 60:g}"
            message = EXPIRED.format(minutes=minutes)
            self._out.refuse(BadRequest("session_expired", message))
            self._out.do(CloseConnection(message))
            self._closed = True
            return
        idle = self._idle_at()
        if idle is not None and now >= idle:
            self._prompt(now)

    def _idle_at(self) -> float | None:
        """When the client wants a response to silence; None while anybody is at it."""
        detection = self._config.audio.input.turn_detection
        quiet = self._responses.quiet_at
        if not isinstance(detection, ServerVad) or detection.idle_timeout_ms is None:
            return None
        busy = self._input_audio.item_id is not None or self._responses.active is not None
        if quiet is None or self._prompted or busy:
            return None
        return quiet + detection.idle_timeout_ms / 1000

    def _prompt(self, now: float) -> None:
        """Nobody has spoken for long: the silence is a turn."""
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
        self._turn_ended(committed, now)

    # --- what the client sends ------------------------------------------------------------------

    def _frame_received(self, raw: str | bytes, now: float) -> None:
        if self._closed:
            return
        event_id = None
        try:
            event: client_events.AnyClientEvent | None = decode.decode_append(raw)
            if event is None:
                fields = decode.parse_frame(raw)
                event_id = decode.event_id_of(fields)
                event = decode.decode_event(fields, self._capabilities.images)
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
                self._items.create(event)
                self._responses.proceed(now)
            case client_events.ItemRetrieve(item_id=item_id):
                self._items.retrieve(item_id, self._config)
            case client_events.ItemTruncate():
                self._items.truncate(event)
            case client_events.ItemDelete(item_id=item_id):
                self._items.delete(item_id)
                self._responses.proceed(now)
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
        responding = self._responses.active is not None
        check_change(
            self._config, new, has_spoken=self._responses.has_spoken, responding=responding
        )
        self._capabilities.check(new)
        self._config = new
        self._input_audio.configure(new.audio.input)
        self._out.send(wire.SessionUpdated(session=self._shown()))

    def _create_response(self, params: client_events.ResponseParams, now: float) -> None:
        if not isinstance(self._config, SessionConfig):
            message = "A transcription session has no responses."
            raise BadRequest("invalid_value", message, "type")
        items: list[Item] | None = None
        unheard: list[tuple[str, Pcm]] = []
        if params.input is not None:
            items, unheard = self._items.for_response(params.input)
        self._responses.create(self._config, params, now, items)
        self._prompted = False
        for item_id, pcm in unheard:
            self._input_audio.transcribe(item_id, pcm)

    # --- what detector and recogniser find ------------------------------------------------------

    def _speech_detected(
        self, generation: int, frames: list[tuple[int, float]], now: float
    ) -> None:
        for news in self._input_audio.speech_detected(generation, frames):
            detection = self._config.audio.input.turn_detection
            if detection is None:
                return
            if isinstance(news, SpeechBegan):
                self._prompted = False
                if detection.interrupt_response:
                    self._responses.cancel(None, "turn_detected", now)
            else:
                self._turn_ended(news, now)

    def _transcribed(self, news: ItemTranscript | AudioCommitted | None, now: float) -> None:
        if isinstance(news, AudioCommitted):
            self._turn_ended(news, now)
        else:
            self._settle(news, now)

    def _turn_ended(self, committed: AudioCommitted, now: float) -> None:
        """A turn has ended by itself. It is answered, if the client leaves that to us."""
        self._commit(committed, now)
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
        self._responses.restart_silence(now)
        self._settle(committed.transcript, now)

    def _settle(self, transcript: ItemTranscript | None, now: float) -> None:
        """A committed item has its text, or never will."""
        if transcript is None:
            return
        self._input_audio.finish(transcript.item_id, transcript.text)
        known = self._conversation.find(transcript.item_id)
        item = known or self._responses.given(transcript.item_id)
        if not isinstance(item, MessageItem):
            return
        index, ms = transcripts.enter(transcript, item)
        asked = self._config.audio.input.transcription
        if known is not None and asked is not None:
            transcripts.send(self._out, transcript, index, ms, asked)
        self._responses.proceed(now)

    def _shown(self) -> dict[str, object]:
        whole = session_object(self._config, self.id, self._expires_unix)
        return {**whole, "capabilities": self._capabilities.shown()}
