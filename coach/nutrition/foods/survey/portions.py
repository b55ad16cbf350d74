"""What the portions of a food of FNDDS weigh, by the words that people measure with.

"1 large or thick slice" → "large slice", "thick slice"
"1 piece, medium pizza"  → "medium piece"
"1 egg"                  → "one"
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from coach.nutrition.foods.entry import UNSPECIFIED
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.word_forms import key, words_of

ONE: Final = "one"  # one of the food itself: an egg, a sandwich
# What one of a food is, where its table does not say.
PIECES: Final = ("roll", "piece", "link", "patty", "fillet", "ear", "spear", "stick", "strip")
USUAL: Final = "usual"
UNITS: Final = {
    "cup": "cup", "tablespoon": "tbsp", "teaspoon": "tsp", "slice": "slice", "piece": "piece",
    "can": "can", "bottle": "bottle", "bar": "bar", "packet": "packet", "package": "packet",
    "pack": "packet", "scoop": "scoop", "stick": "stick", "patty": "patty", "link": "link",
    "strip": "strip", "fillet": "fillet", "container": "container", "bowl": "bowl",
    "pouch": "pouch",
    "bag": "bag", "box": "box", "carton": "carton", "jar": "jar", "tub": "tub", "wedge": "wedge",
    "chunk": "chunk", "spear": "spear", "stalk": "stalk", "clove": "clove", "leaf": "leaf",
    "ear": "ear", "shot": "shot", "jigger": "shot", "pat": "pat", "section": "segment",
    "ring": "ring", "loaf": "loaf", "cone": "cone", "cube": "cube", "nugget": "piece",
    "floweret": "floret", "head": "head", "glass": "glass", "order": "serving", "meal": "serving",
    "serving": "serving", "drink": "drink", "roll": "roll", "half": "half", "submarine": "sub",
    "sandwich": "one", "item": "one", "fruit": "one", "whole": "one", "nut": "one", "berry": "one",
    "tray": "serving", "twist": "stick", "finger": "finger", "rack": "rack", "square": "square",
    "sheet": "sheet", "cobette": "cob", "envelope": "packet", "dip": "scoop",
}  # fmt: skip
SIZES: Final = {
    "small": "small", "thin": "thin", "miniature": "mini", "mini": "mini", "bite": "mini",
    "medium": "medium", "regular": "medium", "large": "large", "thick": "thick",
    "extra": "jumbo", "personal": "personal", "individual": "single", "single": "single",
    "tiny": "mini", "slider": "mini", "snack": "snack", "fun": "mini", "jumbo": "jumbo",
    "king": "jumbo", "value": "value", "kid": "kid", "child": "kid", "nf": "",
}  # fmt: skip
CUT: Final = frozenset({"slice", "piece"})
IDLE: Final = words_of("or and any size sized very nfs ns as to serving the of")
# Weighed without what is thrown away, or dry: not what "a cup" of it means. A nugget is a piece
# only where there is none.
NOT_AS_EATEN: Final = re.compile(r"nugget|yield|shell|raw|dry|crust not eaten|with ice|melted")
# Sold under a maker's name: what one of it weighs is no measure of the food. These are no makers.
MAKER: Final = re.compile(
    r"\b(?!NFS|NS|English|French|Vienna|Italian|Kaiser|Texas|Danish|Belgian)[A-Z][a-z]"
)
WHOLE_PAN: Final = re.compile(r"\([^)]*\bpan\)")
FLUID_OUNCE: Final = re.compile(r"^fl oz")
INSIDE: Final = re.compile(r"\(([^)]*)\)")
OF_A_SIZE: Final = re.compile(r"\W*(\d+ )?[\w-]+ size\W*")
LEADING: Final = re.compile(r"^\s*(\d+/\d+|\d*\.?\d+)?\s*(.*)$")


def measures_of(food: FoodRecord) -> dict[str, float]:
    """Grams of one of each measure.

    Of several portions of one measure the usual one is meant, else the first.
    """
    every: dict[str, list[float]] = defaultdict(list)
    later: dict[str, list[float]] = defaultdict(list)
    usual = 0.0
    for text, grams in food.portions:
        if grams <= 0:
            continue
        if text.lower() == UNSPECIFIED:
            usual = grams
            continue
        count, rest = counted(text)
        another = NOT_AS_EATEN.search(rest.lower()) or MAKER.search(rest)
        into = later if another else every
        for name in measure_names(rest, food):
            into[name].append(grams / count)
    found = {USUAL: usual} if usual else {}
    found |= {name: usual if usual in several else several[0] for name, several in every.items()}
    found = bare_units(found, usual) | found
    others = {name: several[0] for name, several in later.items()}
    others = bare_units(others, usual) | others
    if found.get(ONE) != usual:  # a crescent roll is no medium croissant
        found |= {ONE: found[f"medium {ONE}"]} if f"medium {ONE}" in found else {}
    if "piece" in found and "slice" not in found:  # of pizza the tables have pieces
        found |= {n.replace("piece", "slice"): g for n, g in found.items() if n.endswith("piece")}
    return others | found


def counted(text: str) -> tuple[float, str]:
    """ "1/2 bagel" → (0.5, "bagel")."""
    read = LEADING.match(text)
    number, rest = (read[1], read[2]) if read else (None, text)
    if not number:
        return 1.0, rest
    above, _, below = number.partition("/")
    return (float(above) / float(below or 1)) or 1.0, rest


def measure_names(text: str, food: FoodRecord) -> Iterator[str]:
    """All measures that a portion's text tells of."""
    low = text.lower()
    if FLUID_OUNCE.match(low):
        yield "floz"
        return
    if WHOLE_PAN.search(low):
        yield "whole"
        return
    plain = INSIDE.sub(" ", low)
    main, _, detail = plain.partition(",")
    main_words, detail_words = words_in(main), words_in(detail)
    sizes = sizes_in(main_words) or sizes_in(detail_words)
    own = set(words_in(" ".join((food.name, *food.names)).lower()))
    units = units_in(main_words, own)
    if any(map(OF_A_SIZE.fullmatch, main.split("/"))):
        units = list(dict.fromkeys([*units, ONE]))  # "pouch/regular size": one of that size
    for unit in units:
        if not sizes:
            yield unit
        for size in filter(None, sizes):
            yield f"{size} {unit}"
            if unit in {ONE, "drink", "serving"}:
                yield size


