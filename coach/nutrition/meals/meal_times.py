"""Which meal each food was of, and when that was, as far as the sentence says so."""

import datetime
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.results import ParsedItem, Slot
from coach.nutrition.meals.time_phrases import PARTS, When
from coach.nutrition.meals.tokens import Kind, Piece

OF_FOODS: Final[frozenset[Kind]] = frozenset(["name", "amount", "describing", "unknown"])
BETWEEN_WHENS: Final[frozenset[Kind]] = frozenset(["filler", "comma", "when", "intent"])


class Phrase(msgspec.Struct, frozen=True):
    """Phrases of time that follow each other, as one; `start` and `end` are places of words.

    `trails`: it stands right behind foods ("eggs at 8"), and so is of them. `ahead`: it is still
    to come.
    """

    when: When
    start: int
    end: int
    trails: bool = False
    ahead: bool = False


def assign_times(drafts: list[Draft], pieces: list[Piece]) -> None:
    """Give each food its meal, day and time.

    "For lunch X" names what follows, "X for lunch" what came. What is said of no food is of all
    that have nothing else said of them.
    """
    phrases = phrases_of(pieces)
    if not phrases:
        return
    waiting = sorted(drafts, key=lambda draft: draft.start)
    current: Phrase | None = None
    for place, phrase in enumerate(phrases):
        until = phrases[place + 1].start if place + 1 < len(phrases) else pieces[-1].end
        begins = phrases[place - 1].end if place else 0
        before = [draft for draft in waiting if begins <= draft.start < phrase.start]
        after = [draft for draft in waiting if phrase.end <= draft.start < until]
        if before and (phrase.trails or (not after and not phrase.ahead)):
            current = trailing(before, phrase, current)
        else:
            give(before, current)
            current = led_on(phrase, current)
    give([draft for draft in waiting if draft.start >= phrases[-1].end], current)
    fill_in(waiting, phrases[0])


def trailing(before: list[Draft], phrase: Phrase, current: Phrase | None) -> Phrase | None:
    """ "Eggs for breakfast": the phrase is of the foods before it.

    "For breakfast eggs at 8" says more of the same meal; "for breakfast eggs, soup for lunch" names
    another for the foods since the last pause.
    """
    if current is None:
        give(before, phrase)
        return None
    both = joined(current, phrase)
    if both is not None:
        give(before, both)
        return current
    last = since_pause(before)
    give(before[:last], current)
    give(before[last:], phrase if last else current)
    return None if last else phrase


def since_pause(drafts: list[Draft]) -> int:
    """The place of the first food behind the last comma."""
    return next((i for i in range(len(drafts) - 1, 0, -1) if drafts[i].link == "comma"), 0)


def led_on(phrase: Phrase, current: Phrase | None) -> Phrase | None:
    """A phrase before its foods; the day that was said before goes on where it names none.

    Of what is ahead nothing is: what it leads to is intended, and the next was eaten ("Tomorrow I
    will have pizza. I had soup.").
    """
    if phrase.ahead:
        return None
    if current is None or current.ahead or phrase.when.day_offset is not None:
        return phrase
    return replace(phrase, when=replace(phrase.when, day_offset=current.when.day_offset))


def give(drafts: list[Draft], phrase: Phrase | None) -> None:
    if phrase is None:
        return
    for draft in drafts:
        draft.slot = phrase.when.slot or PARTS[phrase.when.part] or draft.slot
        draft.day_offset, draft.time = phrase.when.day_offset, phrase.when.time
        draft.ahead = phrase.ahead


def fill_in(drafts: list[Draft], first: Phrase) -> None:
    """What was said once holds for the foods of which nothing was said."""
    said = next((d for d in drafts if d.slot or d.time or d.day_offset is not None), None)
    for draft in drafts:
        if draft.day_offset is None and not draft.ahead and not first.ahead:
            draft.day_offset = first.when.day_offset
        if said is not None and not (draft.slot or draft.time) and not said.ahead:
            draft.slot, draft.time = said.slot, said.time
        if draft.slot and not draft.time:
            draft.time = time_of_meal(drafts, draft)


def time_of_meal(drafts: list[Draft], draft: Draft) -> datetime.time | None:
    """The time that was said of another food of the same meal."""
    same = (d.time for d in drafts if (d.slot, d.day_offset) == (draft.slot, draft.day_offset))
    return next((time for time in same if time), None)


def still_to_come(drafts: list[Draft], pieces: Sequence[Piece]) -> list[str]:
    """The names of the foods that the sentence puts ahead: "a pear tomorrow"."""
    return [draft.text for draft in drafts if draft.ahead or is_announced(draft, pieces)]


def is_announced(draft: Draft, pieces: Sequence[Piece]) -> bool:
    """ "Tomorrow I will have pizza": it is not eaten, and what is ahead was said before it."""
    before = [p for p in pieces if p.start < draft.start and (p.ahead or p.kind == "stop")]
    return draft.denied and bool(before) and before[-1].ahead


def phrases_of(pieces: Sequence[Piece]) -> list[Phrase]:
    """The phrases of time; those with nothing but fillers between them are one."""
    found: list[Phrase] = []
    last: Piece | None = None  # the last piece that means something
    for piece in pieces:
        if piece.when is None and not piece.ahead:
            last = last if piece.kind == "filler" else piece
            continue
        phrase = Phrase(
            piece.when or When(), piece.start, piece.end,
            trails=last is not None and last.kind in OF_FOODS, ahead=piece.ahead,
        )  # fmt: skip
        both = joined(found[-1], phrase) if found and follows(found[-1], piece, pieces) else None
        if both is not None:
            found[-1] = both
        else:
            found.append(phrase)
        last = piece
    return found


def follows(phrase: Phrase, piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether nothing of foods stands between; a comma ends what trails ("…, at 10 a pear")."""
    between = [p.kind for p in pieces if phrase.end <= p.start < piece.start]
    allowed = BETWEEN_WHENS - {"comma"} if phrase.trails else BETWEEN_WHENS
    return all(kind in allowed for kind in between)


def joined(one: Phrase, other: Phrase) -> Phrase | None:
    """Both as one phrase; None where they speak of two meals."""
    a, b = one.when, other.when
    pairs = ((a.slot, b.slot), (a.time, b.time), (a.day_offset, b.day_offset))
    if any(x and y and x != y for x, y in pairs):
        return None
    when = When(
        slot=a.slot or b.slot,
        day_offset=b.day_offset if a.day_offset is None else a.day_offset,
        time=a.time or b.time,
        part=a.part or b.part,
    )
    return Phrase(when, one.start, other.end, one.trails, one.ahead or other.ahead)


def when_of(
    pieces: list[Piece], items: list[ParsedItem]
) -> tuple[Slot | None, int, datetime.time | None]:
    """The meal's slot, days back (0: today) and clock time, as far as they were said."""
    whens = [piece.when for piece in pieces if piece.when]
    slots = [item.slot for item in items if item.slot]
    slots = slots or [when.slot for when in whens if when.slot]
    slots = slots or [slot for when in whens if (slot := PARTS.get(when.part))]
    day = next((when.day_offset for when in whens if when.day_offset is not None), 0)
    time = next((when.time for when in whens if when.time), None)
    noon: Slot | None = "lunch" if time == datetime.time(12) else None
    return (slots[0] if slots else noon), day, time
