"""Units, sizes and containers after a count."""

from typing import Final

import msgspec

from coach.entities import unit_named
from coach.nutrition.foods.survey import portions
from coach.nutrition.foods.word_forms import key
from coach.nutrition.meals.measures import HOUSEHOLD, HOUSEHOLD_UNITS, SIZES, VOLUME, WEIGHT
from coach.nutrition.meals.quantities.amount import Amount
from coach.nutrition.meals.quantities.numbers import begins_name, fraction_at

# Sizes only beside the word "size", as the tables of portions have them.
OF_A_SIZE: Final = {word: portions.SIZES[word] for word in ("snack", "bite", "fun", "king")} | {
    "cracker": portions.SIZES["bite"]
}
# What stands before a unit and is no food: "two breakfast links", "a medium fast food order".
BEFORE_UNITS: Final = (("breakfast", ("link", "patty")), ("fast food", ("serving",)))


def unit_at(words: list[str], i: int) -> tuple[str, int] | None:
    """A unit at `i`: its canonical name (a key of WEIGHT, VOLUME or a household measure)."""
    if i >= len(words):
        return None
    word = words[i]
    if begins_name(words, i):
        return None
    following = words[i + 1] if i + 1 < len(words) else ""
    if word in {"fl", "fluid"} and key(following) in {"oz", "ounce"}:
        return "floz", i + 2
    if word in {"table", "tea"} and key(following) in {"spoon", "spoonful"}:
        return ("tbsp" if word == "table" else "tsp"), i + 2
    if word == "inch" or word == "inches":
        return "inch", i + 1
    for form in (word, key(word)):
        if form in WEIGHT or form in VOLUME:
            return form, i + 1
        if HOUSEHOLD.get(form):
            return HOUSEHOLD[form], i + 1
    short = unit_named(word)  # pcs, pkt
    return (short, i + 1) if short in HOUSEHOLD_UNITS and word not in HOUSEHOLD else None


def with_unit(words: list[str], j: int, amount: Amount) -> tuple[Amount, int]:
    """Sizes, a unit and a container after a count: `12 ounce can`, `cup and a half`."""
    size, j = sizes_at(words, j)
    if words[j : j + 1] in (["one"], ["ones"]) and (size or amount.unit):
        return msgspec.structs.replace(amount, size=size), j + 1  # a croissant, a large one
    unit = unit_at(words, j) or described_unit_at(words, j)
    if unit is None and amount.count is not None and words[j : j + 2] == ["drink", "of"]:
        unit = ("drink", j + 1)
    if unit and unit[0] in {"serving", "piece"} and unit_at(words, unit[1]):
        unit, j = container_of(words, unit, j)
    if unit and unit[0] == "half":
        unit = None
    if unit is None:
        return msgspec.structs.replace(amount, size=size), j
    said, (name, j) = words[j], unit
    count = amount.count
    if j < len(words) and words[j] == "and" and count is not None:
        tail = fraction_at(words, j + 1)
        if tail:
            count, j = count + tail[0], tail[1]
    _, after = sizes_at(words, j)
    container = unit_at(words, after) if name in WEIGHT or name in VOLUME else None
    measured = name not in {"cup", "tbsp", "tsp", "tablespoon", "teaspoon"}
    if container and measured and container[0] not in WEIGHT and container[0] not in {"half"}:
        return (
            msgspec.structs.replace(
                amount,
                count=1.0,
                inner=count or 1.0,
                inner_unit=name,
                unit=container[0],
                unit_said=words[after],
                size=size,
            ),
            container[1],
        )
    if (name in WEIGHT or name in VOLUME) and after > j:
        j = after
    if words[j : j + 1] == ["one"]:
        j += 1  # a bottle of water, the half-litre one
    return msgspec.structs.replace(amount, count=count, unit=name, unit_said=said, size=size), j


def described_unit_at(words: list[str], j: int) -> tuple[str, int] | None:
    """A unit behind a word that only tells of which kind it is."""
    for said, units in BEFORE_UNITS:
        before = said.split()
        unit = unit_at(words, j + len(before)) if words[j : j + len(before)] == before else None
        if unit and unit[0] in units:
            return unit
    return None


def container_of(
    words: list[str], unit: tuple[str, int], j: int
) -> tuple[tuple[str, int] | None, int]:
    """A "single-serving bag" is a bag; of a "six-piece box" the pieces count."""
    container = unit_at(words, unit[1])
    if container is None or container[0] in VOLUME or container[0] in WEIGHT:
        return unit, j
    return (container, unit[1]) if unit[0] == "serving" else ((unit[0], container[1]), j)


def sizes_at(words: list[str], j: int) -> tuple[str, int]:
    size = ""
    while j < len(words) and is_size(words, j) and not begins_name(words, j):
        if words[j] == "medium" and words[j + 1 : j + 2] in (["rare"], ["well"]):
            break  # how a steak was done
        if words[j] == "tall" and words[j + 1 : j + 2] == ["glass"]:
            size, j = "large", j + 1  # of coffees a tall one is the small one
        elif words[j] == "extra":
            size, j = portions.SIZES["extra"], j + 2
        else:
            size, j = OF_A_SIZE.get(words[j]) or SIZES.get(words[j]) or size, j + 1
        if words[j : j + 1] in (["size"], ["sized"]):
            j += 1
    return size, j


def is_size(words: list[str], j: int) -> bool:
    """ "large", "extra large"; a snack or a bite only as a size: "a snack-size container"."""
    following = words[j + 1 : j + 2]
    if following == ["crust"]:
        return False  # "a large thin crust pizza" is large
    if words[j] in OF_A_SIZE:
        return following in (["size"], ["sized"])
    if words[j] == "extra":
        return following == ["large"]
    if words[j] == "kids" and words[j - 1 : j] in (["of"], ["the"], ["my"], ["our"]):
        return False  # "the rest of the kids' fish fingers"
    return words[j] in SIZES