def words_in(text: str) -> list[str]:
    return [key(word) for word in re.findall(r"[a-z]+", text)]


def sizes_in(words: Iterable[str]) -> list[str]:
    """The sizes, of which "regular" is the medium one; "cracker-size" is as small as can be."""
    words = list(words)
    sizes = ["mini"] if words[:2] == ["cracker", "size"] else []
    return sizes or list(dict.fromkeys(SIZES[word] for word in words if word in SIZES))


def units_in(words: list[str], own: set[str]) -> list[str]:
    """The units of a portion; one of the food itself where its name says so, or nothing else."""
    plain = [word for word in words if word not in SIZES and word not in IDLE]
    if not plain:
        return [ONE]
    found = [UNITS[word] for word in plain if word in UNITS]
    if any(word in own for word in plain[-1:]):
        kinds = [word for word in plain[:-1] if word not in own]  # a cherry tomato
        found += kinds or [ONE]
    return list(dict.fromkeys(found)) or plain[-1:]


def bare_units(found: dict[str, float], usual: float) -> dict[str, float]:
    """Where the table has only sizes of a bag, it is the usual one; of a slice, the medium."""
    sized = [name.partition(" ") for name, grams in found.items() if grams == usual]
    bare = {u: usual for size, _, u in sized if u and u not in CUT and size != "mini"}
    for order in ("medium", "thick", "large", "thin", "small", "single", "mini"):
        for name, grams in found.items():
            size, _, unit = name.partition(" ")
            if size == order and unit:
                bare.setdefault(unit, grams)
    return bare
