"""A sentence about a meal → foods with grams, when it was, and at most one question."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.words import keys
from coach.nutrition.meals.amounts import Amount
from coach.nutrition.meals.drafts import Assembly, Draft
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import ParsedItem, ParsedMeal, Slot
from coach.nutrition.meals.scan import Piece, Scanner
from coach.nutrition.meals.spelling import Spelling
from coach.nutrition.meals.weigh import Weighed, nice, weigh
from coach.nutrition.meals.when import PARTS

MOST_CHARACTERS: Final = 2000
MOST_ITEMS: Final = 40
MOST_GRAMS: Final = 3000.0
MOST_DRINK_GRAMS: Final = 6000.0
MOST_KCAL: Final = 4500.0
DRINKS: Final = frozenset(["soda", "juice", "water", "coffee", "tea", "latte", "smoothie", "milk", "beer", "wine"])
# Where a side goes: kinds of host, nearest meaning first.
HOSTS: Final = {
    "flatbread": ("flatbread", "bread"), "latte": ("coffee",), "burger": ("burger", "sandwich"),
    "sandwich": ("sandwich", "bread"), "smoothie": ("smoothie", "drink"), "milk": ("drink",),
    "curry": ("curry", "dish"), "pizza": ("dish",), "pasta": ("pasta", "dish"),
    "grain": ("curry", "dish"), "cake": ("cake", "bread"), "dessert": ("cake",),
}  # fmt: skip
BY_PIECE: Final = frozenset({"bread", "flatbread", "coffee", "tea", "latte"})


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
    done = Assembly(index, pieces).run()
    kept = [draft for draft in done.drafts if not draft.denied]
    assign_slots(kept, pieces)
    questions = Questions()
    if re.search(r"(?:^|\s)[-−]\s?\d", text):
        questions.impossible.append("")
    items = [item for item in make_items(index, kept, questions) if item][:MOST_ITEMS]
    slot, day_offset, time = when_of(pieces, items)
    for phrase, _ in done.unknown:
        questions.unknown.append(phrase)
    for amount in done.empty_amounts:
        questions.of_what.append(amount.unit_said or amount.unit)
    silent = done.was_denied or (bool(done.drafts) and not kept)
    not_yet = done.was_intended and not items
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


def make_items(
    index: FoodIndex, drafts: list[Draft], questions: Questions
) -> list[ParsedItem | None]:
    """Weigh the drafts; what cannot be goes to the questions and is left out."""
    made = []
    for place, draft in enumerate(drafts):
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


def settle_milk(index: FoodIndex, drafts: list[Draft], place: int) -> bool:
    """A latte "with oat milk" is an oat milk latte. False: the milk is in the drink already."""
    draft = drafts[place]
    before = drafts[place - 1] if place else None
    if draft.entry.kind != "milk" or draft.link != "with" or before is None:
        return True
    if before.entry.kind != "latte":
        return True
    made = index.named(f"latte with {draft.entry.name}") or index.named(f"{draft.entry.name} latte")
    return made is None and draft.entry.name != "milk"


def weigh_draft(drafts: list[Draft], place: int) -> Weighed:
    """Grams of one draft; a side without an amount by what it is on."""
    draft = drafts[place]
    entry = draft.entry
    side = side_grams(drafts, place)
    if side is not None:
        return Weighed(side, f"about {nice(side)} g", entry.food)
    dry = bool({"dry", "raw", "uncooked"} & set(draft.described)) and entry.dry is not None
    weighed = weigh(entry, draft.amount, plural=draft.plural, dry=dry)
    if draft.filling:
        grams = entry.usual * 0.6
        return Weighed(grams, f"about {nice(grams)} g", entry.food)
    return weighed


def side_grams(drafts: list[Draft], place: int) -> float | None:
    """What goes of a side on its host: butter by the slice of toast, milk by the cup of tea."""
    draft = drafts[place]
    amount = draft.amount
    said = amount is not None and not amount.vague
    if said or not draft.entry.sides:
        return None
    host = host_of(drafts, place)
    if host is None:
        return None
    keys_of_host = host_keys(host)
    name = next((key for key in keys_of_host if key in draft.entry.sides), None)
    if name is None:
        return None
    factor = {"bit": 0.5, "lot": 2.0}.get(amount.vague, 1.0) if amount else 1.0
    return draft.entry.sides[name] * factor * host_pieces(host)


def host_of(drafts: list[Draft], place: int) -> Draft | None:
    """The draft that a side goes with: after "on", else the nearest before that is no side."""
    if place + 1 < len(drafts) and drafts[place + 1].link == "on":
        return drafts[place + 1]
    for before in reversed(drafts[:place]):
        follower = drafts[place]
        if follower.link not in {"with", "and", "comma", ""}:
            return None
        if before.entry.kind in {"spread", "fat", "sweetener", "sauce"} or before.link == "with":
            if before.entry.sides and before.entry.kind != "dairy":
                continue
        return before
    return drafts[place + 1] if place + 1 < len(drafts) and drafts[place + 1].link == "on" else None


def host_keys(host: Draft) -> tuple[str, ...]:
    words = set(keys(host.entry.name))
    special = tuple(
        name
        for name, marks in (
            ("pancake", {"pancake", "waffle", "crepe"}), ("bagel", {"bagel"}),
            ("potato", {"potato"}), ("egg", {"egg", "omelette"}),
        )
        if words & marks
    )  # fmt: skip
    kind = host.entry.kind
    return special + HOSTS.get(kind, ()) + (kind,)


def host_pieces(host: Draft) -> float:
    """How many slices or cups the side is spread over, at least one."""
    if host.entry.kind not in BY_PIECE:
        return 1.0
    if host.entry.kind in {"coffee", "tea", "latte"}:
        count = host.amount.count if host.amount and host.amount.count else 1.0
        drinks = host.amount is None or host.amount.unit in {"", "cup", "mug", "glass"}
        return count if drinks and count <= 10 else 1.0
    grams = weigh(host.entry, host.amount, plural=host.plural).grams
    return max(1.0, min(10.0, round(grams / host.entry.each)))


def assign_slots(drafts: list[Draft], pieces: list[Piece]) -> None:
    """Give each food its meal: "for lunch X" names what follows, "X for lunch" what stood before."""
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
    slots = [item.slot for item in items if item.slot] or [w.slot for w in whens if w.slot]
    parts = [PARTS[w.part] for w in whens if w.part and PARTS[w.part]]
    slot = slots[0] if slots else (parts[0] if parts else None)
    day = next((w.day_offset for w in whens if w.day_offset is not None), 0)
    time = next((w.time for w in whens if w.time), None)
    if slot is None and time == "12:00":
        slot = "lunch"
    return slot, day, time  # type: ignore[return-value]
