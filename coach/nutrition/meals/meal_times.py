"""Which meal each food was of, and when that was, as far as the sentence says so."""

from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.results import ParsedItem, Slot
from coach.nutrition.meals.time_phrases import PARTS
from coach.nutrition.meals.tokens import Piece


def assign_slots(drafts: list[Draft], pieces: list[Piece]) -> None:
    """Give each food its meal: "for lunch X" names what follows, "X for lunch" what came."""
    current: Slot | None = None
    waiting = sorted(drafts, key=lambda draft: draft.start)
    place = 0
    for piece in pieces:
        if piece.when is None or piece.when.slot is None:
            continue
        before = [draft for draft in waiting[place:] if draft.start < piece.start]
        place += len(before)
        follows = bool(before) and current is None
        for draft in before:
            draft.slot = piece.when.slot if follows else current
        if not follows:
            current = piece.when.slot
    for draft in waiting[place:]:
        draft.slot = current or draft.slot


def when_of(pieces: list[Piece], items: list[ParsedItem]) -> tuple[Slot | None, int, str | None]:
    """The meal's slot, days back (0: today) and clock time ("HH:MM"), as far as they were said."""
    whens = [piece.when for piece in pieces if piece.when]
    slots = [item.slot for item in items if item.slot]
    slots = slots or [when.slot for when in whens if when.slot]
    slots = slots or [slot for when in whens if (slot := PARTS.get(when.part))]
    day = next((when.day_offset for when in whens if when.day_offset is not None), 0)
    time = next((when.time for when in whens if when.time), None)
    noon: Slot | None = "lunch" if time == "12:00" else None
    return (slots[0] if slots else noon), day, time
