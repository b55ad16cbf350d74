"""What the rules of the normaliser share: patterns of figures and units, and how rules are made."""

import re
from collections.abc import Callable, Iterable, Sequence

from coach.engine.tts import units

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str]]


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def rules(
    *pairs: tuple[str, Callable[[Match], str]], flags: re.RegexFlag = re.NOFLAG
) -> list[Rule]:
    """Patterns with what replaces them, in the order in which they apply."""
    return [(re.compile(pattern, flags), replace) for pattern, replace in pairs]


def to(template: str) -> Callable[[Match], str]:
    """A replacement by a template such as `\\1 pence`."""
    return lambda match: match.expand(template)


FIGURE = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
UNIT = any_of(units.UNITS)
SPACED_UNIT = any_of(units.SPACED_UNITS)
UNIT_WORD = any_of({form for forms in units.UNITS.values() for form in forms} | {"cup", "cups"})
ANY_UNIT = rf"(?:{UNIT}|{UNIT_WORD})"
FREE = r"(?<![\w.,/-])"
"""Not right after a word or a figure."""

NO_WORD_AFTER = r"(?![\w²³])"


def plural(figure: str, forms: Sequence[str]) -> str:
    """The form of (one, many) that goes with a figure."""
    return forms[0] if figure in ("1", "1.0", "a half", "half") else forms[1]
