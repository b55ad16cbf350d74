"""How fast the coach speaks, as the member wishes in the middle of a talk: «slower, please»."""

from collections.abc import Callable, Iterable
from typing import Literal

PaceWish = Literal["slower", "normal"]
ReadPace = Callable[[str], PaceWish | None]

PACES = (1.0, 0.8, 0.65)  # of the speed in the engine's settings; each wish is one step


def reads_none(text: str) -> PaceWish | None:
    """Where nobody reads what is wished, nothing is."""
    return None


def step_after(texts: Iterable[str], read: ReadPace, step: int = 0) -> int:
    """The step at which a talk stands that began at `step`, when the member has said `texts`."""
    for text in texts:
        match read(text):
            case "slower":
                step = min(step + 1, len(PACES) - 1)
            case "normal":
                step = 0
    return step


class Pace:
    """The step that is wished, and the one that the engine was told.

    An engine changes its speed between responses only: whoever asks `due` knows that none is under
    way. A new connection speaks at the speed of the settings until it is told.
    """

    def __init__(self, read: ReadPace = reads_none, step: int = 0) -> None:
        self._read = read
        self._step = step
        self._told = 0

    def on_member_said(self, text: str) -> None:
        """Final words of the member."""
        self._step = step_after([text], self._read, self._step)

    def on_engine_ready(self) -> None:
        """The engine is a new one."""
        self._told = 0

    @property
    def due(self) -> bool:
        """The engine is to be told another pace."""
        return self._told != self._step

    def take(self) -> float:
        """The pace to tell the engine, which it is told by that."""
        self._told = self._step
        return PACES[self._step]
