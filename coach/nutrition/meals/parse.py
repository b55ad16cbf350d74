"""A sentence about a meal → foods with grams, when it was, and at most one question."""

from datetime import date
from functools import lru_cache
from typing import Final

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.meals.composition import (
    settle_bun,
    settle_chips,
    settle_eggs,
    settle_milk,
    unmix,
    weigh_draft,
)
from coach.nutrition.meals.contents import (
    settle_bread,
    settle_fillings,
    settle_parts,
    settle_sandwich,
)
from coach.nutrition.meals.draft_builder import Draft, build_drafts
from coach.nutrition.meals.draft_builder.vocabulary import DRINKS
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import ParsedItem, ParsedMeal, Slot
from coach.nutrition.meals.spelling import Spelling
from coach.nutrition.meals.time_phrases import PARTS
from coach.nutrition.meals.tokens import Piece, Scanner
from coach.nutrition.meals.weigh import Weighed

MOST_CHARACTERS: Final = 2000
MOST_ITEMS: Final = 40
MOST_GRAMS: Final = 3000.0
MOST_DRINK_GRAMS: Final = 6000.0
MOST_KCAL: Final = 4500.0


@lru_cache(maxsize=4)
def spelling_of(index: FoodIndex) -> Spelling:
    return Spelling(index)


def parse_meal(index: FoodIndex, said: str, *, today: date | None = None) -> ParsedMeal:
    """Read what somebody says they ate. Never raises on text; nothing understood is a question.

    `today` lets "on Monday" be a day. Text beyond 2,000 characters is not read.
    """
    text = said.strip()[:MOST_CHARACTERS]
    if not text:
        return ParsedMeal(said=said)
    scanner = Scanner(index, spelling_of(index), text, today)
    pieces = scanner.pieces()
    built = build_drafts(index, pieces)
    settle_bun(index, built.drafts)
    kept = [draft for draft in settle_parts(index, built.drafts) if not draft.denied]
    assign_slots(kept, pieces)
    questions = Questions()
    items = make_items(index, kept, questions)[:MOST_ITEMS]
    slot, day_offset, time = when_of(pieces, items)
    questions.unknown.extend(built.unknown)
    for amount in built.empty_amounts:
        questions.of_what.append(amount.unit_said or amount.unit)
    silent = built.was_denied or (bool(built.drafts) and not kept)
    not_yet = built.was_intended and not items
    return ParsedMeal(
        said=said,
        items=tuple(items),
        slot=slot,
        day_offset=day_offset,
        time=time,
        question=questions.first(
            bool(items), nothing_eaten=silent and not items, not_yet=not_yet, slot=slot
        ),
        unknown=tuple(questions.unknown),
        nothing_eaten=silent and not items and not not_yet,
        not_yet=not_yet,
    )


def make_items(index: FoodIndex, drafts: list[Draft], questions: Questions) -> list[ParsedItem]:
    """Weigh the drafts; what cannot be goes to the questions and is left out."""
    made = []
    drafts = settle_eggs(index, unmix(index, settle_bread(settle_sandwich(index, drafts))))
    drafts = settle_fillings(index, drafts)
    for place, draft in enumerate(drafts):
        settle_chips(index, drafts, place)
        if not settle_milk(index, drafts, place):
            continue
        weighed = weigh_draft(drafts, place)
        if problem(draft.entry, draft.amount, weighed):
            questions.impossible.append(draft.text)
            continue
        made.append(item_of(draft, weighed))
    return made


def item_of(draft: Draft, weighed: Weighed) -> ParsedItem:
    return ParsedItem(
        food_id=weighed.food.id,
        name=draft.text,
        food=weighed.food.name,
        amount=weighed.text,
        grams=round(weighed.grams, 1),
        nutrients=weighed.food.nutrients.of(weighed.grams),
        slot=draft.slot,  # type: ignore[arg-type]
    )


def problem(entry: Entry, amount: Amount | None, weighed: Weighed) -> bool:
    """Whether nobody eats that much, or it is nothing at all."""
    if amount is not None and (amount.negative or (amount.count is not None and amount.count <= 0)):
        return True
    most = MOST_DRINK_GRAMS if entry.kind in DRINKS else MOST_GRAMS
    return weighed.grams > most or weighed.food.nutrients.of(weighed.grams).kcal > MOST_KCAL


def assign_slots(drafts: list[Draft], pieces: list[Piece]) -> None:
    """Give each food its meal: "for lunch X" names what follows, "X for lunch" what came."""
    current: str | None = None
    waiting = sorted(drafts, key=lambda draft: draft.start)
    place = 0
    for piece in pieces:
        if piece.when is None or not piece.when.slot:
            continue
        before = [d for d in waiting[place:] if d.start < piece.start]
        if before and current is None:
            for draft in before:
                draft.slot = piece.when.slot
            place += len(before)
        else:
            for draft in before:
                draft.slot = current
            place += len(before)
            current = piece.when.slot
    for draft in waiting[place:]:
        draft.slot = current or draft.slot


def when_of(pieces: list[Piece], items: list[ParsedItem]) -> tuple[Slot | None, int, str | None]:
    """The meal's slot, day and clock time, as far as they were said."""
    whens = [piece.when for piece in pieces if piece.when]
    slots = [str(item.slot) for item in items if item.slot]
    slots = slots or [w.slot for w in whens if w.slot]
    parts = [PARTS[w.part] for w in whens if w.part and PARTS[w.part]]
    slot = slots[0] if slots else (parts[0] if parts else None)
    day = next((w.day_offset for w in whens if w.day_offset is not None), 0)
    time = next((w.time for w in whens if w.time), None)
    if slot is None and time == "12:00":
        slot = "lunch"
    return slot, day, time  # type: ignore[return-value]
