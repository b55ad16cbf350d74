"""What a connection needs of text to speech, whoever provides it."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from coach.voice.pcm import Pcm


class TtsClosed(RuntimeError):
    """The synthesiser is not started, or closed."""


class SpeechChunk(msgspec.Struct, frozen=True):
    """A piece of speech. ``text``: its words as written, with the space behind them, so that all
    chunks joined are the text. ``pcm``: int16, mono, 24 kHz; empty where nothing is to be said."""

    text: str
    pcm: Pcm


class Tts(Protocol):
    """Text to speech for any number of talks."""

    def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[SpeechChunk]:
        """The chunks of a text as they are ready, in the voice of that name if there is one.

        Raises EngineError, TtsClosed.
        """
        ...
