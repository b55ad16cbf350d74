"""What may be proposed to a member: meals that they had, and the table of everyday meals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from coach.nutrition.foods.classes import Holds, classes_of_all
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.models.diary import NUTRIENTS, MealItem
from coach.nutrition.reading.foods import PARSER_NAMES
from coach.nutrition.speech.phrasing import listed
from coach.nutrition.suggestions.meals import EverydayMeal, everyday_meals
from coach.types import Member

LOOKED_BACK: Final = timedelta(days=90)
MOST_PAST_ITEMS: Final = 1_500
MOST_FOODS: Final = 4  # of a past meal that is proposed again
FEWEST_KCAL: Final = {"snack": 40.0}
A_MEAL_KCAL: Final = 150.0


@dataclass(frozen=True)
class Candidate:
    """`names` are all names by which its foods are known; nutrients are of the whole meal."""

    title: str
    slots: frozenset[str]
    names: tuple[str, ...]
    contains: frozenset[str]
    words: frozenset[str]
    nutrients: dict[str, float]
    foods: tuple[tuple[str, float], ...] = ()  # of the table: name and grams
    items: tuple[MealItem, ...] = ()  # of a past meal
    times: int = 0  # how often the member had it
    last: date | None = None
    held: Holds = field(default_factory=Holds)
    unread: bool = False  # some of its foods no table says anything of

    @property
    def kcal(self) -> float:
        return self.nutrients["kcal"]


def from_table(index: FoodIndex) -> list[Candidate]:
    """The everyday meals whose foods are all in the table of foods."""
    found = (_everyday(index, meal) for meal in everyday_meals())
    return [one for one in found if one is not None]


def _everyday(index: FoodIndex, meal: EverydayMeal) -> Candidate | None:
    nutrients = dict.fromkeys(NUTRIENTS, 0.0)
    names = [meal.name]
    for name, grams in meal.foods:
        entry = index.named(name)
        if entry is None:
            return None
        names += [name, *index.made_of.get(entry.food.id, ())]
        part = entry.food.nutrients.of(grams)
        for column, of in {**PARSER_NAMES, "saturated_fat_g": "saturated_fat"}.items():
            nutrients[column] += getattr(part, of)
    held = classes_of_all(names) | Holds(meal.contains)
    return Candidate(
        title=meal.name,
        slots=meal.slots,
        names=tuple(names),
        contains=meal.contains,
        words=meal.words,
        nutrients=nutrients,
        foods=meal.foods,
        held=held,
    )


def from_past(member: Member, index: FoodIndex, today: date) -> list[Candidate]:
    """Meals that the member had lately and not today, each once. One query."""
    items = (
        MealItem.objects.filter(
            meal__member=member,
            meal__deleted_at=None,
            meal__day__range=(today - LOOKED_BACK, today),
        )
        .select_related("meal")
        .order_by("-meal__day", "-meal__eaten_at", "meal_id", "position")[:MOST_PAST_ITEMS]
    )
    meals: dict[int, list[MealItem]] = {}
    for item in items:
        meals.setdefault(item.meal_id, []).append(item)
    return _grouped(index, meals.values(), today)


def _grouped(index: FoodIndex, meals: Iterable[list[MealItem]], today: date) -> list[Candidate]:
    """Meals of the same foods are one; what was had today is left out."""
    groups: dict[tuple[str, frozenset[str]], list[list[MealItem]]] = {}
    for items in meals:
        names = frozenset(item.name.lower() for item in items)
        groups.setdefault((items[0].meal.slot, names), []).append(items)
    return [
        _past(index, slot, again)
        for (slot, names), again in groups.items()
        if again[0][0].meal.day < today
        and len(names) <= MOST_FOODS
        and sum(item.kcal for item in again[0]) >= FEWEST_KCAL.get(slot, A_MEAL_KCAL)
    ]


def _past(index: FoodIndex, slot: str, again: list[list[MealItem]]) -> Candidate:
    items = again[0]
    names: list[str] = []
    unread = False
    for item in items:
        food = index.foods.get(item.food_id) if item.food_id is not None else None
        of_item = [item.name, *([food.name, *index.made_of.get(food.id, ())] if food else [])]
        unread |= not classes_of_all(of_item).possible
        names += of_item
    return Candidate(
        title=listed([item.spoken_name for item in items]),
        slots=frozenset({slot}),
        names=tuple(names),
        contains=frozenset(),
        words=frozenset(),
        nutrients={n: sum(getattr(item, n) or 0.0 for item in items) for n in NUTRIENTS},
        items=tuple(items),
        times=len(again),
        last=items[0].meal.day,
        held=classes_of_all(names),
        unread=unread,
    )
