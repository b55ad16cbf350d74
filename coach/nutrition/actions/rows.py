"""Rows of meals and items, as the verbs of the diary find and write them. No transactions here."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Max
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError, NotFound
from coach.nutrition.diary_clock import day_starts_hour, instant_of, when
from coach.nutrition.models.diary import NUTRIENTS, Meal, MealItem, Slot
from coach.nutrition.reading import DiaryFood
from coach.talk.models import Session
from coach.types import Member

MAX_ITEMS = 40
MAX_GRAMS = 10_000


def meal_of(member: Member, meal_id: int) -> Meal:
    """The kept meal of `member` with that key. Raises NotFound."""
    meal = Meal.objects.for_member(member).kept().filter(pk=meal_id).first()
    if meal is None:
        raise NotFound(_("That meal is not in your diary any more."))
    return meal


def item_of(member: Member, item_id: int) -> MealItem:
    """The item, of a kept meal of `member`, with that key. Raises NotFound."""
    item = MealItem.objects.filter(pk=item_id, meal__in=Meal.objects.for_member(member).kept())
    found = item.select_related("meal").first()
    if found is None:
        raise NotFound(_("That food is not in your diary any more."))
    return found


def new_meal(
    member: Member,
    eaten_at: datetime,
    day: date,
    slot: Slot,
    said: str,
    *,
    session: Session | None = None,
    key: str = "",
) -> Meal:
    """Write a meal without items; the last part of `key` is the call id of a tool."""
    return Meal.objects.create(
        member=member,
        eaten_at=eaten_at,
        zone=member.time_zone,
        day=day,
        slot=slot,
        said=said,
        session=session,
        call_id=key.rpartition(":")[2][:80] if session else "",
    )


def place(
    member: Member,
    meal: Meal,
    *,
    day: date | None = None,
    slot: str = "",
    time_of_day: time | None = None,
) -> None:
    """Put `meal` at another time. What is not given stays, but a new slot brings its usual time."""
    if time_of_day is None and slot and slot != meal.slot:
        meal.eaten_at, meal.day, meal.slot = when(member, day=day or meal.day, slot=slot)
    else:
        time_of_day = time_of_day or meal.local_time.time()
        meal.day = day or meal.day
        meal.slot = Slot(slot) if slot else meal.slot
        meal.eaten_at = instant_of(meal.day, time_of_day, member.zone, day_starts_hour(member))
    meal.zone = member.time_zone
    meal.save(update_fields=["eaten_at", "day", "slot", "zone"])


def scale(item: MealItem, grams: float) -> None:
    """Give `item` another weight (not saved). Its nutrients keep their share of it."""
    if item.grams <= 0:
        raise CoachError(
            _("That food has no weight. Take it out and log it again."), code="invalid"
        )
    factor = grams / item.grams
    for name in NUTRIENTS:
        value = getattr(item, name)
        setattr(item, name, value * factor if value is not None else None)
    item.grams = grams


def remove(item: MealItem) -> None:
    """Delete `item`; a meal without items is removed with its last one."""
    meal = item.meal
    item.delete()
    if not MealItem.objects.filter(meal=meal).exists():  # `meal.items` may be prefetched
        meal.deleted_at = clock.now()
        meal.save(update_fields=["deleted_at"])


def add_items(meal: Meal, foods: Sequence[DiaryFood]) -> list[MealItem]:
    """Append foods to a meal that is there."""
    last = meal.items.aggregate(last=Max("position"))["last"]
    return write_items(meal, foods, start=0 if last is None else last + 1)


def fill(item: MealItem, food: DiaryFood) -> None:
    """Make `item` what `food` says (not saved)."""
    item.food_id = food.food_id
    item.name, item.amount, item.grams = food.name, food.amount, food.grams
    item.spoken = food.spoken
    for name in NUTRIENTS:
        setattr(item, name, food.nutrients.get(name))


def write_items(meal: Meal, foods: Sequence[DiaryFood], start: int = 0) -> list[MealItem]:
    """Write foods as items of `meal`, at the positions from `start` on. Raises CoachError."""
    if start + len(foods) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    items = []
    for position, food in enumerate(foods, start):
        item = MealItem(meal=meal, position=position)
        fill(item, food)
        items.append(item)
    return MealItem.objects.bulk_create(items)
