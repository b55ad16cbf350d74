"""What somebody does not eat, read from their own words: "peanuts and dairy", "no pork".

Careful on purpose: what is named is avoided, whatever stands around it. A word that no table knows
is kept, so that it can be said that nothing was checked for it. Pure: no database.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz import fuzz, process

from coach.nutrition.foods.classes import classes_of, classes_of_all, known_phrases, phrases_in
from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.left_out import MOST_WORDS, left_out, said_words
from coach.nutrition.foods.word_forms import keys, stands_in, words_of

NOTHING_AVOIDED: Final = re.compile(
    r"^\W*+(?:none|no|nothing|nil|n/?a|no(?: known)?(?: food)? allergies"
    r"|not that i know(?: of)?|ninguna?|aucune?|keine|없음)?\W*+$",
    re.IGNORECASE,
)
PARTED: Final = words_of(", ; . : ! ? \n and or y et und plus also")
# Words beside the food: "severe allergy to …", "I can't have any …".
BESIDE: Final = words_of(
    "a an the to of i am im m have has had my is are allergy allergies allergic intolerant"
    " intolerance severe severely mild mildly bad very slightly some any all kind food foods"
    " product products free no not never without eat eats eating cant can t do don dont avoid"
    " avoiding avoids reaction anaphylaxis anaphylactic epipen only mostly mainly strictly"
    " usually sometimes diet style raw sensitive sensitivity hay fever like in with for from on"
    " since child childhood maybe possibly think cooked protein trace traces including especially"
    " most certain seed oral syndrome"
)
# Words of those that may be all that is told of an allergy: they are no mere frame.
VAGUE: Final = words_of("food product protein raw seed oral syndrome certain most diet")
CLOSE: Final = 84  # of 100, at which a word is taken for a slip of the keyboard
SHORTEST_SLIP: Final = 5
NO_FOOD: Final = words_of(
    "penicillin pollen dust mite cat dog bee wasp latex nickel grass mould mold aspirin ibuprofen"
    " amoxicillin antibiotic sulfa birch ragweed codeine morphine iodine plaster sun horse animal"
    " hair feather perfume cosmetic metal medication medicine tree insect sting"
)


class Avoided(msgspec.Struct, frozen=True):
    """Classes and single foods (keys of their words) to leave out; `unknown` could not be read."""

    classes: frozenset[str] = frozenset()
    words: frozenset[tuple[str, ...]] = frozenset()
    unknown: tuple[str, ...] = ()

    def __or__(self, other: "Avoided") -> "Avoided":
        return Avoided(
            self.classes | other.classes,
            self.words | other.words,
            tuple(dict.fromkeys(self.unknown + other.unknown)),
        )

    def __bool__(self) -> bool:
        return bool(self.classes or self.words)

    def hit_by(self, names: Sequence[str], *, likely: bool = False) -> frozenset[str]:
        """What of it a dish of these names holds; `likely` leaves out what it only may hold."""
        held = classes_of_all(names)
        classes = held.holds if likely else held.possible
        return frozenset(classes & self.classes) | self.foods_named(names)

    def foods_named(self, names: Sequence[str]) -> frozenset[str]:
        """The single foods of it that stand in names."""
        found = (one for one in self.words if any(stands_in(one, keys(name)) for name in names))
        return frozenset(" ".join(one) for one in found)


NOT_AVOIDED: Final = Avoided()


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[tuple[str, ...], frozenset[str]]]:
    """By table: the keys of a name, and the classes that it means."""
    text = (DATA / "avoided.toml").read_text(encoding="utf-8")
    return {
        table: {
            keys(name): words_of(classes)
            for classes, names in rows.items()
            for name in names.split(";")
        }
        for table, rows in tomllib.loads(text).items()
    }


def _longest_first(table: str, words: tuple[str, ...]) -> tuple[frozenset[str], set[int]]:
    """The classes that `words` name by a table, and the places of the words that did."""
    found: set[str] = set()
    used: set[int] = set()
    names = _tables()[table]
    for length in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            classes = names.get(words[start : start + length])
            if classes and not places & used:
                found |= classes
                used |= places
    return frozenset(found), used


def allergies_in(text: str) -> Avoided:
    """What `text` (a list, a sentence) says that somebody must not eat."""
    if NOTHING_AVOIDED.match(text):
        return NOT_AVOIDED
    words = said_words(text)
    total = _beyond(words)
    for part in _parts(words[:MOST_WORDS]):
        total |= _allergy(part)
    return total


def _parts(words: list[str]) -> list[str]:
    """The parts of a list, without what parts them."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in PARTED or word == "\n":
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _allergy(part: str) -> Avoided:
    words = tuple(map(_slip, keys(part)))
    classes, used = _longest_first("allergies", words)
    rest = tuple(word for place, word in enumerate(words) if place not in used)
    rest = tuple(word for word in rest if word not in BESIDE)
    if not rest:
        return Avoided(classes) if classes else _told_vaguely(part, words)
    if set(rest) & NO_FOOD or not _is_food(rest):
        return Avoided(classes, unknown=(" ".join(part.split()),) if not classes else ())
    # "walnuts", "kiwi", "strawberries": the food, and the class that an allergy to it stands for.
    return Avoided(classes | _class_of_allergy(rest), frozenset({rest}))


