"""What the number words of a language are made of."""

from collections.abc import Callable

import msgspec


class Read(msgspec.Struct, frozen=True):
    """A number and the place of the word after it.

    `spoken`: its parts were said without what joins them ("three fifty"), so that it is a number
    only where a unit follows.
    """

    value: float
    end: int
    spoken: bool = False


class NumberWords(msgspec.Struct, frozen=True):
    """The number words of one language; all words are folded.

    `fractions` are fractions by themselves, `fractions_counted` only after a number or an article
    ("a third"). `groups` multiply what stands before them. `never_after`: words after which a
    number word is none ("this one"). `mixed`: halves that follow a number without a joint
    ("zwei einhalb"). `point` begins the decimals.
    """

    cardinal: Callable[[list[str], int], Read | None]
    fractions: dict[str, float]
    fractions_plural: dict[str, float]
    fractions_counted: dict[str, float]
    articles: frozenset[str]
    ones: frozenset[str]
    joins: frozenset[str]
    of: frozenset[str]
    groups: dict[str, float]
    groups_alone: dict[str, float] = {}
    groups_after_article: dict[str, float] = {}
    never_after: dict[str, frozenset[str]] = {}
    point: str = ""
    ordinals: dict[str, int] = {}
