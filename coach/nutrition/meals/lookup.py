"""Foods outside the everyday layer, found by name and taken only when there is no doubt."""

from functools import lru_cache
from typing import Final

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.records import CUSTOM
from coach.nutrition.foods.search import STOP, search
from coach.nutrition.foods.words import keys

SURE: Final = 5.0


@lru_cache(maxsize=20_000)
def resolve(index: FoodIndex, phrase: str) -> Entry | None:
    """The food that `phrase` surely names: every word of it, the head among them, or None."""
    asked = [word for word in keys(phrase) if word not in STOP]
    if not asked or not all(word in index.words or word in index.postings() for word in asked):
        return None
    turned = index.named(" ".join(reversed(phrase.split()))) if len(asked) == 2 else None
    if turned is not None:
        return turned
    for match in search(index, phrase, 3):
        if match.covered < 1 or match.score < SURE:
            continue
        own = keys(match.food.name)
        heads = [keys(part) for part in match.food.name.split(",")[:2]]
        near = {word for head in heads for word in head}
        for name in match.food.names:
            near |= set(keys(name))
        if match.food.source == CUSTOM or all(word in near for word in asked):
            return index.entry_of(match.food)
        if len(asked) > 1 and own and own[0] in asked and all(word in own for word in asked):
            return index.entry_of(match.food)
    return None
