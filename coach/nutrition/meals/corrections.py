"""What somebody wants changed in a meal that is written down → a plan of edits, or a question.

The plan is made of all the edits or none: a sentence that leaves something open is a question.
"""

import re
from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext as _

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.records import FoodId
from coach.nutrition.foods.words import keys, tokens
from coach.nutrition.meals.draft_builder import Draft, build_drafts
from coach.nutrition.meals.parse import item_of, make_items, parse_meal, problem, spelling_of
from coach.nutrition.meals.phrases import (
    ADD,
    ALL,
    CUE,
    LEAD,
    MORE,
    PRONOUN,
    REMOVE,
    SHARE,
    SHARES,
    STATES,
    TWO_PARTS,
    WAS,
)
from coach.nutrition.meals.quantities import Amount, number_at
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import Edit, EditPlan
from coach.nutrition.meals.tokens import Scanner, slips
from coach.nutrition.meals.weigh import Weighed, nice, weigh


class CurrentItem(msgspec.Struct, frozen=True):
    """An item of the meal as it stands now."""

    food_id: FoodId | None
    name: str
    grams: float
    amount: str = ""


class Reader:
    """One change sentence against one meal."""

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
    def drafts(self, text: str) -> tuple[list[Draft], list[Amount]]:
        """Foods and amounts without a food in a piece of the sentence."""
        pieces = Scanner(self.index, spelling_of(self.index), text, None).pieces()
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
        drafts, _ = self.drafts(text)
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


def parse_change(index: FoodIndex, said: str, items: Sequence[CurrentItem]) -> EditPlan:
    """Read a change of `items`. Never raises on text; what is not clear is a question."""
    words = [word for word in slips(tokens(said)) if word not in {".", ";", "!", "?", "\n"}]
    text = " ".join(words).replace(" ,", ",").strip(", ")
    text = re.sub(r"(?<=\w),(?= (?:please|thanks|thank you))", "", text)
    text = re.sub(r" (?:please|thanks|thank you)$", "", text)
    corrected = text.replace(",", "").strip()
    plain = LEAD.sub("", corrected + " ").strip() or corrected
    if not items:
        return EditPlan(said, question=_("There is nothing to change yet. What did you have?"))
    reader = Reader(index, items)
    counted = number_at(corrected.split()[1:], 0) is not None
    if (
        text.startswith("no ")
        and not counted
        and not STATES.search(corrected)
        and reader.place_named(corrected[3:]) is not None
    ):
        plain = corrected  # "no toast" takes the toast away; "no, three eggs" and "no, jam" do not
    for attempt in (scaled, swapped, removed, added, stated):
        outcome = attempt(reader, plain)
        if isinstance(outcome, str):
            return EditPlan(said, question=outcome)
        if outcome:
            return EditPlan(said, edits=tuple(outcome))
    return EditPlan(said, question=_("What should I change?"))


Outcome = list[Edit] | str | None


def scaled(reader: Reader, text: str) -> Outcome:
    """half of that, double the rice, I only ate half."""
    found = SHARE.match(text)
    if not found:
        return None
    share, rest = SHARES[found[1]], (found[2] or "").strip()
    rest = re.sub(r"^(?:as much|as many|the|of|my) ", "", rest)
    if not rest or re.fullmatch(PRONOUN, rest):
        return [Edit("scale", place, factor=share) for place in range(len(reader.items))]
    if re.match(r"(?:a|an|cup|dozen)\b|\w+ (?:of|cups?)\b", rest):
        return None
    place = reader.place_named(rest)
    return [Edit("scale", place, factor=share)] if place is not None else None


def removed(reader: Reader, text: str) -> Outcome:
    """delete the toast, remove that, I didn't have the toast and the jam."""
    found = REMOVE.match(text)
    if not found:
        return None
    rest = found[1].strip()
    if ALL.match(rest):
        return [Edit("remove", place) for place in range(len(reader.items))]
    if re.fullmatch(PRONOUN, rest):
        if len(reader.items) == 1 or rest in {"those", "them", "these", "both"}:
            return [Edit("remove", place) for place in range(len(reader.items))]
        return ask_which(reader.items)
    places: list[int] = []
    for part in re.split(r" and (?:the )?| or (?:the )?|, ?", rest):
        whole = reader.place_named(rest)
        place = whole if whole is not None and part == rest else reader.place_named(part)
        if place is None:
            return ask_which(reader.items) if text.split()[0] not in {"no", "not"} else None
        if place not in places:
            places.append(place)
    return [Edit("remove", place) for place in places]


def swapped(reader: Reader, text: str) -> Outcome:
    """swap the butter for jam, change the rice to 200 grams, it was four eggs not two."""
    for pattern, first in TWO_PARTS:
        found = pattern.match(text)
        if not found:
            continue
        old, new = (found[1], found[2]) if first == 1 else (found[2], found[1])
        old = re.sub(r" from .*$", "", old)
        return replaced(reader, old, new)
    return None