def _told_vaguely(part: str, words: tuple[str, ...]) -> Avoided:
    """What a part says that names no food: "seeds" is a kind of food, "I am allergic to" none."""
    if not VAGUE & set(words):
        return NOT_AVOIDED
    classes, used = _longest_first("alone", words)
    if not classes:
        return Avoided(unknown=(part,))
    return Avoided(classes, frozenset({tuple(words[place] for place in sorted(used))}))


def _class_of_allergy(words: tuple[str, ...]) -> frozenset[str]:
    """The allergen of which a food is one kind: cashews are tree nuts, cod is fish."""
    held = classes_of(" ".join(words)).holds
    allergens = {one for classes in _tables()["allergies"].values() for one in classes}
    # "tomatoes" are a class of their own name; that an orange is a fruit makes no other fruit one.
    return held & ((allergens | set(words)) - {"fruit", "citrus", "caffeine"})


def _is_food(words: tuple[str, ...]) -> bool:
    return bool(phrases_in(words)) or any(word in _known_words() for word in words)


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """Single words by which an allergy or a food is known."""
    names = {word for table in _tables().values() for name in table for word in name}
    return frozenset(names | {word for one in known_phrases() for word in one})


@lru_cache(maxsize=2_000)
def _slip(word: str) -> str:
    """`word`, or the word of a table that it is a slip of the keyboard away from."""
    if len(word) < SHORTEST_SLIP or word in _known_words() | BESIDE | NO_FOOD:
        return word
    close = process.extractOne(word, _known_words(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return str(close[0]) if close and close[0][0] == word[0] else word


def styles_in(text: str) -> Avoided:
    """What somebody leaves out by how they eat: "mostly vegetarian, no dairy", "halal"."""
    words = tuple(map(_slip, keys(" ".join(said_words(text)[:MOST_WORDS]))))
    classes, _used = _longest_first("styles", words)
    found = without_in(text)
    return Avoided(classes | found.classes, found.words)


def without_in(text: str) -> Avoided:
    """What words like "no …", "without …", "…-free" and "avoid …" leave out."""
    words = said_words(text)
    total = _beyond(words)
    for places in left_out(words[:MOST_WORDS]):
        total |= _allergy(" ".join(words[places.start : places.stop]))
    return total


def _beyond(words: list[str]) -> Avoided:
    """What says that a text goes on after what is read of it."""
    return Avoided(unknown=(f"{words[MOST_WORDS]} …",)) if len(words) > MOST_WORDS else NOT_AVOIDED
