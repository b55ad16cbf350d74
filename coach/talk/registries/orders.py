# ruff: noqa: E501  a pattern is read best in one piece
"""What experts ordered for a member, held by construction in all that the coach brings forth.

Every sentence and every fact of a tool's result goes through `Orders`, whichever engine speaks; so
do the brief of each talk, and what the member's pages show. Where the orders stand is registered
(`orders_from`); the newest hand-back decides.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.types import Member

NO_CALORIES = "no_calories"
NO_WEIGHT = "no_weight"
NO_TARGETS = "no_targets"
NO_ADVICE = "no_advice"
# The orders that hold by construction, as an expert reads them. Others are told to the coach.
LABELS: dict[str, str | Promise] = {
    NO_WEIGHT: gettext_lazy("no weight talk"),
    NO_CALORIES: gettext_lazy("no calorie numbers"),
    NO_TARGETS: gettext_lazy("no targets"),
    NO_ADVICE: gettext_lazy("no food advice before the appointment"),
}
# Rows that were written before orders had names hold the words.
OLD_WORDS = {
    "no weight talk": NO_WEIGHT,
    "no calorie numbers": NO_CALORIES,
    "no targets": NO_TARGETS,
    "no food advice before the appointment": NO_ADVICE,
}
# Tools that propose food or goals. Of a food that was asked about, an allergy is told all the same.
ADVISING = frozenset({"suggest_meal", "set_goal"})

NUMBER = (
    r"(?:(?:about|around|some|another|only|just|over|under|up to|at least)\s+)?\d[\d.,\u202f\u00a0 ]*"
    r"(?:\s*(?:to|–|-)\s*\d[\d.,\u202f\u00a0 ]*)?"
)
ENERGY = r"(?:k?cals?\b|kilocalor\w*|calor\w*|kilojoules?|kj\b|kcal\w*|kilokalor\w*|kalor\w*|칼로리|킬로칼로리)"
SPOKEN_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|half|few|dozen)\b",
    re.IGNORECASE,
)
HAS_ENERGY = re.compile(ENERGY, re.IGNORECASE)
# One of several amounts in a list, with the word that joins it.
IN_LIST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*\({NUMBER}\s*{ENERGY}\)",
        rf"{NUMBER}\s*{ENERGY}\s+and\s+",
        rf"{NUMBER}\s*{ENERGY},\s+",
        rf",?\s+and\s+{NUMBER}\s*{ENERGY}(?=[.,;!?]|$)",
        rf"\s*[:,–-]\s*{NUMBER}\s*{ENERGY}(?=[.;!?]|$)",
    )
)
WEIGHT = re.compile(
    r"\b(?:(?:your|body|my|his|her)\s*weight|weighs?|weighed|bmi|weight (?:loss|gain|goal)|(?:lose|losing|lost|gain|gaining|keep) (?:your |some )?weight|heavier|thinner|slimmer)\b"
    r"|\d\s*(?:kg|kilos?|kilograms?|lbs?|pounds?|stones?)\b",
    re.IGNORECASE,
)
TARGET = re.compile(
    r"\b(?:targets?|goals?|(?:is|are|have|leaves?|left) .*\bleft\b|left for (?:today|the day)|remaining|your range|within your)\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"[^.!?;]*(?:[.!?;](?=\S)[^.!?;]*)*(?:[.!?;]+(?=\s|$)|$)\s*")
ENERGY_KEYS = re.compile(r"kcal|calor|energy|kilojoule|\bkj\b", re.IGNORECASE)
WEIGHT_KEYS = re.compile(r"weight|bmi", re.IGNORECASE)
TARGET_KEYS = re.compile(r"target|goal|remaining|left", re.IGNORECASE)


@dataclass(frozen=True)
class Orders:
    """`codes`: orders that hold by construction; `others`: words that only the coach is told."""

    codes: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.codes or self.others)

    # What templates ask.
    @property
    def energy(self) -> bool:
        return NO_CALORIES not in self.codes

    @property
    def weight(self) -> bool:
        return NO_WEIGHT not in self.codes

    @property
    def targets(self) -> bool:
        return NO_TARGETS not in self.codes and NO_CALORIES not in self.codes

    def breaks(self, sentence: str) -> bool:
        """Whether a sentence says what must not be said."""
        return (
            (
                not self.energy
                and bool(HAS_ENERGY.search(sentence) and SPOKEN_NUMBER.search(sentence))
            )
            or (not self.weight and bool(WEIGHT.search(sentence)))
            or (NO_TARGETS in self.codes and bool(TARGET.search(sentence)))
        )

    def say(self, text: str) -> str:
        """`text` without what must not be said: amounts in a list, or else whole sentences."""
        if not self.codes or not self.breaks(text):
            return text
        kept = [self._cut(found[0]) for found in SENTENCES.finditer(text)]
        left = " ".join("".join(kept).split())
        return left or _("I leave that out, as your expert asked me to.")

    def _cut(self, sentence: str) -> str:
        if not self.energy:
            for pattern in IN_LIST:
                sentence = pattern.sub("", sentence)
        return "" if self.breaks(sentence) else sentence

    def facts(self, value: Any) -> Any:
        """The facts of a result without those that must not be told. Keys decide, and words.

        What the engine does on a yes (`if_yes`) is not told to anybody, and stays whole.
        """
        if isinstance(value, dict):
            return {
                key: one if key == "if_yes" else self.facts(one)
                for key, one in value.items()
                if not self._hidden(key, value)
            }
        if isinstance(value, list | tuple):
            return [self.facts(one) for one in value]
        if isinstance(value, str) and self.breaks(value):
            return self.say(value)
        return value

    def _hidden(self, key: object, beside: dict[Any, Any]) -> bool:
        name = str(key)
        if name in ("if_yes", "noted", "asked"):
            return False
        return (
            (not self.energy and bool(ENERGY_KEYS.search(name)))
            or (
                not self.weight
                and (
                    bool(WEIGHT_KEYS.search(name))
                    or (name == "value" and beside.get("kind") == "weight")
                )
            )
            or (not self.targets and bool(TARGET_KEYS.search(name)))
        )

    def forbids(self, tool: str) -> bool:
        """Whether a tool does what must not be done."""
        if NO_WEIGHT in self.codes and tool == "set_goal":
            return True
        return NO_ADVICE in self.codes and tool in ADVISING

    def brief(self) -> str:
        """What an engine is told at the start of a talk; "" without orders."""
        words = [str(LABELS[code]) for code in LABELS if code in self.codes] + list(self.others)
        if not words:
            return ""
        return _("A human expert ordered for this member, and you keep to it: %(orders)s.") % {
            "orders": "; ".join(words)
        }


NONE = Orders()
Source = Callable[[Member], Iterable[str]]
_sources: list[Source] = []


def orders_from(source: Source) -> Source:
    """Register where orders for a member stand: codes of `LABELS`, or words."""
    _sources.append(source)
    return source


def read_orders(written: Iterable[str]) -> Orders:
    """Orders as rows hold them: codes, the words of old rows, or an expert's own words."""
    named = [OLD_WORDS.get(one, one) for one in written]
    return Orders(
        frozenset(one for one in named if one in LABELS),
        tuple(one for one in named if one not in LABELS and one.strip()),
    )


def orders_of(member: Member) -> Orders:
    """What holds for `member` now."""
    return read_orders(one for source in _sources for one in source(member))


def names_of(written: Iterable[str]) -> list[str]:
    """Orders as people read them."""
    return [str(LABELS.get(OLD_WORDS.get(one, one), one)) for one in written]
