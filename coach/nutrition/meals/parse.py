"""A sentence about a meal → foods with grams, when it was, and at most one question."""

import re
from typing import Final

from django.utils.translation import gettext as _

from coach.meaning.in_english import in_english
from coach.meaning.others import without_others
from coach.meaning.plain_speech import plain_speech
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.meals.composition import eaten_parts
from coach.nutrition.meals.draft_builder import build_drafts
from coach.nutrition.meals.items import make_items
from coach.nutrition.meals.meal_times import assign_times, still_to_come, when_of
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import ParsedMeal
from coach.nutrition.meals.rows import find_rows
from coach.nutrition.meals.said_at import AT_NO_KNOWN_TIME, SaidAt
from coach.nutrition.meals.tokens import SentenceReader, scanned
from coach.nutrition.meals.told import told

_OF_TOMORROW: Final = re.compile(
    r"\b(?:in )?(?:(?:for|to|at|with) )?tomorrow['’]?s (\w+)", re.IGNORECASE
)
_NOT_WITH: Final = re.compile(r"\bnot with\b", re.IGNORECASE)
# In a longer story a number that is of no food ("it was cut in eight") is not asked about.
MOST_WORDS_TO_ASK_OF: Final = 20
FEWEST_OF_A_STORY: Final = 2  # foods
MOST_CHARACTERS: Final = 4000  # what is said in one turn is not longer


def parse_meal(index: FoodIndex, said: str, said_at: SaidAt = AT_NO_KNOWN_TIME) -> ParsedMeal:
    """Read what somebody says they ate. Never raises on text; nothing understood is a question.

    `said_at` lets "on Monday" be a day, and "an hour ago" a time. Text beyond 4,000 characters is
    not read. What is still to come is not among the items.
    """
    whole = said.strip()[:MOST_CHARACTERS]
    if not whole:
        return ParsedMeal(said=said)
    own = told(in_english(without_others(plain_speech(whole), by_case=False)))
    text = _NOT_WITH.sub("without", _OF_TOMORROW.sub(r"for \1 tomorrow", own))
    if not text:
        return ParsedMeal(said=said, question=_("I write down only what you had."))
    reader = SentenceReader(index, text, said_at)
    pieces = scanned(reader)
    built = build_drafts(index, pieces)
    kept = eaten_parts(index, find_rows(index, built.drafts, pieces))
    assign_times(kept, pieces)
    questions = Questions(ahead=still_to_come(built.drafts, pieces))
    items = make_items(index, [draft for draft in kept if not draft.ahead], questions)
    slot, day_offset, time_of_day = when_of(pieces, items)
    story = len(reader.words) > MOST_WORDS_TO_ASK_OF and len(items) >= FEWEST_OF_A_STORY
    questions.unknown.extend(built.counted_unknown if story else built.unknown)
    for amount in built.empty_amounts:
        questions.of_what.append(amount.unit_said or amount.unit)
    if not items or len(reader.words) <= MOST_WORDS_TO_ASK_OF:
        questions.unplaced.extend([*reader.plain.unread, *built.unplaced_amounts])
    silent = built.was_denied or (bool(built.drafts) and not kept)
    not_yet = (built.was_intended or bool(questions.ahead)) and not items
    return ParsedMeal(
        said=said,
        items=tuple(items),
        slot=slot,
        day_offset=day_offset,
        time=time_of_day,
        question=questions.first(
            bool(items), nothing_eaten=silent and not items, not_yet=not_yet, slot=slot
        ),
        unknown=tuple(questions.unknown),
        nothing_eaten=silent and not items and not not_yet,
        not_yet=not_yet,
    )
