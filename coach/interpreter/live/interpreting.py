"""What interprets, whichever way: sound goes in, lines and their translations come out."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from coach.interpreter.direction import Effect, Side, Steer

PutOut = Callable[[list[Effect]], None]


class Spent(msgspec.Struct, frozen=True):
    """What was used since the last time: as an engine tells it, and by which model."""

    model: str
    told: dict[str, Any]
    ref: str = ""  # the engine's own id of it, if it has one


class Interpreting(Protocol):
    """`run` it; give it each frame by `hear`; `tick` it a few times a second; `finish` it."""

    @property
    def ready(self) -> bool:
        """What is said now is translated."""

    @property
    def heard_at(self) -> float:
        """When the last word was heard, in the clock's seconds."""

    async def run(self) -> None:
        """Interpret until no engine can be reached any more: raises EngineError."""

    def hear(self, frame: bytes) -> None:
        """Take a frame of the microphone (PCM s16le mono 24 kHz). Never waits."""

    def steer(self, steer: Steer) -> None:
        """Whose words are translated from now on."""

    def tick(self) -> None:
        """Do what time asks for."""

    async def finish(self) -> None:
        """Nobody speaks any more: wait for the last words, but not long."""

    def take_spent(self) -> list[Spent]:
        """What was used since the last time, to be written down."""


Languages = dict[Side, str]  # what each person speaks
