"""One food as it will be written into the diary, made of what the parser or the search found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from coach.meaning.in_english import in_english
from coach.nutrition.foods import store
from coach.nutrition.foods.search import STOP, search
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals import ParsedItem, parse_meal
from coach.nutrition.models import Food
from coach.nutrition.models.diary import NUTRIENTS
from coach.nutrition.speech.spoken_amounts import amount_and_name

PARSER_NAMES = {
    "kcal": "kcal",
    "protein_g": "protein",
    "carbohydrate_g": "carbohydrate",
    "fat_g": "fat",
    "fibre_g": "fibre",
    "sugar_g": "sugar",
    "sodium_mg": "sodium",
}


@dataclass(frozen=True)
class DiaryFood:
    """One food to write: nutrients by the names of the diary, for all of `grams`.

    `slot`, `day_offset` (-1 yesterday) and `clock` are those said of this food alone.
    """

    food_id: int | None
    name: str
    amount: str
    spoken: str
    grams: float
    nutrients: dict[str, float]
    slot: str | None = None
    day_offset: int | None = None
    clock: time | None = None

    @property
    def kcal(self) -> float:
        return self.nutrients["kcal"]


def diary_foods(items: Sequence[ParsedItem]) -> list[DiaryFood]:
    """Parsed items as foods of the diary, with what only the food's row knows (saturated fat)."""
    rows = Food.objects.in_bulk([item.food_id for item in items if isinstance(item.food_id, int)])
    return [_diary_food(item, rows.get(item.food_id)) for item in items]


def _diary_food(item: ParsedItem, food: Food | None) -> DiaryFood:
    if food is not None:
        nutrients = {name: getattr(food, name) * item.grams / 100 for name in NUTRIENTS}
    else:
        nutrients = {name: getattr(item.nutrients, of) for name, of in PARSER_NAMES.items()}
    name = re.sub(r"\s+", " ", item.name).strip()
    return DiaryFood(
        food_id=food.pk if food else None,
        name=(name[:1].upper() + name[1:])[:160],
        amount=item.amount[:80],
        spoken=amount_and_name(item.amount, name)[:200],
        grams=round(item.grams, 1),
        nutrients={name: round(value, 2) for name, value in nutrients.items()},
        slot=item.slot,
        day_offset=item.day_offset,
        clock=item.time,
    )


def find_foods(words: str) -> list[DiaryFood]:
    """Foods that `words` name, with the amount said or the usual one; [] when none is known."""
    parsed = parse_meal(store.load_index(), words)
    if parsed.items:
        return diary_foods(parsed.items)
    found = search(store.load_index(), words, limit=1)
    if not found or found[0].covered < 1:
        return []
    match = found[0]
    grams = match.usual_grams
    item = ParsedItem(
        match.food.id,
        match.name,
        match.food.name,
        f"{grams:g} g",
        grams,
        match.food.nutrients.of(grams),
    )
    return diary_foods([item])


def foods_by_name(named: Sequence[tuple[str, float]]) -> list[DiaryFood]:
    """Foods of the everyday names in their weights (g), in order. Raises KeyError for no name."""
    index = store.load_index()
    items = []
    for name, grams in named:
        entry = index.named(name)
        if entry is None:
            raise KeyError(name)
        food = entry.food
        amount = f"{grams:g} g"
        items.append(ParsedItem(food.id, name, food.name, amount, grams, food.nutrients.of(grams)))
    return diary_foods(items)


def same_food(name: str, said: str) -> bool:
    """Whether `said` names the food: they share a word that means something."""
    return bool((set(keys(name)) - STOP) & set(keys(said)))


def was_left_out(name: str, said: str, eaten: str) -> bool:
    """Whether `said` names the food only where nothing was eaten, and so not in its part `eaten`.

    In simple sentences of other languages, too.
    """
    named = set(keys(name)) - STOP
    spoken, kept = set(keys(in_english(said))), set(keys(in_english(eaten)))
    return bool(named) and named <= spoken and named.isdisjoint(kept)
