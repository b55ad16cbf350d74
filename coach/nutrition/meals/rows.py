"""The row of the tables that each food of a sentence is, by all that is said of it.

"Broccoli with no butter", "two eggs fried in butter", "a chicken breast without the skin": FNDDS
has a row for each. What a row has in it already is no food of its own.
"""

from collections.abc import Sequence
from typing import Final

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import CUSTOM
from coach.nutrition.foods.survey.names import plain_keys
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.quantities import is_bare
from coach.nutrition.meals.tokens import Piece

MOST_WORDS: Final = 14  # that stand behind a food and speak of it
CARRIED: Final = frozenset({"with", "on"})


def find_rows(index: FoodIndex, drafts: list[Draft], pieces: Sequence[Piece]) -> list[Draft]:
    """The drafts with their rows of FNDDS; those that are within another are left out."""
    if not index.survey:
        return drafts
    kept: list[Draft] = []
    for place, draft in enumerate(drafts):
        if kept and is_within(index, kept[-1], draft, pieces):
            continue
        if draft.entry.food.source != CUSTOM and not draft.denied:
            following = next((d.start for d in drafts[place + 1 :] if not d.denied), None)
            nearby = words_beside(draft, following, pieces)
            draft.entry = index.survey.varied(draft.entry, draft.text, nearby)
        kept.append(draft)
    return kept


def is_within(index: FoodIndex, dish: Draft, part: Draft, pieces: Sequence[Piece]) -> bool:
    """ "A baked potato with sour cream", "eggs fried in butter": one row has both."""
    if part.denied or dish.denied or part.link not in CARRIED or not is_bare(part.amount):
        return False
    if dish.entry.food.source == CUSTOM or set(keys(part.text)) <= set(keys(dish.text)):
        return False
    nearby = words_beside(dish, part.start, pieces) | words_beside(part, None, pieces)
    both = index.survey.within(dish.text, part.text, nearby)
    if both is None:
        return False
    dish.entry = index.survey.entry(both, dish.entry)
    dish.text = f"{dish.text} {part.link} {part.text}"
    dish.end = part.end
    return True


def words_beside(draft: Draft, following: int | None, pieces: Sequence[Piece]) -> frozenset[str]:
    """The keys of the words that describe a food: before it, and behind it to the next one."""
    found = list(draft.described)
    for piece in pieces:
        if piece.start < draft.end:
            continue
        ends = piece.kind in {"stop", "eating", "when", "amount"}
        if ends or len(found) > MOST_WORDS or (following is not None and piece.start >= following):
            break
        found.append(piece.text)
    return frozenset(plain_keys(" ".join(found)))
