"""Which classes a food is of, or holds, by the words of its name: "cheese omelette" → milk, egg.

The phrases are in `data/food_classes.toml`. The longest phrase at a place wins. What is said to be
left out ("without milk", "egg-free", "vegan") is left out here too. Pure: no database.
"""

import tomllib
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.word_forms import keys, tokens, words_of

MEAT: Final = words_of("beef pork lamb poultry other_meat")
SEAFOOD: Final = words_of("fish crustacean mollusc")
FROM_ANIMALS: Final = MEAT | SEAFOOD | words_of("milk egg honey")
OF_MEAT: Final = MEAT | words_of("red_meat tyramine purine")
# Dishes that are of meat unless another food stands right before them: "burger", "bean burger".
BY_DEFAULT: Final = frozenset(
    keys(
        "burger hamburger cheeseburger taco sausage chili meatball lasagna lasagne bolognese kebab"
    )
    + keys("meatloaf keema nugget schnitzel")
)
CURED: Final = frozenset(keys("bacon ham salami pepperoni sausage mince hot"))
PLANTS: Final = frozenset(
    keys(
        "tofu tempeh veggie vegetable veg vegetarian mushroom halloumi paneer jackfruit quorn vegan"
    )
    + keys("based meatless bean lentil chickpea cauliflower pea soy soya")
)
OTHER_MEAT: Final = frozenset(keys("chicken turkey fish salmon tuna prawn shrimp cod lamb"))
WITHOUT: Final = words_of("without no sans zero")
FREE: Final = "free"
VEGAN: Final = "vegan"
PLANT_BASED: Final = ("plant", "based")
NO_MEAT: Final = words_of("vegetarian veggie meatless")
# Where what one word says of a dish ends: "vegan cheese with egg".
JOINS: Final = words_of("with and plus , ; : . / \n")
# A part of only these speaks of the one before it: "Burger, vegan".
MODIFIERS: Final = NO_MEAT | words_of("vegan plant based style")
OTHER_CLASS_WORDS: Final = words_of("dairy lactose wheat meat")
RANGE: Final = "range"  # "free range" frees of nothing
# The tables put a shelf before the food: "Nuts, almonds" are no mixed nuts.
SHELVES: Final = words_of("nuts seeds spices snacks candies beverages cookies oil")
INSTEAD: Final = "instead"
MAX_CACHED: Final = 20_000


class Holds(msgspec.Struct, frozen=True):
    """`holds`: what a food is or holds; `may`: what it often holds, which only a label tells."""

    holds: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()

    def __or__(self, other: "Holds") -> "Holds":
        return Holds(self.holds | other.holds, self.may | other.may)

    @property
    def possible(self) -> frozenset[str]:
        return self.holds | self.may


NOTHING: Final = Holds()


class Found(msgspec.Struct, frozen=True):
    """A phrase in a name: from where to where (words), and what it says."""

    start: int
    end: int
    holds: Holds
    instead: bool


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], tuple[Holds, bool]]:
    """What each phrase says, and whether the words in it mean nothing of their own."""
    table = tomllib.loads((DATA / "food_classes.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], tuple[Holds, bool]] = {}
    for name, columns in table.items():
        instead = name == INSTEAD
        classes = frozenset() if instead else frozenset({name})
        for column, text in columns.items():
            more = Holds(classes) if column == "holds" else Holds(may=classes)
            for words in filter(None, map(keys, text.split(";"))):
                so_far, hides = found.get(words, (NOTHING, False))
                found[words] = (so_far | more, hides or instead)
    return found


def known_phrases() -> Collection[tuple[str, ...]]:
    """The keys of all phrases of the table."""
    return _phrases().keys()


@lru_cache(maxsize=1)
def class_names() -> frozenset[str]:
    """The names of all classes."""
    return frozenset(name for holds, _ in _phrases().values() for name in holds.possible)


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _phrases()))


def phrases_in(words: tuple[str, ...]) -> list[Found]:
    """All phrases of `words` (keys), without those hidden within one that means another food."""
    found = [
        Found(start, end, *_phrases()[words[start:end]])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _longest()) + 1)
        if words[start:end] in _phrases()
    ]
    hiding = [(one.start, one.end) for one in found if one.instead]
    return [
        one
        for one in found
        if not any(
            start <= one.start and one.end <= end and (start, end) != (one.start, one.end)
            for start, end in hiding
        )
    ]


@lru_cache(maxsize=MAX_CACHED)
def classes_of(name: str) -> Holds:
    """What a food of this name is and holds; nothing where no word of it is known."""
    words = keys(name)
    part_of = _parts(name)
    all_found = phrases_in(words)
    out = [found for found in all_found if _left_out(words, part_of, found)]
    total = NOTHING
    for found in all_found:
        if found in out:
            continue
        part = part_of[found.start]
        gone = _gone(tuple(w for w, own in zip(words, part_of, strict=True) if own == part))
        for one in out:
            if part_of[one.start] == part and _is_class(words, one):
                gone |= one.holds.possible
        before = words[found.start - 1] if found.start else ""
        held = _unless_other(found, before, words[found.end - 1])
        total |= Holds(held.holds - gone, held.may - gone)
    return total


def _is_class(words: tuple[str, ...], found: Found) -> bool:
    """Whether what is left out is a whole class ("gluten free"), not one food ("no butter")."""
    if words[found.end : found.end + 1] == (FREE,):
        return True
    return " ".join(words[found.start : found.end]) in class_names() | OTHER_CLASS_WORDS


def _parts(name: str) -> tuple[int, ...]:
    """For each word of a name, in which part of it it stands; joints begin a part."""
    parts: list[int] = []
    part = 0
    for token in tokens(name):
        part += token in JOINS
        if token[0].isalnum():
            parts.append(part)
    own = keys(name)
    for one in sorted(set(parts)):
        of_it = [place for place, held in enumerate(parts) if held == one]
        if of_it[0] and all(own[place] in MODIFIERS for place in of_it):
            for place in of_it:
                parts[place] = parts[of_it[0] - 1]
    return tuple(parts)


def _left_out(words: tuple[str, ...], part_of: tuple[int, ...], found: Found) -> bool:
    """Whether the phrase itself is said to be left out: "no butter", "egg free"."""
    if found.start and words[found.start - 1] in WITHOUT:
        return True
    after = words[found.end : found.end + 2]
    return (
        after[:1] == (FREE,)
        and after[1:] != (RANGE,)
        and part_of[found.end] == part_of[found.end - 1]
    )


def _gone(words: tuple[str, ...]) -> frozenset[str]:
    """The classes that the words of one part of a name rule out for it."""
    gone = frozenset[str]()
    if VEGAN in words or PLANT_BASED in pairwise(words):
        gone |= FROM_ANIMALS
    if NO_MEAT & set(words):
        gone |= MEAT | SEAFOOD
    return gone


def _unless_other(found: Found, before: str, head: str) -> Holds:
    """What a phrase says, where no other food before it replaces its meat."""
    replaced = before in PLANTS and head in BY_DEFAULT | CURED
    replaced |= before in OTHER_MEAT and head in BY_DEFAULT
    replaced |= before == "turkey" and head in CURED
    if not replaced:
        return found.holds
    return Holds(found.holds.holds - OF_MEAT, found.holds.may - OF_MEAT)


def classes_of_all(names: Iterable[str]) -> Holds:
    """All classes of a dish: of its own name and of the names of its parts."""
    total = NOTHING
    for name in names:
        shelf, comma, rest = name.partition(",")
        total |= classes_of(rest if comma and shelf.strip().lower() in SHELVES else name)
    return total
