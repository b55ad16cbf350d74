"""What is to be done about what happens in a talk: the effects of `Conversation.handle`.

The relay carries them out in order. All are frozen. Audio is PCM s16le mono, 24 kHz.
"""

from typing import Any, Literal

import msgspec

from coach.voice.types import Floor, PageState, Source, Speaker


class Effect(msgspec.Struct, frozen=True):
    """Something is to be done."""


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


ShownEffect = ClearPlayback | ShowState | ShowCaption | DropCaption | ShowFloor | ShowError
PageEffect = Play | ShownEffect


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


class ScreenText(Effect, frozen=True):
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


class DirectiveDelivered(Effect, frozen=True):
    """What the host asked for by `ref` was heard, or is void: another talk need not tell it."""

    ref: int


HostEffect = DirectiveDelivered | RecordTurn | RunTool | ScreenText | CountUsage
