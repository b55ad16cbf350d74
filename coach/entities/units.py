"""Units: their canonical names, what they measure, and what one is worth."""

from typing import Final, Literal

from coach.entities.sentence import Sentence

Kind = Literal["mass", "volume", "length", "energy"]

# In grams, millilitres, millimetres and kilocalories. Cups and spoons are those of the USA.
SIZES: Final[dict[Kind, dict[str, float]]] = {
    "mass": {
        "pfund": 500,
        "mcg": 0.000_001, "mg": 0.001, "g": 1, "kg": 1000, "oz": 28.349_523, "lb": 453.592_37,
        "st": 6350.293_18,
    },
    "volume": {
        "ml": 1, "cl": 10, "dl": 100, "l": 1000, "tsp": 4.928_922, "tbsp": 14.786_765,
        "floz": 29.573_53, "cup": 236.588_237, "pint": 473.176_473, "quart": 946.352_946,
        "gallon": 3785.411_784,
    },
    "length": {
        "mm": 1, "cm": 10, "m": 1000, "km": 1_000_000, "inch": 25.4, "foot": 304.8,
        "mile": 1_609_344,
    },
    "energy": {"kcal": 1, "kj": 1 / 4.184},
}  # fmt: skip
KIND_OF: Final = {unit: kind for kind, units in SIZES.items() for unit in units}
# Units that only one language has, in units that all have.
NORMAL: Final = {"pfund": ("g", 500.0)}
# Small units that complete a larger one, also where only the larger is named ("11 stone 4").
COMPLETES: Final = {"st": "lb", "foot": "inch", "lb": "oz"}
IMPLIED: Final = {"st": ("lb", 14), "foot": ("inch", 12), "m": ("cm", 100)}
STOP_AFTER: Final = frozenset(
    {"c", "oz", "tbsp", "tsp", "tbs", "g", "gr", "kg", "ml", "lb", "lbs", "pt", "qt", "gal", "pkg",
     "pkt", "pcs", "fl", "t", "l", "min", "hr", "hrs", "mins", "st", "ft", "el", "tl", "cl", "cda",
     "cdta", "cs", "cc"}
)  # fmt: skip
HOT_C, HOT_F = 30.0, 90.0  # above them a C or F after a number is a temperature


def kind_of(unit: str) -> Kind | None:
    """What the unit measures; None for counts and household measures."""
    return KIND_OF.get(unit)


def convert(value: float, unit: str, to: str) -> float:
    """`value` of `unit` in units of `to`. Raises ValueError where they measure different things."""
    kind = KIND_OF.get(unit)
    if unit == to:
        return value
    if kind is None or KIND_OF.get(to) != kind:
        raise ValueError(f"{unit} and {to} do not measure the same")
    return value * SIZES[kind][unit] / SIZES[kind][to]


def unit_at(sentence: Sentence, i: int, value: float = 1.0) -> tuple[str, int] | None:
    """The unit at token `i` after the number `value`: its canonical name and the token after it."""
    written = sentence.written(i)
    if written in {"C", "F"} and value >= (HOT_C if written == "C" else HOT_F):
        return ("celsius" if written == "C" else "fahrenheit"), i + 1
    if written in sentence.vocabulary.units_as_written:
        return sentence.vocabulary.units_as_written[written], after_stop(sentence, i + 1)
    for rest, name in sentence.vocabulary.units.get(sentence.word(i), ()):
        end = rest_at(sentence, i + 1, rest)
        if end is not None:
            return name, after_stop(sentence, end)
    return None


def rest_at(sentence: Sentence, i: int, rest: tuple[str, ...]) -> int | None:
    """The token after the words `rest` at `i`; a full stop may stand before each ("fl. oz")."""
    for word in rest:
        if sentence.word(i) == "." and sentence.token(i).glued:
            i += 1
        if sentence.word(i) != word:
            return None
        i += 1
    return i


def after_stop(sentence: Sentence, i: int) -> int:
    """The token after the full stop of an abbreviation, if the sentence goes on behind it.

    "200 g. of rice" goes on; in "200 g. It was good" the stop ends the sentence.
    """
    stop, following = sentence.token(i), sentence.token(i + 1)
    if stop.text != "." or not stop.glued or sentence.word(i - 1) not in STOP_AFTER:
        return i
    goes_on = sentence.written(i + 1)[:1].islower() or following.kind == "number"
    return i + 1 if goes_on and not following.glued else i
