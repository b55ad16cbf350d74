"""A meal as it is written down, and what a sentence about it may mean."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec
from django.utils.translation import gettext as _

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import FoodId
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals.draft_builder import Draft, build_drafts
from coach.nutrition.meals.items import item_of, problem
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.results import Edit
from coach.nutrition.meals.tokens import scan
from coach.nutrition.meals.weigh import Weighed, nice, weigh

Outcome: TypeAlias = (
    list[Edit] | str | None
)  # a rule's answer; str: a question; None: not its sentence

# Who corrects one drink by another means the drink.
DRINKS: Final = frozenset(
    [
        "soda",
        "juice",
        "water",
        "coffee",
        "tea",
        "latte",
        "smoothie",
        "milk",
        "beer",
        "wine",
        "spirit",
    ]
)


BY_WEIGHT: Final = re.compile(r"^\d[\d.,]* g$")
LEAST_GRAMS: Final = 15  # nobody eats so many of a thing that was weighed


class CurrentItem(msgspec.Struct, frozen=True):
    """An item of the meal as it stands now."""

    food_id: FoodId | None
    name: str
    grams: float
    amount: str = ""


class CurrentMeal:
    """The meal that a sentence changes: finds what the sentence means in it, and makes edits."""

    def __init__(
        self,
        index: FoodIndex,
        items: Sequence[CurrentItem],
        *,
        corrects: bool = False,
        guesses: bool = True,
    ) -> None:
        """`corrects`: the sentence says that what it names takes the place of something.

        `guesses`: a part that is not named may be meant, as in the meal that was written last.
        """
        self.index = index
        self.guesses = guesses
        self.corrects = corrects
        self.items = items
        self.entries = [self._entry(item) for item in items]

    def _entry(self, item: CurrentItem) -> Entry | None:
        named = self.index.named(item.name)
        if item.food_id is None or item.food_id not in self.index.foods:
            return named
        if named and named.food.id == item.food_id:
            return named
        return self.index.entry_of(self.index.foods[item.food_id])

    # --- finding what is meant ------------------------------------------------------------------
    def read(self, text: str) -> tuple[list[Draft], list[Amount]]:
        """Foods and amounts without a food in a piece of the sentence."""
        pieces = scan(self.index, text)
        built = build_drafts(self.index, pieces)
        loose = list(built.empty_amounts)
        if not built.drafts and not loose:
            loose = [p.amount for p in pieces if p.kind == "amount" and p.amount]
        return built.drafts, loose

    def place_of(self, draft: Draft) -> int | None:
        """The item that a named food means: the same food, else the only one with its word."""
        for place, item in enumerate(self.items):
            if item.food_id == draft.entry.food.id:
                return place
        said = set(keys(draft.entry.name)) | set(keys(draft.text))
        head = keys(draft.text)[-1:]
        for wanted in (set(head), said):
            found = [p for p, item in enumerate(self.items) if wanted & set(keys(item.name))]
            if len(found) == 1:
                return found[0]
        return None

    def same_kind(self, draft: Draft) -> int | None:
        """The only item of the same kind as the food, for "it was brown bread"; or only drink."""
        kind = draft.entry.kind
        for kinds in ({kind} - {""}, DRINKS if kind in DRINKS else set[str]()):
            found = [p for p, entry in enumerate(self.entries) if entry and entry.kind in kinds]
            if len(found) == 1:
                return found[0]
        return None

    def holds(self, draft: Draft) -> bool:
        """Whether the meal has the food, or the only one of its kind."""
        return self.place_of(draft) is not None or self.same_kind(draft) is not None

    def place_named(self, text: str) -> int | None:
        """The item that a bare phrase means, by food or by any of its words."""
        text = re.sub(r"^(?:the|my|that|those|this) ", "", text.strip())
        if re.fullmatch(r"last(?: one| item| thing)?", text):
            return len(self.items) - 1 if self.items else None
        drafts, _ = self.read(text)
        if drafts:
            return self.place_of(drafts[0])  # a banana is no apple: what is named has to be there
        words = set(keys(text))
        found = [p for p, item in enumerate(self.items) if words & set(keys(item.name))]
        return found[0] if len(found) == 1 else None

    def lacks(self, text: str) -> bool:
        """Whether `text` names foods, and no item has a word of them or is of their kind."""
        drafts, _ = self.read(text)
        words, kinds = set(keys(text)), {draft.entry.kind for draft in drafts}
        alike = any(words & set(keys(item.name)) for item in self.items)
        alike = alike or any(entry and entry.kind in kinds for entry in self.entries)
        return bool(drafts) and not alike

    def is_all_of(self, place: int, parts: Sequence[str]) -> bool:
        """Whether the item at `place` is nothing but what `parts` name."""
        return set(keys(self.items[place].name)) <= {key for part in parts for key in keys(part)}

    def place_for(self, amount: Amount) -> int | None:
        """The item that an amount without a food is about."""
        if len(self.items) == 1:
            return 0
        fits = []
        for place, (item, entry) in enumerate(zip(self.items, self.entries, strict=True)):
            known = bool(amount.unit and entry and amount.unit in entry.own)
            if amount.unit and (amount.unit.rstrip("s") in item.amount or known):
                fits.append(place)
        if len(fits) > 1 and amount.unit == "slice":
            kinds = ("bread", "pizza", "cake")
            fits = [p for p in fits if (e := self.entries[p]) and e.kind in kinds]
        return fits[0] if len(fits) == 1 else None

    # --- edits ----------------------------------------------------------------------------------
    def set_amount(self, place: int, amount: Amount, draft: Draft | None = None) -> Edit | str:
        """The item at `place` with another amount; a question when nobody eats that much."""
        entry = self.entries[place]
        item = self.items[place]
        if entry is None:
            return ask_which(self.items)
        amount = in_grams(amount, item)
        plural = bool(draft and draft.plural) or (amount.count or 0) > 1
        weighed = weigh(entry, amount, plural=plural)
        grams = round(weighed.grams, 1)
        if not grams or problem(entry, amount, weighed):  # nobody eats a milligram
            return _("I want to get the %(food)s right: how much was it?") % {"food": item.name}
        return Edit("set_amount", place, grams=grams, amount=weighed.text)

    def replace(self, place: int, draft: Draft) -> Edit | str:
        """Another food in the place of one; of the same kind, and no amount said: as much of it."""
        before = self.entries[place]
        if draft.amount is None and before and before.kind == draft.entry.kind and before.kind:
            grams = self.items[place].grams
            weighed = Weighed(
                grams, self.items[place].amount or f"{nice(grams)} g", draft.entry.food
            )
        elif draft.amount is None and draft.entry.sides:
            grams = next(iter(draft.entry.sides.values()))
            weighed = Weighed(grams, f"about {nice(grams)} g", draft.entry.food)
        else:
            amount = draft.amount and in_grams(draft.amount, self.items[place])
            weighed = weigh(draft.entry, amount, plural=draft.plural)
        if problem(draft.entry, draft.amount, weighed):
            return _("I want to get the %(food)s right: how much was it?") % {"food": draft.text}
        return Edit("replace", place, item=item_of(draft, weighed))


def in_grams(amount: Amount, item: CurrentItem) -> Amount:
    """A number and no more, of what is written in grams, are grams too: "make the rice 200"."""
    bare = not (amount.unit or amount.size or amount.article)
    if bare and (amount.count or 0) >= LEAST_GRAMS and BY_WEIGHT.search(item.amount):
        return msgspec.structs.replace(amount, unit="g", unit_said="g")
    return amount


def ask_which(items: Sequence[CurrentItem], missing: str = "") -> str:
    """`missing` are the words for a food that is not there."""
    names = ", ".join(item.name for item in items[:4])
    if missing:
        return _("I don't find “%(food)s” there. Which one do you mean: %(names)s?") % {
            "food": re.sub(r"^(?:the|my|any|a|an|some) ", "", missing),
            "names": names,
        }
    return _("Which one do you mean: %(names)s?") % {"names": names}
