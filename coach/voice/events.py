"""What happens in a talk, and what is to be done about it.

Events come from the page (the member's browser), from the engine (which hears and speaks) and
from the host (the application: floor, screening, tools). `Conversation.handle` turns one event
into a list of effects; the relay carries them out in order. All are frozen. Audio is PCM s16le
mono, 24 kHz.
"""

from typing import Any, Literal

import msgspec

Speaker = Literal["member", "coach", "expert", "system"]
Floor = Literal["coach", "coach_waiting", "guided", "expert", "safety_hold"]
PageState = Literal[
    "connecting",
    "unreachable",  # not reached, for the first time or again, and it takes long
    "listening",
    "thinking",
    "speaking",
    "person",
    "held",
    "reconnecting",
    "ended",
]
ResponseStatus = Literal["completed", "cancelled", "incomplete", "failed"]
Source = Literal["voice", "text", "script"]


class Event(msgspec.Struct, frozen=True):
    """Something happened."""


class Effect(msgspec.Struct, frozen=True):
    """Something is to be done."""


# --- from the page ---------------------------------------------------------------------------


class Typed(Event, frozen=True):
    """The member sent text. `id` is the page's own id of the message."""

    id: str
    text: str


class Heard(Event, frozen=True):
    """The page has played `ms` milliseconds of audio item `index`, cumulative."""

    generation: int
    index: int
    ms: int


class Interrupt(Event, frozen=True):
    """The member tapped: stop talking."""


class Muted(Event, frozen=True):
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


class Held(Event, frozen=True):
    """The member pressed the button, or let it go after `ms` of sound. Without push, nothing."""

    down: bool
    ms: int = 0


class MemberVoice(Event, frozen=True):
    """The microphone was loud for `ms`. Sent only while `Conversation.sounding` is true."""

    ms: int


# --- from the engine -------------------------------------------------------------------------


class EngineSought(Event, frozen=True):
    """An engine is dialled."""


class EngineReady(Event, frozen=True):
    """Connected, configured and told the history. `resumed`: the talk had begun before."""

    resumed: bool = False


class EngineLost(Event, frozen=True):
    """The connection to the engine is gone; every id of it is void.

    The next engine will be given again the sound that came after `Conversation.unheard_since`.
    """


class SoundRetold(Event, frozen=True):
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


class Screened(Event, frozen=True):
    """The answer to `Screen`. `hold`: say nothing more until `Released`."""

    key: str
    speaker: Speaker
    final: bool
    hold: bool


class Released(Event, frozen=True):
    """What a hold was for has been done; the floor may have changed before."""


class Counted(Event, frozen=True):
    """Every `CountUsage` so far is written down."""


class Closing(Event, frozen=True):
    """The talk closes once what is being said is over: no new answer is begun. `on` false: not
    after all. Reviewed words and what follows a person are spoken all the same."""

    on: bool


class HandedBack(Event, frozen=True):
    """An expert gave the floor back; the coach speaks first. `spoken`: an example of that."""

    note: str
    spoken: str = ""
    ref: int = 0  # the host's number of it, for `Delivered`; 0: none


class Guided(Event, frozen=True):
    """A private instruction of an expert for the coach's next turn."""

    text: str
    ref: int = 0


class Scripted(Event, frozen=True):
    """A reviewed text that the coach must speak word for word."""

    text: str
    ref: int = 0


class PersonSaid(Event, frozen=True):
    """An expert said or wrote something to the member: the engine should know."""

    name: str
    text: str


class Noted(Event, frozen=True):
    """Said in a voice note, beside the live line: the engine should know."""

    role: Literal["user", "assistant"]
    text: str


class ToolFinished(Event, frozen=True):
    call_id: str
    output: str


class Tick(Event, frozen=True):
    """Time has passed."""


class Ended(Event, frozen=True):
    """The talk is over."""


# --- to the engine ---------------------------------------------------------------------------


class CreateResponse(Effect, frozen=True):
    """Ask for a response. Empty `instructions`: those of the session."""

    event_id: str
    instructions: str = ""
    tools: bool = True


class CancelResponse(Effect, frozen=True):
    event_id: str
    response_id: str = ""


class Truncate(Effect, frozen=True):
    event_id: str
    item_id: str
    audio_end_ms: int
    content_index: int = 0


class DeleteItem(Effect, frozen=True):
    event_id: str
    item_id: str


class AddMessage(Effect, frozen=True):
    event_id: str
    item_id: str
    role: Literal["user", "assistant", "system"]
    text: str


class AddPicture(Effect, frozen=True):
    """A user message of a picture and, unless empty, a text."""

    event_id: str
    item_id: str
    data_uri: str
    text: str = ""


class ToolOutput(Effect, frozen=True):
    event_id: str
    call_id: str
    output: str


class AddSilence(Effect, frozen=True):
    """Append silence to the microphone's audio, so that the engine sees the end of an utterance."""

    ms: int


class SetTurnDetection(Effect, frozen=True):
    """Whether the engine hears by itself where an utterance ends; on: as the settings say."""

    event_id: str
    on: bool


class CommitInput(Effect, frozen=True):
    """The microphone's audio so far is one utterance."""

    event_id: str


class ClearInput(Effect, frozen=True):
    """Forget the microphone's audio that is not committed."""

    event_id: str


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
    | CommitInput
    | ClearInput
)


# --- to the page -----------------------------------------------------------------------------


class Play(Effect, frozen=True):
    generation: int
    index: int
    pcm: bytes


class ClearPlayback(Effect, frozen=True):
    """Stop playback at once and drop frames of older generations."""

    generation: int


class ShowState(Effect, frozen=True):
    state: PageState


class ShowCaption(Effect, frozen=True):
    speaker: Speaker
    item_id: str
    text: str


class DropCaption(Effect, frozen=True):
    item_id: str


class ShowFloor(Effect, frozen=True):
    floor: Floor
    epoch: int
    name: str


class ShowError(Effect, frozen=True):
    """Tell the member. The host owns the words for `code`."""

    code: str
    fatal: bool = False


PageEffect = Play | ClearPlayback | ShowState | ShowCaption | DropCaption | ShowFloor | ShowError


# --- to the host -----------------------------------------------------------------------------


class RecordTurn(Effect, frozen=True):
    """Write down one utterance: for the coach only what the member heard."""

    speaker: Speaker
    text: str
    item_id: str
    source: Source
    epoch: int
    interrupted: bool = False
    heard_ms: int | None = None
    client_id: str = ""


class RunTool(Effect, frozen=True):
    call_id: str
    name: str
    arguments: str


class Screen(Effect, frozen=True):
    """Screen a text. The host answers with `Screened`."""

    key: str
    speaker: Speaker
    text: str
    final: bool


class CountUsage(Effect, frozen=True):
    """What a response or a transcription cost, as the engine reports it, once for each.

    `ref` is the response's id or the transcribed item's, `status` how the response ended. A "note"
    is an answer of Chat Completions, which counts in words of its own.
    """

    kind: Literal["response", "transcription", "note"]
    ref: str
    usage: dict[str, Any]
    status: str = ""


class Delivered(Effect, frozen=True):
    """What the host asked for by `ref` was heard, or is void: another talk need not tell it."""

    ref: int


HostEffect = Delivered | RecordTurn | RunTool | Screen | CountUsage
