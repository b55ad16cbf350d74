"""A food of the sentence before it is weighed, and what a whole sentence comes to."""

import datetime
from dataclasses import dataclass, field

from coach.nutrition.foods.entry import Entry
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.results import Slot


@dataclass(eq=False)
class Draft:
    """One food of the sentence. `start` and `end` are places of words.

    `link` is the joint before it ("", "comma", "and", "with", "on"). `described` holds the words
    that say how it was made. `filling`: it is the meat of a staple that was named with it.
    `sharers`: how many people ate of it. `left_grams`: so much of it was left.
    `ahead`: it is still to be eaten. `there_were`: it tells how many there were, not what was had.
    """

    entry: Entry
    amount: Amount | None
    text: str
    start: int
    end: int
    link: str = ""
    denied: bool = False
    described: tuple[str, ...] = ()
    slot: Slot | None = None
    plural: bool = False
    filling: bool = False
    sharers: float = 1
    left_grams: float = 0.0
    day_offset: int | None = None
    time: datetime.time | None = None
    ahead: bool = False
    there_were: bool = False


@dataclass
class BuiltDrafts:
    """What a sentence names: its foods, words that no table knows, amounts of no food.

    `unplaced_amounts` are the words of those that belong to nothing at all.

    `counted_unknown` are those unknown words of which an amount was said.

    `asked_from` is the place of the last word that no table knows.

    `drafts` holds denied foods as well. `was_denied` and `was_intended`: somewhere the sentence
    says that something was not eaten, or is still to be eaten.
    """

    drafts: list[Draft] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    counted_unknown: list[str] = field(default_factory=list)
    empty_amounts: list[Amount] = field(default_factory=list)
    unplaced_amounts: list[str] = field(default_factory=list)
    asked_from: int = 0
    was_denied: bool = False
    was_intended: bool = False
