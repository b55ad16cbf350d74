"""What the parser hands back: plain frozen structs, free of the database."""

import datetime
from typing import Literal

import msgspec

from coach.nutrition.foods.records import FoodId, Nutrients

Slot = Literal["breakfast", "lunch", "dinner", "snack"]
EditKind = Literal["set_amount", "scale", "remove", "replace", "add"]


class ParsedItem(msgspec.Struct, frozen=True):
    """One food that was eaten. `grams` is what it weighs; `amount` how to say that ("2 slices").

    `name` is the food as people say it, `food` as its table words it. Nutrients are of the whole
    item (kcal; g; sodium in mg). `slot`, `day_offset` and `time` are its own where several meals
    were said; None where nothing was. `source` is the table of the food, `confidence` how sure the
    food and its weight are, from 0 to 1.
    """

    food_id: FoodId
    name: str
    food: str
    amount: str
    grams: float
    nutrients: Nutrients
    slot: Slot | None = None
    day_offset: int | None = None
    time: datetime.time | None = None
    source: str = ""
    confidence: float = 1.0

    @property
    def kcal(self) -> float:
        return self.nutrients.kcal

    @property
    def protein(self) -> float:
        return self.nutrients.protein

    @property
    def carbohydrate(self) -> float:
        return self.nutrients.carbohydrate

    @property
    def fat(self) -> float:
        return self.nutrients.fat


class ParsedMeal(msgspec.Struct, frozen=True):
    """A sentence about food, read.

    `slot`, `day_offset` (0 today, -1 yesterday) and `time` are None, 0 and None
    when not said. `question` is one short question to ask back. `nothing_eaten`: the sentence says
    that a meal was not had. `not_yet`: it speaks of a meal to come or wished for.
    """

    said: str
    items: tuple[ParsedItem, ...] = ()
    slot: Slot | None = None
    day_offset: int = 0
    time: datetime.time | None = None
    question: str | None = None
    unknown: tuple[str, ...] = ()
    nothing_eaten: bool = False
    not_yet: bool = False


class Edit(msgspec.Struct, frozen=True):
    """One change of a logged meal. `target` is the index of the item it is about, if any.

    set_amount: `grams` and `amount` are the new ones. scale: `factor` times as much. remove: take
    the target away. replace: `item` in its place. add: `item` as well.
    """

    kind: EditKind
    target: int | None = None
    grams: float | None = None
    amount: str = ""
    factor: float | None = None
    item: ParsedItem | None = None


class EditPlan(msgspec.Struct, frozen=True):
    """What to change, in order; or a question when that is not clear. Nothing is half done."""

    said: str
    edits: tuple[Edit, ...] = ()
    question: str | None = None
