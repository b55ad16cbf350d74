"""The events of `Conversation.handle` that come from the engine and its connection.

Ids are our own (`realtime/upstream_names.py`), unique over all connections of a talk. Audio is PCM
s16le mono, 24 kHz. All events are frozen.
"""

from typing import Any

from coach.voice.inputs import Event
from coach.voice.types import ResponseStatus


class EngineDialled(Event, frozen=True):
    """A connection to an engine is dialled."""


class EngineReady(Event, frozen=True):
    """Connected, configured and told the history. `resumed`: the talk had begun before."""

    resumed: bool = False


class EngineLost(Event, frozen=True):
    """The connection to the engine is gone; every id of it is void.

    The next engine is sent again the audio that came after `Conversation.unheard_since`.
    """


class EngineGone(Event, frozen=True):
    """None can be reached; the talk goes on for the sake of a person, and it is tried later."""


class SoundReplayed(Event, frozen=True):
    """After `EngineReady`: the engine was sent the audio that is not in words yet."""


class SpeechStarted(Event, frozen=True):
    """The member began to speak; `spoken_ms` of it had been heard when the engine noticed.

    `loud_ms`: so long ago the microphone became loud, up to `limits.ONSET_MS`. `quiet_ms`: for so
    long it has been quiet again.
    """

    item_id: str
    spoken_ms: int = 0
    loud_ms: int = 0
    quiet_ms: int = 0


class SpeechStopped(Event, frozen=True):
    """The member stopped speaking."""

    item_id: str


class InputCommitted(Event, frozen=True):
    """The member's utterance is now an item of the engine's conversation."""

    item_id: str


class InputDelta(Event, frozen=True):
    """More words of the member's utterance."""

    item_id: str
    delta: str


class InputTranscript(Event, frozen=True):
    """All words of the member's utterance; empty: it was no speech."""

    item_id: str
    text: str
    usage: dict[str, Any] | None = None  # what the transcription cost


class InputFailed(Event, frozen=True):
    """The utterance cannot be put into words."""

    item_id: str
    code: str


class ResponseCreated(Event, frozen=True):
    """A response began. `tag`: the event id of the create that asked for it, if known."""

    response_id: str
    tag: str = ""


class SpokenDelta(Event, frozen=True):
    """More of the coach's words. `spoken` false: shown as text, no audio belongs to it."""

    response_id: str
    item_id: str
    delta: str
    spoken: bool = True
    content_index: int = 0


class SpokenText(Event, frozen=True):
    """All words of the coach's item."""

    response_id: str
    item_id: str
    text: str
    spoken: bool = True
    content_index: int = 0


class SpokenAudio(Event, frozen=True):
    """More of the coach's audio."""

    response_id: str
    item_id: str
    pcm: bytes
    content_index: int = 0


class ItemDone(Event, frozen=True):
    """No more will come for this item of the coach."""

    response_id: str
    item_id: str
    complete: bool = True


class ToolCalled(Event, frozen=True):
    """The coach calls a tool. `complete` false: the call was cut off and must not run."""

    response_id: str
    call_id: str
    name: str
    arguments: str
    complete: bool = True


class ResponseDone(Event, frozen=True):
    """A response is over.

    `reason` says why it is incomplete, `code` why it failed. `calls` are all calls that its end
    reports, also those that were reported before.
    """

    response_id: str
    status: ResponseStatus
    reason: str = ""
    code: str = ""
    calls: tuple[ToolCalled, ...] = ()
    usage: dict[str, Any] | None = None
    tag: str = ""  # as in `ResponseCreated`


class EngineFault(Event, frozen=True):
    """The engine refused something. `event_id` names our command, if it was one."""

    code: str
    message: str
    event_id: str = ""


class SessionClosed(Event, frozen=True):
    """The engine has sent all that it had: we asked it to close the session."""


EngineEvent = (
    SpeechStarted
    | SpeechStopped
    | InputCommitted
    | InputDelta
    | InputTranscript
    | InputFailed
    | ResponseCreated
    | SpokenDelta
    | SpokenText
    | SpokenAudio
    | ItemDone
    | ToolCalled
    | ResponseDone
    | EngineFault
    | SessionClosed
)
