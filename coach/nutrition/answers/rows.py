"""What the diary holds of a span, in a number of queries that does not grow with its meals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Sum

from coach.nutrition.answers.foods import AskedFood
from coach.nutrition.answers.spans import MOST_DAYS, Span
from coach.nutrition.foods import store
from coach.nutrition.models.diary import NUTRIENTS, Meal, MealItem
from coach.types import Member

MOST_ITEMS: Final = 5_000  # of a span, the latest ones
MOST_NAMES: Final = 5_000  # different foods of a whole diary
COLUMNS: Final = (
    "meal__day", "meal__eaten_at", "meal__zone", "meal__slot", "meal_id", "name", "amount",
    "spoken", "grams", "food_id", *NUTRIENTS,
)  # fmt: skip


@dataclass(frozen=True)
class DayTotals:
    """What was eaten on one day, by nutrient in the unit of its name."""

    day: date
    totals: dict[str, float]


@dataclass(frozen=True)
class Eaten:
    """One item as it stands in the diary."""

    day: date
    eaten_at: datetime
    zone: str
    slot: str
    meal_id: int
    name: str
    amount: str
    spoken: str
    grams: float
    food_id: int | None
    kcal: float
    protein_g: float
    carbohydrate_g: float
    fat_g: float
    fibre_g: float | None
    sugar_g: float | None
    saturated_fat_g: float | None
    sodium_mg: float | None

    @property
    def local_time(self) -> datetime:
        return self.eaten_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def day_totals(member: Member, span: Span) -> list[DayTotals]:
    """The days of `span` on which something is written down, in their order. One query."""
    rows: Any = (
        Meal.objects.for_member(member)
        .kept()
        .filter(day__range=(span.first, span.last), items__isnull=False)
        .order_by("day")
        .values("day")
        .annotate(**{f"sum_{name}": Sum(f"items__{name}") for name in NUTRIENTS})[:MOST_DAYS]
    )
    return [
        DayTotals(row["day"], {name: row[f"sum_{name}"] or 0.0 for name in NUTRIENTS})
        for row in rows
    ]


def items_in(member: Member, span: Span, slot: str | None = None) -> list[Eaten]:
    """The items of `span` (and of a meal of the day), the latest first. One query."""
    items = MealItem.objects.filter(
        meal__member=member,
        meal__deleted_at=None,
        meal__day__range=(span.first, span.last),
    )
    if slot:
        items = items.filter(meal__slot=slot)
    ordered = items.order_by("-meal__day", "-meal__eaten_at", "meal_id", "position", "pk")
    return [Eaten(*row) for row in ordered.values_list(*COLUMNS)[:MOST_ITEMS]]


def of_food(items: Sequence[Eaten], food: AskedFood) -> list[Eaten]:
    """Those of `items` that are or hold `food`."""
    index = store.load_index()
    return [item for item in items if food.is_in(index, item.name, item.food_id)]


def last_of(member: Member, food: AskedFood | None, slot: str | None = None) -> Eaten | None:
    """The latest item that is or holds `food`, in the whole diary. Two queries."""
    items = MealItem.objects.filter(meal__member=member, meal__deleted_at=None)
    if slot:
        items = items.filter(meal__slot=slot)
    if food is not None:
        known = items.order_by().values_list("name", "food_id").distinct()[:MOST_NAMES]
        index = store.load_index()
        names = {name for name, food_id in known if food.is_in(index, name, food_id)}
        items = items.filter(name__in=names)
    row = items.order_by("-meal__day", "-meal__eaten_at", "position").values_list(*COLUMNS).first()
    return Eaten(*row) if row else None
