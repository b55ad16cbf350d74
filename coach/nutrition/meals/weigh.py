"""How much an amount of a food weighs, and how to say it."""

from typing import Final

import msgspec

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.records import FNDDS, FoodRecord
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.measures import COOKED_IN, VOLUME, WEIGHT
from coach.nutrition.meals.quantities import Amount

LIQUID: Final = words_of("soda juice water coffee tea latte smoothie milk beer wine spirit soup")
DRINKS: Final = LIQUID - {"soup"}
SIZE_FACTOR: Final = {
    "small": 0.75, "medium": 1.0, "large": 1.3, "mini": 0.4, "jumbo": 1.5, "double": 2.0,
    "thick": 1.4, "thin": 0.8, "heaped": 1.25, "personal": 1.0,
}  # fmt: skip
# Measures that any food may come in; a share of its usual portion, or grams.
SHARES: Final = {
    "serving": 1.0, "portion": 1.0, "piece": 0.0, "half": 0.5, "side": 0.6, "plate": 1.5,
    "bowl": 1.2, "bit": 0.5, "stack": 3.0, "head": 4.0,
}  # fmt: skip
FIXED: Final = {
    "glass": 240.0, "mug": 300.0, "can": 330.0, "bottle": 500.0, "handful": 30.0, "scoop": 60.0,
    "spoon": 15.0, "dollop": 20.0, "splash": 15.0, "dash": 5.0, "drizzle": 10.0, "pinch": 0.5,
    "squeeze": 5.0, "knob": 10.0, "pat": 5.0, "packet": 30.0, "pouch": 90.0, "carton": 240.0,
    "box": 150.0, "bag": 50.0, "pot": 150.0, "tub": 150.0, "jar": 200.0, "container": 170.0,
    "shot": 42.0, "katori": 150.0, "ladle": 100.0, "bite": 12.0, "sip": 15.0, "cube": 15.0,
    "wedge": 60.0, "chunk": 25.0, "square": 10.0, "strip": 20.0, "sheet": 3.0, "leaf": 8.0,
    "bunch": 120.0, "basket": 150.0, "block": 200.0, "drop": 1.0, "measure": 42.0, "peg": 42.0,
    "sprig": 1.0, "bucket": 400.0, "flask": 500.0, "ball": 30.0, "slice": 28.0,
}  # fmt: skip
FINGERS: Final = 4  # of one sandwich
CUTS: Final = frozenset({"square", "slice", "wedge", "chunk", "strip", "block", "rasher"})
COOKED: Final = words_of("soup curry dish pasta grain meat fish veg sauce hotcereal salad")
CUP_ML: Final = VOLUME["cup"]
DRY_AT_MOST_G: Final = 100.0
SUB_INCHES: Final = 6
ROLLS: Final = "Sushi roll"
MANY_PIECES: Final = 4
INCH_SIZES: Final = ((7, "personal"), (10, "small"), (12, "medium"), (99, "large"))


class Weighed(msgspec.Struct, frozen=True):
    """`grams` of `food`, said as `text`."""

    grams: float
    text: str
    food: FoodRecord