def replaced(reader: Reader, old: str, new: str) -> Outcome:
    """`new` in the place of `old`; either may be only an amount."""
    drafts, loose = reader.drafts(new)
    pronoun = re.fullmatch(PRONOUN, old.strip())
    place = None if pronoun else reader.place_named(old)
    if not drafts:
        if not loose:
            return None
        place = place if place is not None else reader.place_for(loose[0])
        return (
            one(reader.set_amount(place, loose[0]))
            if place is not None
            else ask_which(reader.items)
        )
    draft = drafts[0]
    own = reader.place_of(draft)
    same = own is not None and reader.items[own].food_id == draft.entry.food.id
    if own is not None and same and draft.amount is not None and place in {None, own}:
        return one(reader.set_amount(own, draft.amount, draft))
    if place is None:
        place = own if own is not None else reader.same_kind(draft)
    if place is None and len(reader.items) == 1:
        place = 0
    if place is None:
        return ask_which(reader.items)
    return one(reader.replace(place, draft))


def added(reader: Reader, text: str) -> Outcome:
    """add a coffee, I also had a banana, another egg."""
    another = re.search(r"\b(?:another|one more|(\w+) more)\b", text)
    found = ADD.match(text)
    if not found and not (another and not MORE.match(text)):
        return None
    rest = found[1] if found else text
    rest = re.sub(r"\b(\w+) more\b", r"\1", rest).replace("another", "a")
    if another:
        drafts, _loose = reader.drafts(rest)
        place = reader.place_of(drafts[0]) if len(drafts) == 1 else None
        if place is not None and drafts[0].amount:
            edit = reader.set_amount(place, drafts[0].amount, drafts[0])
            if isinstance(edit, Edit) and edit.grams:
                grams = round(reader.items[place].grams + edit.grams, 1)
                return [Edit("set_amount", place, grams=grams, amount=f"{nice(grams)} g")]
    host = ", ".join(item.name for item in reader.items[-1:])
    drafts, _loose = reader.drafts(rest)
    if drafts and all(d.amount is None and d.entry.sides for d in drafts):
        questions = Questions()
        context = reader.drafts(f"{host} with {rest}")[0]
        made = make_items(reader.index, [d for d in context if not d.denied], questions)
        fresh = made[1:]
        if fresh and len(context) > len(drafts):
            return [Edit("add", item=item) for item in fresh]
    parsed = parse_meal(reader.index, rest)
    if parsed.question:
        return parsed.question
    return [Edit("add", item=item) for item in parsed.items]


def stated(reader: Reader, text: str) -> Outcome:
    """make that three eggs, it was brown bread, the rice was 200 grams, a large one."""
    subject = re.match(r"^(?:the|my) (.+?) (?:was|were|is|should be|should have been) (.+)$", text)
    if subject:
        return replaced(reader, subject[1], subject[2])
    make = re.match(r"^(?:make|set) (?:the |my )(.+)$", text)
    body = (
        make[1] if make else WAS.sub("", re.sub(r"^(?:make|change) (?:that|it)(?: to)? ", "", text))
    )
    drafts, loose = reader.drafts(body)
    if MORE.search(text) and all(d.amount is None or d.amount.vague for d in drafts):
        return _("How much was it?")
    if not drafts:
        if not loose:
            return None
        place = reader.place_for(loose[0])
        return (
            one(reader.set_amount(place, loose[0]))
            if place is not None
            else ask_which(reader.items)
        )
    edits: list[Edit] = []
    for draft in drafts:
        if draft.denied:
            continue
        outcome = state_one(reader, draft, corrects=bool(CUE.search(text)))
        if isinstance(outcome, str):
            return outcome
        edits.append(outcome)
    return edits


def state_one(reader: Reader, draft: Draft, *, corrects: bool) -> Edit | str:
    """One food of a statement: another amount of it, in the place of another, or as well."""
    place = reader.place_of(draft)
    if place is not None and draft.amount is not None:
        if reader.items[place].food_id == draft.entry.food.id:
            return reader.set_amount(place, draft.amount, draft)
        return reader.replace(place, draft)
    if place is None:
        place = reader.same_kind(draft)
    if place is None and corrects and len(reader.items) == 1:
        place = 0
    if place is not None:
        return reader.replace(place, draft)
    if corrects:
        return ask_which(reader.items)
    weighed = weigh(draft.entry, draft.amount, plural=draft.plural)
    return Edit("add", item=item_of(draft, weighed))


def one(outcome: Edit | str) -> Outcome:
    return outcome if isinstance(outcome, str) else [outcome]
