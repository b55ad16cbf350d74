"""The events of `Conversation.handle` from the page (the member's browser) and the host.

The host is the application: floor, screening, tools. The engine's events are in `engine_events.py`.
`Conversation.handle` turns one event into a list of effects (`effects.py`). All are frozen.
"""

from typing import Literal

import msgspec

from coach.voice.types import Floor, Speaker


class Event(msgspec.Struct, frozen=True):
    """Something happened in a talk."""


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
    """How utterances are delimited.

    `push`: by a button that the member holds; else the engine detects where one begins and ends.
    """

    push: bool


class ButtonHeld(Event, frozen=True):
    """The member pressed the button, or released it after `ms` of audio. Only with push to talk."""

    down: bool
    ms: int = 0


class MemberVoice(Event, frozen=True):
    """The microphone was loud for `ms`.

    Each loud frame while `Conversation.speech_in_progress` is true; else a sample stands for all.
    `quiet_ms`: for so long it was not, since the last loud frame of this speech.
    """

    ms: int
    quiet_ms: int = 0


# --- from the host ---------------------------------------------------------------------------


class FloorChanged(Event, frozen=True):
    """Who may speak. Epochs only rise; an event of an old one is ignored."""

    floor: Floor
    epoch: int
    name: str = ""
    voice: bool = False  # the expert speaks instead of writing
    stopped: int = 0  # the epoch that began when an expert last stopped the coach


class ScreeningDone(Event, frozen=True):
    """The answer to `ScreenText`. `hold`: say nothing more until `HoldReleased`."""

    key: str
    speaker: Speaker
    final: bool
    hold: bool


class HoldReleased(Event, frozen=True):
    """What a hold was for has been done; the floor may have changed before."""


class UsageCounted(Event, frozen=True):
    """Every `CountUsage` so far is written down."""


class TalkClosing(Event, frozen=True):
    """The talk closes once what is being said is over: no new answer is begun.

    `on` false: it does not close after all. Reviewed words and hand-backs are still spoken.
    """

    on: bool


class HandedBack(Event, frozen=True):
    """An expert gave the floor back; the coach speaks first. `spoken`: an example of that."""

    note: str
    spoken: str = ""
    ref: int = 0  # the host's number of it, for `DirectiveDelivered`; 0: none
    verbatim: bool = False  # `spoken` is no example: these words and no others


class GuidanceGiven(Event, frozen=True):
    """A private instruction of an expert for the coach's next turn."""

    text: str
    ref: int = 0
    life_s: float | None = None  # an answer after that is not shaped by it


class WordGiven(Event, frozen=True):
    """A sentence of an expert that the coach must speak as theirs.

    Once nobody speaks, and after the answer to whatever the member has asked.
    """

    text: str
    ref: int = 0
    life_s: float | None = None  # after that it is not spoken any more


class ScriptGiven(Event, frozen=True):
    """A reviewed text that the coach must speak word for word."""

    text: str
    ref: int = 0


class PersonSaid(Event, frozen=True):
    """An expert said or wrote something to the member: the engine should know."""

    name: str
    text: str


class PersonSound(Event, frozen=True):
    """An expert speaks: sound (PCM s16le mono 24 kHz) under the floor's `epoch`."""

    epoch: int
    pcm: bytes


class NoteAdded(Event, frozen=True):
    """Said in a voice note, beside the live talk: the engine should know."""

    role: Literal["user", "assistant"]
    text: str


class ToolFinished(Event, frozen=True):
    """A tool has run, or failed; `output` is JSON."""

    call_id: str
    output: str


class Tick(Event, frozen=True):
    """Time has passed."""


class TalkEnded(Event, frozen=True):
    """The talk is over."""
