# ruff: noqa: E501  a pattern is read best in one piece
"""What experts ordered for a member, held by construction in all that the coach brings forth.

Every sentence and every fact of a tool's result goes through `Orders`, whichever engine speaks; so
do the brief of each talk, and what the member's pages show. Where the orders stand is registered
(`orders_from`); the newest hand-back decides.

What they cannot hold is the free speech of a hosted engine, a model that words its sentences
itself. It is told the orders and gets no fact that they hide; yet it can say a number that the
member said, or that it knows of foods. The embedded engine says nothing but what came through here.
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
ENERGY = r"(?:k?cals?\b|kilocalor\w*|calor\w*|kilojoules?|kj\b|kcal\w*|kilokalor\w*|kalor\w*|mj\b|(?:mega)?joules?\b|칼로리|킬로칼로리)"
# A number that says no unit and counts nothing: beside energy it is an amount of energy.
BARE = re.compile(
    r"(?<!\bat )(?<!\bby )(?<!\bto )(?<!\bsince )(?<!\buntil )(?<![\d.,:])\d[\d.,]*\d"
    r"(?=\s+(?:of\s+(?:about\s+)?\d|left|remain\w*|to go|more|less|over|under|above|below|today|so far|in all|in total|for|a day|per day)\b|[.!?;]*\s*$)",
    re.IGNORECASE,
)
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
    r"\b(?:(?:your|body|my|his|her)\s*weight|weighs?|weighed|bmi|weight (?:loss|gain|goal)|(?:lose|losing|lost|gain|gaining|keep) (?:your |some )?weight|heavier|thinner|slimmer)\b",
    re.IGNORECASE,
)
# A mass is of the body only where the sentence speaks of one; «2 kg of potatoes» is food.
MASS = re.compile(
    r"\d\s*(?:kg|kilos?|kilograms?|lbs?|pounds?|stones?)\b(?! of (?!fat|muscle|body|weight))",
    re.IGNORECASE,
)
OF_BODY = re.compile(
    r"\b(?:bod(?:y|ies)|weigh\w*|scales?|lose|losing|lost|gain\w*|shed|drop(?:ped)?|you(?:'re|’re| are| were)|down to|up to"
    r"|lighter|target|goal|kilos? (?:less|more))\b",
    re.IGNORECASE,
)
TARGET = re.compile(
    r"\b(?:targets?|goals?|(?:is|are|have|leaves?|left) .*\bleft\b|left for (?:today|the day)|remaining|your range|within your)\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"[^.!?;]*(?:[.!?;](?=\S)[^.!?;]*)*(?:[.!?;]+(?=\s|$)|$)\s*")
ENERGY_KEYS = re.compile(r"kcal|calor|energy|joule|(?:\b|_)[km]j(?:\b|_)", re.IGNORECASE)
# What an engine needs as it is: what it does on a yes, and the names of orders.
WHOLE = frozenset({"if_yes", "keep_to"})
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

    def breaks(self, sentence: str, *, of_energy: bool = False) -> bool:
        """Whether a sentence says what must not be said. `of_energy`: its numbers may be energy."""
        return (
            (
                not self.energy
                and bool(HAS_ENERGY.search(sentence) and SPOKEN_NUMBER.search(sentence))
            )
            or (not self.energy and of_energy and bool(BARE.search(sentence)))
            or (not self.weight and bool(WEIGHT.search(sentence)))
            or (not self.weight and bool(MASS.search(sentence) and OF_BODY.search(sentence)))
            or (NO_TARGETS in self.codes and bool(TARGET.search(sentence)))
        )

    def say(self, text: str, *, of_energy: bool = False) -> str:
        """`text` without what must not be said: amounts in a list, or else whole sentences."""
        parts = [found[0] for found in SENTENCES.finditer(text)] if self.codes else []
        if not any(self.breaks(part, of_energy=of_energy) for part in (text, *parts)):
            return text
        kept = [self._cut(part, of_energy) for part in parts]
        left = " ".join("".join(kept).split())
        return left or _("I leave that out, as your expert asked me to.")

    def _cut(self, sentence: str, of_energy: bool) -> str:
        if not self.energy:
            for pattern in IN_LIST:
                sentence = pattern.sub("", sentence)
        return "" if self.breaks(sentence, of_energy=of_energy) else sentence

    def facts(self, value: Any, *, of_energy: bool = False) -> Any:
        """The facts of a result without those that must not be told. Keys, units and words decide.

        What is in `WHOLE` is not told to anybody, and stays as it is.
        """
        of_energy = of_energy or holds_energy(value)
        if isinstance(value, dict):
            return {
                key: one if key in WHOLE else self.facts(one, of_energy=of_energy)
                for key, one in value.items()
                if not self._hidden(key, value)
            }
        if isinstance(value, list | tuple):
            return [self.facts(one, of_energy=of_energy) for one in value]
        return self.say(value, of_energy=of_energy) if isinstance(value, str) else value

    def _hidden(self, key: object, beside: dict[Any, Any]) -> bool:
        name = str(key)
        if name in WHOLE:
            return False
        return (
            (not self.energy and (bool(ENERGY_KEYS.search(name)) or _is_energy(name, beside)))
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
        if tool == "set_goal" and {NO_WEIGHT, NO_TARGETS} & self.codes:
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


def _is_energy(name: str, fields: dict[Any, Any]) -> bool:
    """Whether a field is a number, or its unit, where the unit is one of energy."""
    if not HAS_ENERGY.search(str(fields.get("unit", ""))):
        return False
    value = fields.get(name)
    return (
        name == "unit"
        or isinstance(value, int | float)
        or SPOKEN_NUMBER.search(str(value)) is not None
    )


def holds_energy(value: Any) -> bool:
    """Whether facts hold an energy anywhere, by their keys and units."""
    if isinstance(value, dict):
        unit = bool(HAS_ENERGY.search(str(value.get("unit", ""))))
        return unit or any(ENERGY_KEYS.search(str(k)) or holds_energy(v) for k, v in value.items())
    return isinstance(value, list | tuple) and any(holds_energy(one) for one in value)


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
