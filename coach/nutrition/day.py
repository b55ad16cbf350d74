"""A diary day put together for a page, a card or a sentence. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import NUTRIENTS, Meal, MealItem, Slot
from coach.nutrition.targets import Target, Targets, targets_for
from coach.types import Member

MACROS = ("protein_g", "carbohydrate_g", "fat_g")


def total(items: Iterable[MealItem]) -> dict[str, float]:
    """Sum of every nutrient in the units of its name; unknown values count as nothing."""
    found = list(items)
    return {name: sum(getattr(item, name) or 0 for item in found) for name in NUTRIENTS}


@dataclass(frozen=True)
class SlotOfDay:
    slot: Slot
    meals: list[Meal]
    totals: dict[str, float]

    @property
    def items(self) -> list[MealItem]:
        return [item for meal in self.meals for item in meal.items.all()]


@dataclass(frozen=True)
class Progress:
    """A nutrient eaten against its target, for a meter: both in the unit of its name."""

    nutrient: str
    eaten: float
    target: Target | None

    @property
    def percent(self) -> int:
        """Share of the goal, 0 to 100."""
        return min(round(100 * self.eaten / self.target.goal), 100) if self.target else 0

    @property
    def left(self) -> float:
        """What remains to the goal, never below zero."""
        return max(self.target.goal - self.eaten, 0) if self.target else 0

    @property
    def over(self) -> float:
        """How much more than the goal; 0 up to the top of the range, which is as good."""
        beyond = self.target is not None and self.eaten > self.target.high
        return self.eaten - self.target.goal if self.target and beyond else 0

    @property
    def within(self) -> bool:
        return bool(self.target and self.target.low <= self.eaten <= self.target.high)


@dataclass(frozen=True)
class Day:
    day: date
    today: date
    slots: list[SlotOfDay]  # those that hold something, in the order of the day
    totals: dict[str, float]
    targets: Targets

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def meals(self) -> list[Meal]:
        return [meal for slot in self.slots for meal in slot.meals]

    @property
    def previous(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date | None:
        """The following day; nothing lies after tomorrow, which may be planned."""
        return self.day + timedelta(days=1) if self.day <= self.today else None

    def progress(self, nutrient: str) -> Progress:
        return Progress(nutrient, self.totals[nutrient], self.targets.of(nutrient))

    @property
    def energy(self) -> Progress:
        return self.progress("kcal")

    @property
    def macros(self) -> list[Progress]:
        return [self.progress(name) for name in MACROS]


def day_for(member: Member, day: date | None = None) -> Day:
    """The diary day `day` (default: today on the member's clock)."""
    current = today(member)
    day = day or current
    found = Meal.objects.for_member(member).kept().on(day).prefetch_related("items")
    meals = sorted(found, key=lambda meal: (meal.eaten_at, meal.pk))
    slots = []
    for slot in (Slot.BREAKFAST, Slot.LUNCH, Slot.SNACK, Slot.DINNER):
        of_slot = [meal for meal in meals if meal.slot == slot]
        if of_slot:
            items = [item for meal in of_slot for item in meal.items.all()]
            slots.append(SlotOfDay(slot, of_slot, total(items)))
    items = [item for meal in meals for item in meal.items.all()]
    return Day(day, current, slots, total(items), targets_for(member, day))


@dataclass(frozen=True)
class DayEnergy:
    """The energy eaten on a day of the week that a page shows."""

    day: date
    kcal: float | None  # None where nothing was written down
    shown: bool  # the day that the page shows


def week_for(member: Member, day: date) -> list[DayEnergy]:
    """Energy of the seven days that end with `day`, or with today when `day` is within them."""
    current = today(member)
    last = current if day <= current < day + timedelta(days=7) else day
    days = [last - timedelta(days=back) for back in range(6, -1, -1)]
    sums = dict(
        Meal.objects.for_member(member)
        .kept()
        .filter(day__in=days)
        .order_by()
        .values_list("day")
        .annotate(kcal=Sum("items__kcal"))
    )
    return [DayEnergy(each, sums.get(each), each == day) for each in days]
