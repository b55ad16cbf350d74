"""«Dinner same as yesterday»: a meal that is told by another one. English."""

import re
from dataclasses import dataclass
from typing import Final

from coach.nutrition.models.diary import Slot

_SLOT: Final = r"(?:breakfast|lunch|dinner|supper|snacks?)"
_DAY: Final = r"(?:yesterday|last night|the day before)(?:'s)?"
_SAME: Final = re.compile(
    r"^\W*(?:(?:i|we) had |it was |and |so |for )*(?:my )?"
    rf"(?:(?P<slot>{_SLOT})(?: today)?(?: was)?,? )?"
    rf"(?:(?:just |again |exactly )*the )?same (?:(?P<named>{_SLOT}) )?(?:thing |food |again )?as "
    rf"{_DAY}(?: evening| (?P<last>{_SLOT}))?"
    rf"(?: (?:again|please|for (?P<to>{_SLOT})))*\W*$",
    re.IGNORECASE,
)
# What a food is like says nothing of when it was eaten: «one more coffee, same as this morning».
_LIKENESS: Final = re.compile(
    r",? (?:the )?same as (?:(?:this|the) morning|yesterday|last (?:time|night)|before|always|usual"
    r"|earlier|the (?:last|first) one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SameAgain:
    """The meal of yesterday that was had again."""

    slot: Slot
    days_back: int = 1


def same_again(said: str) -> SameAgain | None:
    """The meal that `said` tells by another one; None: it tells foods, or another thing."""
    found = _SAME.match(" ".join(said.replace("’", "'").split()))
    if found is None:
        return None
    slots = [found[name] for name in ("slot", "named", "last", "to") if found[name]]
    if not slots and "last night" in said.lower():
        slots = ["dinner"]
    named = {
        Slot.DINNER if one.lower() == "supper" else Slot(one.lower().rstrip("s")) for one in slots
    }
    return SameAgain(named.pop()) if len(named) == 1 else None


def without_likeness(said: str) -> str:
    """`said` without what its foods are only compared with, where foods are named."""
    return _LIKENESS.sub("", said) if same_again(said) is None else said
