"""The effects of `Conversation.handle` on the page and on the application.

Those on the engine are in `engine_commands.py`. The relay carries all out in order. All are frozen.
Audio is PCM s16le mono, 24 kHz.
"""

from typing import Any, Literal

import msgspec

from coach.voice.types import Floor, PageState, Source, Speaker

Void = Literal["", "cut_off", "expired", "floor"]


class Effect(msgspec.Struct, frozen=True):
    """Something is to be done."""


# --- to the page -----------------------------------------------------------------------------


class Play(Effect, frozen=True):
    """Play audio of item `index`; void once the page's generation is another one.

    `live`: somebody speaks at this moment. It waits as short as it can, and is dropped when late.
    """

    generation: int
    index: int
    pcm: bytes
    live: bool = False


class ClearPlayback(Effect, frozen=True):
    """Stop playback at once and drop frames of older generations."""

    generation: int


class ShowState(Effect, frozen=True):
    """Show what the talk is doing."""

    state: PageState


class ShowCaption(Effect, frozen=True):
    """Show all words of an utterance so far."""

    speaker: Speaker
    item_id: str
    text: str


class DropCaption(Effect, frozen=True):
    """Remove the caption of an utterance that is not written down."""

    item_id: str


class ShowFloor(Effect, frozen=True):
    """Show who may speak; `name` is the expert's, who speaks by `voice` or writes."""

    floor: Floor
    epoch: int
    name: str
    voice: bool = False


class ShowError(Effect, frozen=True):
    """Tell the member that something failed. The host has the sentence for `code`.

    `fatal`: the talk's connection ends with it, and only the member begins another.
    """

    code: str
    fatal: bool = False


ShownEffect = ClearPlayback | ShowState | ShowCaption | DropCaption | ShowFloor | ShowError
PageEffect = Play | ShownEffect


# --- to the host -----------------------------------------------------------------------------


class SpeechTiming(msgspec.Struct, frozen=True):
    """When the member was heard in an utterance. It lasted for `spoken_ms`, its pauses included.

    `response_ms`: from the end of the coach's sound to the first of the member's; None: unknown.
    """

    spoken_ms: int
    pauses: int = 0  # of `limits.PAUSE_MS` or more
    longest_pause_ms: int = 0
    response_ms: int | None = None


class RecordTurn(Effect, frozen=True):
    """Write down one utterance: of the coach only what the member heard.

    `interrupted`: somebody cut in on it; `partial`: more of it was to come, whatever ended it.
    `heard_ms`: how many milliseconds of it were played, None for text. `client_id`: the page's own
    id of a typed text. `notice`: in place of words, the code of a notice (speaker "system").
    `timing`: of what the member spoke, where it was measured.
    """

    speaker: Speaker
    text: str
    item_id: str
    source: Source
    epoch: int
    interrupted: bool = False
    partial: bool = False
    heard_ms: int | None = None
    client_id: str = ""
    notice: str = ""
    timing: SpeechTiming | None = None


class RunTool(Effect, frozen=True):
    """Run a tool. `arguments` is a JSON object; the answer is `ToolFinished`.

    `asked`: the item of the member's words that it was called for, and not of what came since.
    """

    call_id: str
    name: str
    arguments: str
    asked: str = ""


class ScreenText(Effect, frozen=True):
    """Screen a text. The answer is `ScreeningDone`. `final`: no more words will come."""

    key: str
    speaker: Speaker
    text: str
    final: bool


class CountUsage(Effect, frozen=True):
    """The usage of a response or a transcription, as the engine reports it, once for each.

    `ref` is the response's id or the transcribed item's, `status` how the response ended. A "note"
    is an answer of Chat Completions, whose `usage` has fields of its own.
    """

    kind: Literal["response", "transcription", "note"]
    ref: str
    usage: dict[str, Any]
    status: str = ""


class DirectiveDelivered(Effect, frozen=True):
    """The directive `ref` of the host was heard, or is void: it need not be given again.

    `item_id` is the coach's turn that it became or shaped; empty where there is none. `void`: why
    it is not said: it was cut off, its time is over, or somebody else has the floor.
    """

    ref: int
    item_id: str = ""
    void: Void = ""


HostEffect = DirectiveDelivered | RecordTurn | RunTool | ScreenText | CountUsage
