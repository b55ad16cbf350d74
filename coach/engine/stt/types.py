"""What a connection needs of speech to text, whoever provides it."""

from typing import Protocol

import msgspec

from coach.voice.pcm import Pcm


class SttBusy(RuntimeError):
    """Too many utterances wait already, or a partial gave way. Worth trying again in a moment."""


class SttClosed(RuntimeError):
    """The recogniser is not started, or closed."""


class VadFrame(msgspec.Struct, frozen=True):
    """32 ms of a stream. ``probability`` of speech 0..1; ``start_sample24k`` counts the samples
    at 24 kHz fed since the stream began (or its last ``reset``)."""

    probability: float
    start_sample24k: int


class TranscriptionHint(msgspec.Struct, frozen=True):
    """What the client said of the words to come: their language, and words they may hold."""

    language: str | None = None
    prompt: str | None = None


NO_HINT = TranscriptionHint()


class SttStream(Protocol):
    """The audio of one speaker: 24 kHz samples in, speech probabilities and words out."""

    def reset(self) -> None:
        """Forgets the audio so far."""
        ...

    async def feed(self, pcm24k: Pcm, *, behind: bool = False) -> list[VadFrame]:
        """The next samples; a VadFrame for every 32 ms. `behind`: more of them wait already."""
        ...

    async def transcribe(
        self,
        pcm24k: Pcm,
        *,
        partial: bool = False,
        hint: TranscriptionHint = NO_HINT,
        guess: bool = False,
    ) -> str:
        """The words of a recording, "" for none. `partial`: the speech is unfinished. `guess`: the
        turn may go on. Raises SttBusy, SttClosed, EngineError."""
        ...


class Stt(Protocol):
    """Speech to text for any number of speakers."""

    def stream(self) -> SttStream:
        """The stream of a new speaker."""
        ...
