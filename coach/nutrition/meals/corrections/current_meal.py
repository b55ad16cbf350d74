"""A meal as it is written down, and what a sentence about it may mean."""

import re
from collections.abc import Sequence

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


class CurrentItem(msgspec.Struct, frozen=True):
    """An item of the meal as it stands now."""

    food_id: FoodId | None
    name: str
    grams: float
    amount: str = ""


class CurrentMeal:
    """The meal that a sentence changes: finds what the sentence means in it, and makes edits."""

    def __init__(self, index: FoodIndex, items: Sequence[CurrentItem]) -> None:
        self.index = index
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
        """The only item of the same kind as the food, for "it was brown bread"."""
        found = [p for p, e in enumerate(self.entries) if e and e.kind == draft.entry.kind]
        return found[0] if len(found) == 1 and draft.entry.kind else None

    def place_named(self, text: str) -> int | None:
        """The item that a bare phrase means, by food or by any of its words."""
        text = re.sub(r"^(?:the|my|that|those|this) ", "", text.strip())
        if re.fullmatch(r"last(?: one| item| thing)?", text):
            return len(self.items) - 1 if self.items else None
        drafts, _ = self.read(text)
        if drafts:
            place = self.place_of(drafts[0])
            return place if place is not None else self.same_kind(drafts[0])
        words = set(keys(text))
        found = [p for p, item in enumerate(self.items) if words & set(keys(item.name))]
        return found[0] if len(found) == 1 else None

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
        plural = bool(draft and draft.plural) or (amount.count or 0) > 1
        weighed = weigh(entry, amount, plural=plural)
        if problem(entry, amount, weighed):
            return _("I want to get the %(food)s right: how much was it?") % {"food": item.name}
        return Edit("set_amount", place, grams=round(weighed.grams, 1), amount=weighed.text)

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
            weighed = weigh(draft.entry, draft.amount, plural=draft.plural)
        if problem(draft.entry, draft.amount, weighed):
            return _("I want to get the %(food)s right: how much was it?") % {"food": draft.text}
        return Edit("replace", place, item=item_of(draft, weighed))


def ask_which(items: Sequence[CurrentItem]) -> str:
    names = ", ".join(item.name for item in items[:4])
    return _("Which one do you mean: %(names)s?") % {"names": names}