def weigh(entry: Entry, amount: Amount | None, *, plural: bool, dry: bool = False) -> Weighed:
    """Grams of an amount of a food. Without an amount, what is usual for a singular or a plural."""
    if amount is None or (amount.vague and not amount.unit):
        grams = bare(entry, plural) * {"bit": 0.5, "lot": 1.6}.get(
            amount.vague if amount else "", 1
        )
        return Weighed(grams, f"about {nice(grams)} g", entry.food)
    count = 1.0 if amount.count is None else amount.count
    if amount.inner is not None:
        inner = Amount(count=amount.inner, unit=amount.inner_unit)
        one = weigh(entry, inner, plural=plural)
        text = f"{number(count)} × {one.text}" if count != 1 else f"{one.text} {amount.unit}"
        return Weighed(one.grams * count, text, one.food)
    if amount.unit in WEIGHT and not fluid(entry, amount.unit):
        return by_weight(entry, count * WEIGHT[amount.unit], dry=dry)
    if amount.unit == "kcal":
        grams = 100.0 * count / max(entry.food.nutrients.kcal, 1.0)
        return Weighed(grams, f"{number(count)} kcal", entry.food)
    if amount.unit == "inch" and "sub" in entry.measures:
        grams = entry.measures["sub"] * count / SUB_INCHES
        return Weighed(grams, f"{number(count)} inch", entry.food)
    if amount.unit == "inch":
        name = next((name for most, name in INCH_SIZES if count <= most), INCH_SIZES[-1][1])
        grams = entry.measures.get(name, entry.usual)
        return Weighed(grams, f"{number(count)} inch", entry.food)
    if amount.unit in VOLUME or fluid(entry, amount.unit):
        return by_volume(entry, amount, count, dry=dry)
    if amount.unit:
        each = household(entry, amount.unit, amount.size)
        said = " ".join(filter(None, (amount.size, amount.unit)))
        return Weighed(count * each, f"{number(count)} {many(said, count)}", entry.food)
    return counted(entry, amount, count, plural)


def bare(entry: Entry, plural: bool) -> float:
    """Grams when no amount was said: eggs are two, grapes a portion."""
    return 2 * entry.each if plural and entry.counted and pieces(entry) else entry.usual


def pieces(entry: Entry) -> bool:
    """Whether a plural of it means more than one portion."""
    mass = {"grain", "pasta", "cereal", "hotcereal", "veg", "nut", "fries", "snack", "spread"}
    return entry.kind not in mass | {"sauce", "curry", "soup", "salad", "fat", "icecream"}


def fluid(entry: Entry, unit: str) -> bool:
    """Ounces of a drink are fluid ounces."""
    return unit in {"oz", "ounce"} and entry.kind in LIQUID


def by_weight(entry: Entry, grams: float, *, dry: bool) -> Weighed:
    food = entry.food
    if entry.dry and (dry or (entry.kind == "hotcereal" and grams <= DRY_AT_MOST_G)):
        food = entry.dry
    return Weighed(grams, f"{nice(grams)} g", food)


def by_volume(entry: Entry, amount: Amount, count: float, *, dry: bool) -> Weighed:
    """Cups, spoons and millilitres: the food's own measure, else by what its cup weighs."""
    unit = {"oz": "floz", "ounce": "floz"}.get(amount.unit, amount.unit)
    said = {"tablespoon": "tbsp", "tbs": "tbsp", "tb": "tbsp", "teaspoon": "tsp"}.get(unit, unit)
    said = said.removesuffix("ful")
    food = entry.food
    cup = entry.measures.get("cup")
    if entry.by_volume and said in {"cup", "tbsp", "tsp"} and not dry:
        food, cup = entry.by_volume, 81.0
    one = entry.measures.get(said) if food is entry.food else None
    factor = SIZE_FACTOR["heaped"] if amount.size == "heaped" else 1.0
    if said == "cup" and f"{amount.size} container" in entry.measures:
        one = entry.measures[f"{amount.size} container"]  # "a snack size cup of applesauce"
    if said == "cup" and amount.size in {"small", "large"}:
        one = entry.measures.get(amount.size) if entry.kind in LIQUID else one
        factor = 1.0 if entry.kind in LIQUID else SIZE_FACTOR[amount.size]
    if one is None and "floz" in entry.measures:
        one = VOLUME[unit] * entry.measures["floz"] / VOLUME["floz"]
    if one is None:
        spoon = entry.measures.get("tbsp")
        if entry.kind in LIQUID and said != "cup" and cup and entry.kind not in {"latte", "coffee"}:
            cup = CUP_ML * (1.03 if entry.kind in {"milk", "juice", "soda"} else 1.0)
        elif entry.kind in {"latte", "coffee", "tea"}:
            cup = CUP_ML if said != "cup" else cup
        density = cup / CUP_ML if cup else spoon / VOLUME["tbsp"] if spoon else 1.0
        one = VOLUME[unit] * density
    whole = {"cup", "pint", "quart", "gallon", "liter", "litre"}
    sign = {"floz": "fl oz"}.get(said, many(said, count) if said in whole else said)
    return Weighed(count * one * factor, f"{number(count)} {sign}", food)


