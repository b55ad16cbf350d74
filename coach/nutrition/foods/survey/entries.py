"""Foods of FNDDS as entries: with the kind and the company of the everyday food they stand for."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from coach.nutrition.foods import everyday
from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.records import FoodId, FoodRecord
from coach.nutrition.foods.survey.kinds import is_akin, kind_of
from coach.nutrition.foods.survey.match import NOTHING_NEAR, SurveyNames
from coach.nutrition.foods.survey.other_names import names_there
from coach.nutrition.foods.survey.portions import ONE, PIECES, SIZES, USUAL, measures_of
from coach.nutrition.foods.survey.ranking import KCAL_FLOOR, Words
from coach.nutrition.foods.word_forms import keys

MOST_CACHED: Final = 20_000
# A row of the same name whose energy is another: "biscuit" is not the same food everywhere.
MOST_STRANGE: Final = 0.55
MOST_STRANGE_EXACT: Final = 1.2  # where more was said than one word
WHOLE: Final = frozenset({"whole", "entire", "half"})
VESSELS: Final = frozenset({"mug", "glass", "bowl", "cup", "tbsp", "tsp"})
# Nobody makes a meal of less than a cup of them.
CUPS: Final = frozenset({"coffee", "tea"})
BOWLS: Final = frozenset({"curry", "soup", "grain", "salad"})
MOST_LARGER: Final = 1.8
MAINS: Final = frozenset({"dish", "curry", "pasta"})
TINY_G: Final = 3.0
WHOLES: Final = frozenset({"dish", "sandwich", "bread", "flatbread", "snack"})
MOST_PIECES: Final = 8  # that one of a food is cut into
USUAL_PORTION_G: Final = 100.0


class SurveyEntries:
    """The entries of all foods of FNDDS; false where there are none."""

    def __init__(self, foods: Iterable[FoodRecord]) -> None:
        self.names = SurveyNames(foods)
        self._measures = {name.food.id: name.measures for name in self.names.names}
        self._rows: dict[tuple[FoodId, str, str, Words, str], Entry] = {}

    def __bool__(self) -> bool:
        return bool(self.names.names)

    def match(self, words: list[str], start: int) -> tuple[FoodRecord, int] | None:
        """The longest name of a food of FNDDS that begins at `start`, and where it ends."""
        return self.names.match(words, start)

    def within(self, dish: str, part: str, nearby: Words, *, listed: bool) -> FoodRecord | None:
        """The one row that is a dish with a part in it."""
        return self.names.within(dish, part, nearby, listed=listed)

    def row_of(
        self, entry: Entry, said: str, nearby: Words = NOTHING_NEAR, measure: str = ""
    ) -> Entry:
        """The everyday food `entry`, under the name `said`, as the row of FNDDS that it is."""
        asked = (entry.food.id, entry.name, said, nearby, measure)
        if asked not in self._rows:
            if len(self._rows) >= MOST_CACHED:
                self._rows.clear()
            self._rows[asked] = self._find_row(entry, said, nearby, measure)
        return self._rows[asked]

    def _find_row(self, entry: Entry, said: str, nearby: Words, measure: str) -> Entry:
        if said.endswith(" on toast"):
            return entry  # "fried eggs on toast" are no toast of an egg bread
        rows = self._rows_named(entry, said, nearby, measure)
        first = next(rows, None)
        if first is None:
            return entry
        food = first[1]
        if not set(keys(said)) & set(keys(food.name)):
            # Vinaigrette is a sauce: no egg salad, though one is made with it.
            found = [first, *rows]
            alike = [one for name, one in found if set(keys(name)) <= set(keys(one.name))]
            alike += [one for _, one in found if kind_of(one) == entry.kind]
            food = next(iter(alike), food)
        row = self.entry(food, entry)
        return msgspec.structs.replace(row, names=entry.names, kcal=entry.kcal)

    def _rows_named(
        self, entry: Entry, said: str, nearby: Words, measure: str
    ) -> Iterator[tuple[str, FoodRecord]]:
        """The rows that the names of an everyday food lead to, the name that was said first."""
        also = names_there().get(entry.name, "")
        names = (*entry.names, also) if also else entry.names
        for name in names_in_order(said, names, vague=self.names.is_a_portion(said)):
            food = self.names.named(name, nearby, entry.kcal, measure)
            exact = bool(nearby) or (name == said and " " in said)
            most = MOST_STRANGE_EXACT if exact else MOST_STRANGE
            if food is None:
                continue
            if is_called(food, said) or (
                is_akin(entry.kind, kind_of(food)) and is_like(food, entry, most)
            ):
                yield name, food

    def entry(self, food: FoodRecord, like: Entry | None = None) -> Entry:
        """A food of FNDDS with its measures; `like` lends what the tables do not tell."""
        own = dict(self._measures.get(food.id) or measures_of(food))
        if "sub" in own:
            own["foot"] = 2 * own["sub"]  # of six inches
        usual = own.pop(USUAL, 0.0) or own.get(ONE) or next(iter(own.values()), USUAL_PORTION_G)
        kind = like.kind if like else kind_of(food)
        if kind in MAINS and set(own) <= {"cup"}:
            usual = max(usual, own.get("cup", 0.0))
        if like and is_only_a_cup(usual, own, like) and not is_richer(food, like):
            usual = like.usual
        lent = dict(everyday.classes().get(kind, {}))
        if like:
            lent |= {name: like.measures[name] for name in like.own if name in like.measures}
        own_sizes = ONE in own or any(size in own for size in SIZES.values())
        if own_sizes and not (like and is_near(like.each, own.get(ONE, 0.0))):
            lent = {n: g for n, g in lent.items() if n not in WHOLE and n not in SIZES.values()}
        if "cup" in own or "floz" in own:
            lent = {name: grams for name, grams in lent.items() if name not in VESSELS}
        piece = next((own[unit] for unit in PIECES if unit in own), None)
        if piece and piece <= TINY_G:
            own[ONE] = piece  # of sweets by the bag, one is not the bag
        same = like is not None and kind_of(food) == like.kind
        if like and same and is_another_size(own.get(ONE), like):
            own[ONE] = like.each  # a roast potato is no whole one
        cut = piece and like and is_only_a_cut(piece, usual, like)
        each = own.get(ONE) or (None if cut else piece)
        each = each or (like.each if like and not like.counted else usual)
        return Entry(
            food=food,
            name=like.name if like and like.names else food.name,
            kind=kind,
            usual=usual,
            each=each,
            measures=lent | own,
            own=frozenset(name for name in own if " " not in name) | (like.own if like else set()),
            sides=like.sides if like else {},
            dry=like.dry if like else None,
            by_volume=like.by_volume if like else None,
            from_search=like is None,
        )

    def varied(self, entry: Entry, said: str, nearby: Words, measure: str) -> Entry:
        """The same food in the variety of which the words beside it and its measure speak."""
        if entry.names:
            return self.row_of(entry, said, nearby, measure)
        food = self.names.named(said, nearby, None, measure)
        return entry if food is None or food.id == entry.food.id else self.entry(food, entry)


def is_called(food: FoodRecord, said: str) -> bool:
    """Whether the row has just the name that was said, whatever kind of food it is there."""
    return keys(food.name) == keys(said)


def is_another_size(one: float | None, like: Entry) -> bool:
    """Whether the one of the table is far larger than the one of many that people mean."""
    one_of_many = not like.counted or like.kind == "flatbread"
    return one is not None and one_of_many and one > MOST_LARGER * like.each


def is_only_a_cut(piece: float, usual: float, like: Entry) -> bool:
    """Whether the piece of the table is cut off what people call one: of a roll, a quesadilla."""
    whole = like.kind in WHOLES and like.counted and 2 * piece <= like.each
    return whole and piece < usual <= MOST_PIECES * piece


def is_only_a_cup(usual: float, own: dict[str, float], like: Entry) -> bool:
    """Whether the table means a cup where people have a bowl, or a tumbler where they have a cup.

    Of coffee and tea it has the paper cup of a shop.
    """
    if like.kind in CUPS:
        return like.usual < usual
    return like.kind in BOWLS and usual <= own.get("cup", 0.0) <= like.usual


def is_richer(food: FoodRecord, like: Entry) -> bool:
    """Whether the row has far more energy: a chicken salad of mayonnaise is no bowl of leaves."""
    return like.kind in BOWLS and like.kcal is not None and food.nutrients.kcal > 2 * like.kcal


def is_near(grams: float, other: float) -> bool:
    """Whether one of it is the same in both tables: so are its sizes."""
    return abs(grams - other) <= 0.1 * grams


def is_like(food: FoodRecord, entry: Entry, most: float) -> bool:
    """Whether the energy is near that of the everyday food."""
    if entry.kcal is None:
        return True
    here, there = food.nutrients.kcal + KCAL_FLOOR, entry.kcal + KCAL_FLOOR
    return abs(math.log(here / there)) <= most


def names_in_order(said: str, names: tuple[str, ...], *, vague: bool) -> tuple[str, ...]:
    """The name that was said, after the full name that it is short for: wings, chicken wings.

    A `vague` name, by which tables only measure other foods, comes after the full name as well:
    crisps, of pretzels.
    """
    full = names[:1]
    if full and (vague or set(keys(said)) < set(keys(full[0]))):
        return (*full, said, *names)
    return (said, *names)
