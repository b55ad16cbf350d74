"""Answer what is in a food, or which of two has more. Reads only."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coach.meaning.in_english import in_english
from coach.meaning.plain_speech import plain_speech
from coach.nutrition.reading import DiaryFood, find_foods
from coach.nutrition.speech.phrasing import NAMES, listed, rounded, spoken
from coach.nutrition.speech.questions import nutrients_in

MOST_FOODS = 4
# What a question says around the foods it asks about.
AROUND = re.compile(
    r"\b(?:how (?:much|many)|what(?:'?s| is| are)?|which|does|do|has|have|is|are|there|the|tell me"
    r"|about|nutrition(?:al)?(?: facts| values?| info\w*)?|facts?|contents?|content|in total"
    r"|(?<!\d )(?:milli)?grams? of|amount of|more|less|fewer|most|least|higher|lower|usually"
    r"|typically|it|better|worse|healthier|good|bad|healthy|really|true|false|they say"
    r"|me|can you|please|look up|find|search(?: for)?|check|contains?|got|get|any"
    r"|grams?(?= (?:protein|fat|carb|sugar)))\b",
    re.IGNORECASE,
)
NUTRIENT = re.compile(
    r"\b(?:saturated fats?|proteins?|carb(?:s|ohydrates?)?|fib(?:re|er)|sugars?|sodium|salt|fats?"
    r"|k?cal(?:orie)?s?|kilocalories|energy|nutrients?|macros?)\b(?!\s+(?:free|powder|bar|shake))",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"(?<=better )then\b|(?<=worse )then\b|(?<=more )then\b|(?<=less )then\b|(?<=healthier )then\b"
    r"|\b(?:or|than|versus|vs\.?|compared (?:to|with))\b",
    re.IGNORECASE,
)
FEWER = re.compile(r"\b(?:less|fewer|least|fewest|lower|lowest)\b", re.IGNORECASE)
LEADING = re.compile(r"^(?:\s|[,.?!;:]|\b(?:in|of|for|with|from)\b)+", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    say: str
    foods: list[dict[str, Any]]


def look_up(said: str) -> Found:
    """One sentence about the foods that `said` names, with what their tables say."""
    said = plain_speech(in_english(said))
    halves = BETWEEN.split(said)
    # "is honey better than sugar": what stands alone beside "than" is a food, and no nutrient.
    asked = nutrients_in(" ".join(half for half in halves if foods_in(half)))
    asked = asked or ("kcal", "protein_g")
    several = len(halves) > 1
    parts = [foods_in(half) or (_bare(half) if several else "") for half in halves]
    most = 1 if len(parts) > 1 else None
    foods = [food for part in parts if part for food in find_foods(part)[:most]][:MOST_FOODS]
    if not foods:
        names = listed([part for part in parts if part])
        if not names:
            return Found(_("Which food do you mean?"), [])
        return Found(_("I don't have %(food)s in my tables.") % {"food": names}, [])
    facts = [_facts(food) for food in foods]
    if len(foods) > 1 and len(parts) > 1:
        return Found(_compare(foods, asked[0], fewer=bool(FEWER.search(said))), facts)
    return Found(" ".join(_describe(food, asked) for food in foods), facts)


def foods_in(part: str) -> str:
    """The words of a question that name its food: "how much protein is in an egg" → "an egg"."""
    return _bare(NUTRIENT.sub(" ", part))


def _bare(part: str) -> str:
    bare = AROUND.sub(" ", re.sub(r"[?!.]+\s*$", "", part))
    bare = re.sub(r"'s\b", " ", bare)
    return re.sub(r"\s+", " ", LEADING.sub("", re.sub(r"\s+", " ", bare))).strip(" ,;:")


def _describe(food: DiaryFood, asked: tuple[str, ...]) -> str:
    # Without an amount of its own the weight is the amount: "in 126 grams of tofu".
    sentence = (
        _("In %(food)s, about %(grams)s grams, there are %(nutrients)s.")
        if food.spoken.lower() != food.name.lower()
        else _("In %(grams)s grams of %(food)s there are %(nutrients)s.")
    )
    return sentence % {
        "food": food.spoken,
        "grams": rounded(food.grams),
        "nutrients": listed([spoken(food.nutrients.get(name, 0), name) for name in asked]),
    }


def _in_100_g(food: DiaryFood, nutrient: str) -> float:
    """What 100 g of it hold; a food that counts for nothing (ice) holds nothing."""
    return 100 * food.nutrients.get(nutrient, 0) / food.grams if food.grams else 0.0


def _compare(foods: list[DiaryFood], nutrient: str, *, fewer: bool) -> str:
    shares = [(food.name, _in_100_g(food, nutrient)) for food in foods]
    ranked = sorted(shares, key=lambda pair: pair[1], reverse=not fewer)
    numbers = [f"{name.lower()} {spoken(share, nutrient)}" for name, share in ranked]
    if rounded(ranked[0][1], nutrient) == rounded(ranked[1][1], nutrient):
        return _("Weight for weight they are alike: in 100 grams, %(numbers)s.") % {
            "numbers": listed(numbers)
        }
    sentence = (
        _("Weight for weight, %(food)s has less %(nutrient)s: in 100 grams, %(numbers)s.")
        if fewer
        else _("Weight for weight, %(food)s has more %(nutrient)s: in 100 grams, %(numbers)s.")
    )
    return sentence % {
        "food": ranked[0][0].lower(),
        "nutrient": NAMES[nutrient],
        "numbers": listed(numbers),
    }


def _facts(food: DiaryFood) -> dict[str, Any]:
    return {
        "food": food.name,
        "amount": food.amount,
        "grams": round(food.grams),
        **{name: round(value, 1) for name, value in food.nutrients.items()},
    }
