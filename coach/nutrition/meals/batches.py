"""A batch that was cooked, and what of it was eaten.

    "Chilli: 500 g of beef, beans. It gave six portions and I had one."
    → "Chilli: 500 g of beef, beans, shared between 6."
    "A lasagne, it serves six and I had one portion." → "A lasagne, 1 portion."

Only what was weighed is shared: of a dish that is merely named, a portion is a portion.
"""

import re
from typing import Final

from coach.nutrition.meals.quantities import number_at

_NUMBER: Final = (
    r"(?:\d{1,2}(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen"
    r"|twenty)"
)
_UNIT: Final = r"(?:slice|portion|serving|square|piece|bowl)"
# Nothing that could be another food stands behind it: "I had two eggs as well".
_ATE: Final = (
    r"(?:i|my share was|my portion was)(?: had| ate| took| managed)?(?: just| only| about)?"
    rf"(?: my)? (?P<ate>{_NUMBER}|an?|one|half)\b(?! and a half\b)"
    rf"(?: (?:of (?:them|those|it)|(?P<unit>{_UNIT})s?|tonight))*"
    r"(?=\s*(?:$|[.,;:!?]|(?:with|and|for|at|today|this|last|after|before|plus|on|as|but|then)\b))"
)
_PARTS: Final = (
    rf"(?: (?:(?:big |small |good |equal )?(?:(?P<kind>{_UNIT})s|[a-z]+s)|of us|people))?"
)
# What was cooked comes first, then how many it is for, then what was eaten of it.
_MAKES: Final = re.compile(
    r"[.;,]? (?:and )?(?:it|they|this|that|which|the (?:pot|pan|batch|tin|tray|recipe|loaf))"
    r"(?: is| was)? (?:cuts?|made|makes|gave|gives|yielded|yields|serves|served|divided|does|feeds|"
    rf"fed|enough)(?: it)?(?: up)?(?: into?| for)? (?P<parts>{_NUMBER}){_PARTS}"
    rf"(?:[.;,]| and| so| of which)+ {_ATE}",
    re.IGNORECASE,
)
_RECIPE: Final = re.compile(
    rf"\b(?:the|this|my) recipe (?:serves|makes|feeds|is for) (?P<parts>{_NUMBER})"
    r"(?: people| portions)?(?:,| and)? (?:it )?(?:uses|used|needs|takes|calls for|has) "
    rf"(?P<what>[^.;]+)[.;,] (?:and )?{_ATE}",
    re.IGNORECASE,
)
_WEIGHED: Final = re.compile(
    r"\d ?(?:g|kg|ml|l|oz|lbs?)\b|\b(?:grams?|kilos?|ounces?|pounds?|litres?|liters?|cups?|"
    r"tins?|cans?|tablespoons?|tbsp)\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(rf"\s*(?:an?|{_NUMBER})\b", re.IGNORECASE)


def shared(text: str) -> str:
    """`text` with batches as dishes that are shared; as it is where none is told of."""
    return _MAKES.sub(_of_the_dish, _RECIPE.sub(_of_the_recipe, text))


def _of_the_recipe(found: re.Match[str]) -> str:
    what = found["what"]
    is_told = _WEIGHED.search(what) or _COUNTED.match(what)
    return f"{what}, {_between(found) if is_told else _portions(found, 'portion')}"


def _of_the_dish(found: re.Match[str]) -> str:
    beside = re.split(r"[.;\n]", found.string[: found.start()])[-1]
    if _WEIGHED.search(beside):
        return f", {_between(found)}"
    return f", {_portions(found, found['unit'] or found['kind'] or 'portion')}"


def _between(found: re.Match[str]) -> str:
    parts, ate = _value(found["parts"]), _value(found["ate"])
    if ate >= parts:
        return ""
    # "My half", where it is for two, is one of two.
    people = parts if ate < 1 else parts / ate
    return f"shared between {people:g}"


def _portions(found: re.Match[str], unit: str) -> str:
    parts, ate = _value(found["parts"]), _value(found["ate"])
    if ate >= parts:
        return ""
    count = max(ate, 1.0)
    return f"{count:g} {unit.lower()}" + ("s" if count > 1 else "")


def _value(said: str) -> float:
    number = number_at([said.lower()], 0)
    if number is not None:
        return number[0]
    return 0.5 if said.lower() == "half" else 1.0
