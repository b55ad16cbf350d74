"""A quantity as it was said, and what a later quantity makes of an earlier one."""

from typing import Final

import msgspec

from coach.nutrition.meals.measures import VOLUME, WEIGHT

CUT: Final = frozenset({"slice", "piece"})
LOOSE: Final = frozenset({"side", "serving", "portion", "plate", "bit"})


class Amount(msgspec.Struct, frozen=True):
    """A quantity as said. All parts are optional but at least one is there.

    `count` of `unit` ("2 slices"), of a weight or volume ("200 g"), of things of a `size`, or of
    containers that hold `inner` of `inner_unit` each ("two 330 ml cans"). `vague` is some, bit or
    lot. `article` when the count is only "a". `of` is "them" or "each" when it speaks of foods
    named before ("two of them", "a cup each").
    """

    count: float | None = None
    unit: str = ""
    size: str = ""
    inner: float | None = None
    inner_unit: str = ""
    vague: str = ""
    article: bool = False
    unit_said: str = ""
    negative: bool = False
    of: str = ""


def refined(old: Amount | None, new: Amount) -> Amount | None:
    """What an amount said after the food makes of the one before it; None: nothing to do with it.

    "a steak, 8 oz" is 8 oz, "two burritos but I only ate half" is half of two.
    """
    if old is None or old.vague:
        return new
    if new.unit == "kcal":
        return new  # a shake, 330 ml, 200 kcal: what its label says
    if is_measured(new) and not (new.article and is_measured(old)):
        return new  # a bowl of cornflakes, about a cup
    # A kit kat, two fingers; a fillet, 150 g; a side of bacon, three strips.
    restated = not old.unit or old.unit in LOOSE or new.unit in WEIGHT
    one = old.article or old.count is None or (old.count == 1 and old.unit in LOOSE)
    cut = old.unit in {"", "inch"} and new.unit in CUT  # two pizzas, of which three slices
    if new.unit and restated and (one or cut):
        return new
    if is_share(new):
        return msgspec.structs.replace(old, count=(old.count or 1.0) * (new.count or 1.0))
    sized = new.count is None or new.article
    if new.size and sized and not (new.unit or old.size):
        return msgspec.structs.replace(old, size=new.size)
    return None


def is_measured(amount: Amount) -> bool:
    """Whether it is a weight or a volume."""
    return amount.unit in WEIGHT or amount.unit in VOLUME


def is_bare(amount: Amount | None) -> bool:
    """No amount, or no more than "a"."""
    return amount is None or (amount.article and not amount.unit and not amount.size)


def is_share(amount: Amount) -> bool:
    """A fraction of something that need not be named again: half, a third."""
    return not amount.unit and amount.count is not None and 0 < amount.count < 1


def for_each(old: Amount | None, one: Amount) -> Amount:
    """ "Two apples, 150 g each" are 300 g."""
    one = msgspec.structs.replace(one, of="")
    if old is None or old.count is None or not one.unit:
        return one
    return msgspec.structs.replace(one, count=(one.count or 1.0) * old.count)
