"""A batch that was cooked, and what of it was eaten, said as a dish that is shared.

"Chilli: 500 g of beef, beans. It gave six portions and I had one."
→ "Chilli: 500 g of beef, beans, shared between 6."
"""

import re
from typing import Final

from coach.nutrition.meals.quantities import number_at

_NUMBER: Final = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty)"
)
_ATE: Final = (
    r"(?:i|my share was|my portion was)(?: had| ate| took| managed)?(?: just| only| about)?"
    rf"(?: my)? (?P<ate>{_NUMBER}|an?|one|half)\b"
    r"(?: (?:of (?:them|those|it)|slices?|portions?|servings?|squares?|pieces?|bowls?|tonight))*"
)
_PARTS: Final = r"(?: (?:big |small |good |equal )?[a-z]+s| of us| people)?"
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


def shared(text: str) -> str:
    """`text` with batches as dishes that are shared; as it is where none is told of."""
    text = _RECIPE.sub(lambda found: f"{found['what']}, {_between(found)}", text)
    return _MAKES.sub(lambda found: f", {_between(found)}", text)


def _between(found: re.Match[str]) -> str:
    parts, ate = _value(found["parts"]), _value(found["ate"])
    if ate >= parts:
        return ""
    # "My half", where it is for two, is one of two.
    people = parts if ate < 1 else parts / ate
    return f"shared between {people:g}"


def _value(said: str) -> float:
    number = number_at([said.lower()], 0)
    if number is not None:
        return number[0]
    return 0.5 if said.lower() == "half" else 1.0
