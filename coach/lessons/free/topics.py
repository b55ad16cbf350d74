"""The topics of free talks: one TOML file in `topics/` is one topic, with its open questions.

Questions stand by band of levels: A, B or C. What a learner may mention is followed up (`follow`).
"""

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path

import msgspec

from coach.lessons.understanding.text import even

FOLDER = Path(__file__).parent / "topics"
ANYTHING = "anything"  # has no words of its own: questions that fit whatever is told
ENDINGS = r"(?:s|es|d|ed|ing|ning|ming|er)?"


class ByBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question for each band of levels."""

    A: str
    B: str
    C: str

    def of(self, band: str) -> str:
        return str(getattr(self, band))


class Questions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    A: tuple[str, ...]
    B: tuple[str, ...]
    C: tuple[str, ...]

    def of(self, band: str) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(self, band)
        return found


class FollowUp(ByBand, frozen=True, dict=True, forbid_unknown_fields=True):
    """What is asked when one of these words was said."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return pattern_of(self.words)


class Topic(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    title: str
    words: tuple[str, ...]  # by which it is told that somebody speaks of it
    open: ByBand
    ask: Questions
    follow: tuple[FollowUp, ...] = ()
    slug: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return pattern_of((*self.words, *even(self.title).split(" and ")))

    def mentions(self, said: str) -> int:
        """How often `said`, evened, speaks of it."""
        return len(self.pattern.findall(said)) if self.words else 0


def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, with the usual endings; «cook» is in «cooking»."""
    stems = "|".join(re.escape(word.removesuffix("e")) + "e?" for word in words)
    return re.compile(rf"\b(?:{stems}){ENDINGS}\b")


def read_topic(text: str, slug: str) -> Topic:
    """Raises ValueError."""
    return msgspec.convert(tomllib.loads(text) | {"slug": slug}, Topic)


@cache
def topics() -> dict[str, Topic]:
    """All by slug, in the order of their titles; `ANYTHING` comes last."""
    found = [read_topic(p.read_text(encoding="utf-8"), p.stem) for p in FOLDER.glob("*.toml")]
    found.sort(key=lambda topic: (topic.slug == ANYTHING, topic.title))
    return {topic.slug: topic for topic in found}


def topic_about(said: str) -> Topic | None:
    """The topic that `said` speaks of most; None: it speaks of none."""
    text = even(said)
    best = max(topics().values(), key=lambda topic: topic.mentions(text))
    return best if best.mentions(text) else None
