"""What happens to a session, and what it wants done about it. Plain values, no behaviour."""

from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.engine.llm.types import Context, Spent, Unfinished
from coach.engine.protocol.server_events import ServerEvent

Pcm = NDArray[np.int16]


class Received(msgspec.Struct, frozen=True):
    """A frame from the client."""

    raw: str | bytes


class Voiced(msgspec.Struct, frozen=True):
    """What the detector found: (first sample since Listen's generation began, probability)."""

    generation: int
    frames: list[tuple[int, float]]


class Transcribed(msgspec.Struct, frozen=True):
    """A decode is done."""

    job: int
    text: str


class Untranscribed(msgspec.Struct, frozen=True):
    """A decode failed."""

    job: int
    code: str


class Spoken(msgspec.Struct, frozen=True):
    """A piece of a response: the words, and their sound at 24 kHz unless it is written."""

    response_id: str
    text: str
    pcm: Pcm | None


class Called(msgspec.Struct, frozen=True):
    """A response takes a tool."""

    response_id: str
    name: str
    arguments: str


class Noted(msgspec.Struct, frozen=True):
    """What a response has cost, or that it breaks off."""

    response_id: str
    note: Spent | Unfinished


class Answered(msgspec.Struct, frozen=True):
    """A response has no more pieces; `code` says why where it failed."""

    response_id: str
    code: str | None = None


class Tick(msgspec.Struct, frozen=True):
    """Time has passed."""


Input = Received | Voiced | Transcribed | Untranscribed | Spoken | Called | Noted | Answered | Tick


class Send(msgspec.Struct, frozen=True):
    """Send this event."""

    event: ServerEvent


class Listen(msgspec.Struct, frozen=True):
    """Give these samples to the detector of this generation; a new generation starts afresh."""

    generation: int
    pcm: Pcm


class Hint(msgspec.Struct, frozen=True):
    """What the client said of the words to come: their language, and words they may hold."""

    language: str | None = None
    prompt: str | None = None


class Transcribe(msgspec.Struct, frozen=True):
    """Decode these samples and report by job number.

    `partial` is a glance at unfinished speech. `guess`: the turn may go on, and if it does this
    decode is forgotten.
    """

    job: int
    pcm: Pcm
    partial: bool
    hint: Hint = Hint()
    guess: bool = False


class Forget(msgspec.Struct, frozen=True):
    """Nobody waits for this decode any more."""

    job: int


class Answer(msgspec.Struct, frozen=True):
    """Think, and speak if `voiced`; report as Spoken, Called and, last, Answered."""

    response_id: str
    context: Context
    voiced: bool
    speed: float
    voice: str = ""


class Stop(msgspec.Struct, frozen=True):
    """Stop working on this response; nothing more of it is wanted."""

    response_id: str


class Close(msgspec.Struct, frozen=True):
    """Close the connection after what was sent."""

    code: Literal[1001, 1013, 3000, 4000]
    reason: str


Effect = Send | Listen | Transcribe | Forget | Answer | Stop | Close