def household(entry: Entry, unit: str, size: str) -> float:
    """Grams of one slice, bowl, can …"""
    measures = entry.measures
    exact = measures.get(f"{size} {unit}")
    if size and exact is not None:
        return exact
    if unit in COOKED_IN and (unit != "pot" or entry.kind in COOKED):
        return entry.usual
    if unit in {"portion", "serving"} and unit not in entry.own:
        one = entry.usual
    elif unit in measures:
        one = measures[unit]
    elif unit == "piece":
        one = entry.each
    elif unit == "finger" and entry.kind == "sandwich":
        one = entry.each / FINGERS
    elif unit in CUTS and entry.own & {"slice", "piece"}:
        one = measures["piece" if "piece" in entry.own else "slice"]
    elif unit in {"cup", "glass"} and "cup" in measures:
        one = measures["cup"]
    elif unit == "bowl" and "cup" in measures:
        one = max(measures["cup"], entry.usual * SHARES["bowl"])
    elif SHARES.get(unit):
        one = entry.usual * SHARES[unit]
    elif unit in FIXED:
        one = FIXED[unit]
    else:
        one = entry.each
    if not size:
        return one
    if unit == "slice" and size in {"large", "thick"} and "thick" in measures:
        return measures["thick"]
    if unit == "slice" and size in {"small", "thin"} and "thin" in measures:
        return measures["thin"]
    if entry.kind == "pizza" and unit in CUTS:
        return one  # the slice of the table is one of a large pizza
    if size in measures and (entry.kind in DRINKS or unit in {"piece", "serving", "portion"}):
        return measures[size]
    return one * SIZE_FACTOR.get(size, 1.0)


def counted(entry: Entry, amount: Amount, count: float, plural: bool) -> Weighed:
    """Grams of so many of it: two eggs, a large banana, half an avocado, ten grapes."""
    size = amount.size
    if size and size in entry.measures:
        one = entry.measures[size]
    else:
        one = entry.each
        if count >= MANY_PIECES and entry.counted and entry.food.name.startswith(ROLLS):
            one = entry.measures.get("piece", one)  # six cucumber rolls are six pieces
        if not entry.counted and amount.article and plural:
            one = entry.usual
        if count < 1 and "entire" in entry.measures:
            one = entry.measures["entire"]
        if "whole" in entry.measures:
            one = entry.measures["whole"]
        if not entry.counted and amount.count is None:
            one = entry.usual
        one *= 1.0 if size == "mini" and entry.food.source == FNDDS else SIZE_FACTOR.get(size, 1.0)
    if size and plural and entry.counted and amount.count is None and pieces(entry):
        count = 2.0
    text = " ".join(filter(None, (number(count), size)))
    return Weighed(count * one, text, entry.food)


def number(value: float) -> str:
    """A count for a person: 2, ½, 1½, 0.3."""
    whole, part = int(value), value - int(value)
    sign = {0.5: "½", 0.25: "¼", 0.75: "¾"}.get(round(part, 2))
    if sign:
        return f"{whole or ''}{sign}"
    if abs(part - 1 / 3) < 0.01:
        return f"{whole or ''}⅓"
    if abs(part - 2 / 3) < 0.01:
        return f"{whole or ''}⅔"
    return f"{round(value, 2):g}"


def nice(grams: float) -> str:
    """Grams for a person: whole above 10, one decimal below."""
    return f"{grams:.0f}" if grams >= 10 else f"{round(grams, 1):g}"


def many(unit: str, count: float) -> str:
    """The unit in the plural where the count asks for it."""
    if count <= 1 or (unit.endswith("s") and not unit.endswith("ss")):
        return unit
    if unit.endswith(("ch", "sh", "x", "ss")):
        return unit + "es"
    return unit[:-1] + "ves" if unit in {"loaf", "leaf", "half"} else unit + "s"
