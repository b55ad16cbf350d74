"""Foods outside the everyday layer, found by name and taken only when there is no doubt."""

from functools import lru_cache
from typing import Final

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.idle_words import DESCRIBING
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import CUSTOM, EVERYDAY, FNDDS, FoodRecord
from coach.nutrition.foods.search import CATEGORIES, STOP, search, uneaten
from coach.nutrition.foods.word_forms import keys

SURE: Final = 5.0
MOST_HEAD_WORDS: Final = 2


@lru_cache(maxsize=20_000)
def resolve(index: FoodIndex, phrase: str) -> Entry | None:
    """The food that `phrase` surely names: every word of it, the head among them, or None."""
    asked = [word for word in keys(phrase) if word not in STOP]
    if not asked or not all(word in index.words or word in index.postings() for word in asked):
        return None
    if all(word in DESCRIBING for word in asked):
        return None  # "the white" is no white bean
    turned = index.named(" ".join(reversed(phrase.split()))) if len(asked) == 2 else None
    if turned is not None:
        return turned
    if index.survey:
        row = index.survey.names.named(phrase)
        if row is not None:
            return index.survey.entry(row)
    for match in search(index, phrase, 3):
        if match.food.source == FNDDS or (index.survey and len(asked) == 1 and is_ordinary(phrase)):
            continue
        if match.covered < 1 or match.score < SURE or uneaten(match.food, asked):
            continue
        if names_it(match.food, asked):
            return index.entry_of(match.food)
    return None


def names_it(food: FoodRecord, asked: list[str]) -> bool:
    """Whether the words asked for are the food's own name, not words that happen to be in it."""
    parts = [keys(part) for part in food.name.split(",")]
    head = parts[1] if len(parts) > 1 and set(parts[0]) <= CATEGORIES else parts[0]
    others = [keys(name) for name in food.names]
    if food.source == CUSTOM or tuple(asked) in (head, *others):
        return True
    if food.source == EVERYDAY:
        return set(head) - STOP == set(asked)
    if len(asked) == 1:
        return bool(head) and asked[0] == head[0] and len(set(head) - STOP) <= MOST_HEAD_WORDS
    strange = set(head) - set(asked) - STOP
    return bool(set(head) & set(asked)) and not strange
