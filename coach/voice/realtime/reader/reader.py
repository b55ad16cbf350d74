"""`Reader`: the frames of one connection in, our events out."""

from collections.abc import Callable

import msgspec

from coach.voice.engine_commands import (
    CancelResponse,
    CreateResponse,
    DeleteItem,
    EngineCommand,
    Truncate,
)
from coach.voice.engine_events import SpokenAudio
from coach.voice.realtime.reader.input_audio import InputAudioEvents
from coach.voice.realtime.reader.lifecycle import LifecycleEvents
from coach.voice.realtime.reader.output import OutputEvents
from coach.voice.realtime.reader.repeated_audio import RepeatedAudio
from coach.voice.realtime.reader.response_tracker import Events, Handler, ResponseTracker
from coach.voice.realtime.reader.tool_calls import ToolCallEvents
from coach.voice.realtime.upstream_names import UpstreamNames
from coach.voice.realtime.wire import Json, decode_audio, parse, parse_fault


class Reader:
    """Follows one connection.

    `mark` makes the ids of this connection unique. `on_settings` is called with each
    `session.updated`.
    """

    def __init__(self, mark: str = "", on_settings: Callable[[Json], None] | None = None) -> None:
        self._on_settings = on_settings
        self._items = UpstreamNames(mark)
        input_audio = InputAudioEvents(self._items)
        self._responses = ResponseTracker(mark, self._items, input_audio.on_response_begin)
        calls = ToolCallEvents(self._responses)
        self._output = OutputEvents(self._responses, calls)
        self._repeated: RepeatedAudio | None = None  # as long as nothing else is read
        self._handlers: dict[str, Handler] = {
            "error": lambda event: (parse_fault(event),),
            "session.updated": self._on_session_updated,
            **self._output.handlers(),
            **calls.handlers(),
            **LifecycleEvents(self._responses, self._output, calls).handlers(),
            **input_audio.handlers(),
        }

    @property
    def event_types(self) -> frozenset[str]:
        """The upstream event types that concern us, by their final names."""
        return frozenset(self._handlers)

    @property
    def open_responses(self) -> int:
        """How many responses are followed at the moment."""
        return len(self._responses)

    def read(self, data: bytes) -> Events:
        """The events in one frame; none when it does not concern us. Raises Malformed."""
        if self._repeated is not None and (same := self._repeated.read(data)) is not None:
            return (same,)
        self._repeated = None
        audio = decode_audio(data)
        if audio is not None:
            return self._audio(data, audio)
        event = parse(data)
        handler = self._handlers.get(event["type"])
        return handler(event) if handler else ()

    def to_upstream(self, command: EngineCommand) -> EngineCommand | None:
        """The command in the server's own ids; None if the server has no id for its object."""
        self._repeated = None
        match command:
            case CreateResponse():
                self._responses.on_create_sent()
            case CancelResponse(response_id=local):
                self._responses.on_cancel_sent(local)
                return msgspec.structs.replace(command, response_id=self._responses.upstream(local))
            case Truncate(item_id=local) | DeleteItem(item_id=local):
                name = self._items.upstream(local)
                return msgspec.structs.replace(command, item_id=name) if name else None
        return command

    def _audio(self, data: bytes, audio: SpokenAudio) -> Events:
        """Audio in the server's names, and what comes like it."""
        response, item = audio.response_id, audio.item_id
        events = self._output.audio(response, item, audio.pcm, audio.content_index)
        last = events[-1]
        if response and item and isinstance(last, SpokenAudio):
            self._repeated = RepeatedAudio.like(data, last)
        return events

    def _on_session_updated(self, event: Json) -> Events:
        if self._on_settings is not None:
            self._on_settings(event)
        return ()
