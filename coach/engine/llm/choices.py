"""What words can be for, and who tells it: by meaning, or by words alone."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Candidate:
    """Something the words may be for. Without a tool it is only talk."""

    kind: str
    tool: str | None
    likely: float


@dataclass(frozen=True)
class Act:
    """Take the tool."""

    tool: str
    sure: float


@dataclass(frozen=True)
class Ask:
    """Ask first, with the likeliest and perhaps a second. Each has a tool."""

    options: tuple[Candidate, ...]


@dataclass(frozen=True)
class Talk:
    """No tool is for it. `kind` is None where it was not understood."""

    kind: str | None


Choice = Act | Ask | Talk


class Chooser(Protocol):
    """Tells what words are for, with one set of tools."""

    def choose(self, words: str, just_called: str | None) -> Choice:
        """`just_called`: the tool that was called last, some turns ago at most."""
        ...

    def surely(self, words: str, just_called: str | None) -> Choice | None:
        """What the words are for, where they are a whole request and no doubt is left."""
        ...

    def goes_on(self, words: str, just_called: str | None, before: str) -> str | None:
        """The tool that was just called, where the words ask it further, or tell it more.

        `before`: what the member said to it.
        """
        ...

    def caller(self) -> str | None:
        """The tool that calls a person."""
        ...
