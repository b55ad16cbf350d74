"""The effects of `Conversation.handle` on the engine, sent by `coach.voice.realtime`.

`event_id` is our id of the command; an engine that refuses the command names it in its error. Audio
is PCM s16le mono, 24 kHz. All commands are frozen.
"""

from typing import Literal

from coach.voice.effects import Effect

Role = Literal["user", "assistant", "system"]


class CreateResponse(Effect, frozen=True):
    """Request a response. Empty `instructions`: those of the session."""

    event_id: str
    instructions: str = ""
    tools: bool = True


class CancelResponse(Effect, frozen=True):
    """Stop a response; without an id, the one under way."""

    event_id: str
    response_id: str = ""


class Truncate(Effect, frozen=True):
    """Make the engine forget what comes after `audio_end_ms` of an item of the coach."""

    event_id: str
    item_id: str
    audio_end_ms: int
    content_index: int = 0


class DeleteItem(Effect, frozen=True):
    """Remove an item from the engine's conversation."""

    event_id: str
    item_id: str


class AddMessage(Effect, frozen=True):
    """Add a text to the engine's conversation. Empty `item_id`: the engine gives it one."""

    event_id: str
    item_id: str
    role: Role
    text: str


class AddPicture(Effect, frozen=True):
    """A user message of a picture and, unless empty, a text."""

    event_id: str
    item_id: str
    data_uri: str
    text: str = ""


class ToolOutput(Effect, frozen=True):
    """The output of a tool call, as JSON."""

    event_id: str
    call_id: str
    output: str


class AddSilence(Effect, frozen=True):
    """Append silence to the audio, so that the engine detects the end of an utterance."""

    ms: int


class SetTurnDetection(Effect, frozen=True):
    """Switch turn detection on, as the settings say, or off."""

    event_id: str
    on: bool


class SetPace(Effect, frozen=True):
    """Speak at `pace` times the speed of the settings, from the next response on."""

    event_id: str
    pace: float


class CommitInput(Effect, frozen=True):
    """The microphone's audio so far is one utterance."""

    event_id: str


class ClearInput(Effect, frozen=True):
    """Discard the audio that is not committed."""

    event_id: str


class LeaveEngine(Effect, frozen=True):
    """Drop the connection, and dial anew: this engine answers nothing."""


EngineCommand = (
    CreateResponse
    | CancelResponse
    | Truncate
    | DeleteItem
    | AddMessage
    | AddPicture
    | ToolOutput
    | AddSilence
    | SetTurnDetection
    | SetPace
    | CommitInput
    | ClearInput
    | LeaveEngine
)

_HISTORY = "history-"


def history_event_id(number: int, item_id: str) -> str:
    """The id of the command that tells an engine the turn of this item."""
    return f"{_HISTORY}{number}/{item_id}"


def item_told_by(event_id: str) -> str:
    """The item whose turn this command told an engine; empty if it told none."""
    return event_id.partition("/")[2] if event_id.startswith(_HISTORY) else ""
