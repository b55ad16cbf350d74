"""What happens in a talk.

Events come from the page (the member's browser), from the engine (which hears and speaks) and
from the host (the application: floor, screening, tools). `Conversation.handle` turns one event
into a list of effects (`effects.py`). All are frozen. Audio is PCM s16le mono, 24 kHz.
"""

from typing import Any, Literal

import msgspec

from coach.voice.types import Floor, ResponseStatus, Speaker


class Event(msgspec.Struct, frozen=True):
    """Something happened."""


# --- from the page ---------------------------------------------------------------------------


class TextTyped(Event, frozen=True):
    """The member sent text. `id` is the page's own id of the message."""

    id: str
    text: str


class PlaybackProgress(Event, frozen=True):
    """The page has played `ms` milliseconds of audio item `index`, cumulative."""

    generation: int
    index: int
    ms: int


class Interrupt(Event, frozen=True):
    """The member tapped: stop talking."""


class MicrophoneMuted(Event, frozen=True):
    """The member's microphone was switched off or on; while off the page sends no audio."""

    on: bool


class PictureShown(Event, frozen=True):
    """The member shows a picture; `text` is what they say of it, perhaps nothing.

    `id` is the page's own id of it, `data_uri` the picture itself as the engine takes it.
    `instructions` are for the one answer to it; empty: those of the session.
    """

    id: str
    data_uri: str
    text: str = ""
    instructions: str = ""


class TalkMode(Event, frozen=True):
    """`push`: an utterance is what comes while the member holds the button; else the engine hears
    by itself where one begins and ends."""

    push: bool


class ButtonHeld(Event, frozen=True):
    """The member pressed the button, or let it go after `ms` of sound. Without push, nothing."""

    down: bool
    ms: int = 0


class MemberVoice(Event, frozen=True):
    """The microphone was loud for `ms`. Sent only while `Conversation.sounding` is true."""

    ms: int


# --- from the engine -------------------------------------------------------------------------


class EngineDialled(Event, frozen=True):
    """An engine is dialled."""


class EngineReady(Event, frozen=True):
    """Connected, configured and told the history. `resumed`: the talk had begun before."""

    resumed: bool = False


class EngineLost(Event, frozen=True):
    """The connection to the engine is gone; every id of it is void.

    The next engine will be given again the sound that came after `Conversation.unheard_since`.
    """


class SoundReplayed(Event, frozen=True):
    """After `EngineReady`: the engine has been sent the sound that the last one had not put into
    words."""


class SpeechStarted(Event, frozen=True):
    """The member began to speak; `spoken_ms` of it had been heard when the engine noticed."""

    item_id: str
    spoken_ms: int = 0


class SpeechStopped(Event, frozen=True):
    item_id: str


class InputCommitted(Event, frozen=True):
    """The member's utterance is now an item of the engine's conversation."""

    item_id: str


class InputDelta(Event, frozen=True):
    item_id: str
    delta: str


class InputTranscript(Event, frozen=True):
    item_id: str
    text: str
    usage: dict[str, Any] | None = None  # what the transcription cost


class InputFailed(Event, frozen=True):
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
    """The coach calls a tool. `complete` false: it was cut off and must not run."""

    response_id: str
    call_id: str
    name: str
    arguments: str
    complete: bool = True


class ResponseDone(Event, frozen=True):
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
)


# --- from the host ---------------------------------------------------------------------------


class FloorChanged(Event, frozen=True):
    """Who may speak. Epochs only rise; an older one than known is ignored."""

    floor: Floor
    epoch: int
    name: str = ""


class ScreeningDone(Event, frozen=True):
    """The answer to `Screen`. `hold`: say nothing more until `Released`."""

    key: str
    speaker: Speaker
    final: bool
    hold: bool


class HoldReleased(Event, frozen=True):
    """What a hold was for has been done; the floor may have changed before."""


class UsageCounted(Event, frozen=True):
    """Every `CountUsage` so far is written down."""


class TalkClosing(Event, frozen=True):
    """The talk closes once what is being said is over: no new answer is begun. `on` false: not
    after all. Reviewed words and what follows a person are spoken all the same."""

    on: bool


class HandedBack(Event, frozen=True):
    """An expert gave the floor back; the coach speaks first. `spoken`: an example of that."""

    note: str
    spoken: str = ""
    ref: int = 0  # the host's number of it, for `Delivered`; 0: none


class GuidanceGiven(Event, frozen=True):
    """A private instruction of an expert for the coach's next turn."""

    text: str
    ref: int = 0


class ScriptGiven(Event, frozen=True):
    """A reviewed text that the coach must speak word for word."""

    text: str
    ref: int = 0


class PersonSaid(Event, frozen=True):
    """An expert said or wrote something to the member: the engine should know."""

    name: str
    text: str


class NoteAdded(Event, frozen=True):
    """Said in a voice note, beside the live line: the engine should know."""

    role: Literal["user", "assistant"]
    text: str


class ToolFinished(Event, frozen=True):
    call_id: str
    output: str


class Tick(Event, frozen=True):
    """Time has passed."""


class TalkEnded(Event, frozen=True):
    """The talk is over."""
