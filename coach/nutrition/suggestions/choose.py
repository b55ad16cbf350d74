"""Which meals are proposed: what must not be goes first, then what fits best. Pure.

No score ever brings back what an allergy, a diet, a condition or a plan leaves out.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.nutrition.advice.reviewed import Level, rules_for
from coach.nutrition.foods.avoided import Avoided
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.needs import Needs
from coach.nutrition.suggestions.candidates import Candidate
from coach.nutrition.suggestions.wish import Wish

PROPOSED: Final = 3
MOST_OWN: Final = 2  # of them, meals that the member had before
LEAST_LEFT_KCAL: Final = 200.0  # below that, what is left of a day limits no meal
USUAL: Final = {
    "kcal": 500.0, "protein_g": 25.0, "carbohydrate_g": 60.0, "fat_g": 20.0, "fibre_g": 8.0,
    "sugar_g": 15.0, "saturated_fat_g": 6.0, "sodium_mg": 700.0,
}  # fmt: skip
WANTED, TAGGED, LIKED, CAREFUL = 6.0, 3.0, 1.0, 2.0
MOST_LIKED: Final = 3


@dataclass(frozen=True)
class Choice:
    """`fits` is False where nothing fits the wish for energy, and the smallest were taken."""

    chosen: list[Candidate]
    fits: bool = True


def allowed(candidate: Candidate, needs: Needs, wish: Wish) -> bool:
    """Whether a meal holds nothing that must be left out; for allergies, not even possibly."""
    if candidate.unread and _matters(needs, wish):
        return False
    for avoided, strict in (
        (needs.allergies, True),
        (wish.avoided, True),
        (needs.planned, True),
        (needs.style, False),
        (needs.health, False),
    ):
        if breaks(candidate, avoided, strict=strict):
            return False
    return True


def _matters(needs: Needs, wish: Wish) -> bool:
    """Whether something must be left out, so that what no table knows is not proposed."""
    avoided = needs.allergies | wish.avoided | needs.planned | needs.style | needs.health
    return bool(avoided or avoided.unknown)


def breaks(candidate: Candidate, avoided: Avoided, *, strict: bool) -> bool:
    held = candidate.held.possible if strict else candidate.held.holds
    return bool(held & avoided.classes) or bool(avoided.foods_named(candidate.names))


def choose(
    candidates: Sequence[Candidate],
    needs: Needs,
    wish: Wish,
    slot: str,
    *,
    left_kcal: float | None,
    day: date,
    shown: frozenset[str] = frozenset(),
) -> Choice:
    """At most three of `candidates`, the best first; none where nothing is allowed."""
    able = [one for one in candidates if slot in one.slots and allowed(one, needs, wish)]
    fresh = [one for one in able if one.title not in shown] or able
    named = [one for one in fresh if _wanted(one, wish)]
    fresh = named or fresh
    limit = limit_of(wish, left_kcal)
    fitting = [one for one in fresh if limit is None or one.kcal <= limit]
    if not fitting:
        # What was asked for by a number is not bent; what is only left of the day is told.
        smallest = sorted(fresh, key=lambda one: one.kcal)[:PROPOSED]
        return Choice([] if wish.most_kcal else smallest, fits=False)
    ranked = sorted(fitting, key=lambda one: _rank(one, needs, wish, day), reverse=True)
    return Choice(_varied(ranked))


def limit_of(wish: Wish, left_kcal: float | None) -> float | None:
    """What a meal may have at most, in kcal: as it was wished, else what is left of the day."""
    if wish.most_kcal is None and left_kcal is not None and left_kcal >= LEAST_LEFT_KCAL:
        return left_kcal
    return wish.most_kcal


def _wanted(one: Candidate, wish: Wish) -> int:
    """How many of the foods and classes that were named it has."""
    own = {word for name in (one.title, *one.names) for word in keys(name)}
    return sum(food <= own for food in wish.wanted) + bool(wish.wanted_classes & one.held.holds)


def _rank(one: Candidate, needs: Needs, wish: Wish, day: date) -> tuple[float, float]:
    """By the wish for nutrients, then by what else speaks for it; each day in another order."""
    amount = sum(one.nutrients[name] / _usual(name) for name in wish.more)
    amount -= sum(one.nutrients[name] / _usual(name) for name in wish.less)
    score = WANTED * _wanted(one, wish) + TAGGED * len(one.words & wish.tags)
    score += LIKED * min(one.times, MOST_LIKED)
    if needs.told:
        care = [r for r in rules_for(needs.told, one.held.holds) if r.level is Level.CARE]
        score -= CAREFUL * len(care)
    score += 2.0 * (zlib.crc32(f"{day}{one.title}".encode()) % 1000) / 1000
    return score + WANTED * amount if wish.more or wish.less else score, score


def _usual(nutrient: str) -> float:
    """About what a meal has of a nutrient, so that several can be added up."""
    return USUAL[nutrient]


def _varied(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The first of them, not all of the same food and not all from the past."""
    chosen: list[Candidate] = []
    mains: set[str] = set()
    for one in ranked:
        main = one.foods[0][0] if one.foods else one.title
        own = sum(bool(other.items) for other in chosen)
        if main in mains or (one.items and own >= MOST_OWN):
            continue
        mains.add(main)
        chosen.append(one)
        if len(chosen) == PROPOSED:
            break
    return chosen
