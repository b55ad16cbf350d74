"""Write meals down and change them. Each verb is one transaction and writes one change row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError, NotFound
from coach.nutrition.actions.history import Snapshots, done_before, hold, record, snapshots
from coach.nutrition.models.diary import NUTRIENTS, DiaryChange, Meal, MealItem, Slot
from coach.nutrition.reading import Draft, NamedFood, Reading, read_items, read_meal
from coach.nutrition.today import day_of, day_starts_hour, instant_of, when

MAX_ITEMS = 40
MAX_GRAMS = 10_000


@dataclass(frozen=True)
class LoggedMeal:
    """Meals that were written, usually one. `question` asks for what was left out, if anything."""

    meals: list[Meal]
    change: DiaryChange
    question: str = ""
    rest: str = ""  # the words that `question` is about

    @property
    def meal(self) -> Meal:
        return self.meals[0]

    @classmethod
    def again(cls, change: DiaryChange) -> "LoggedMeal":
        """What `change` logged, for a request that was repeated."""
        meals = Meal.objects.for_member(change.member).filter(pk__in=change.after)
        return cls(list(meals.order_by("pk")), change)


@dataclass(frozen=True)
class Question:
    """Nothing was written: `text` says what is needed."""

    text: str


@transaction.atomic
def log_meal(
    member: Any,
    said: str,
    *,
    session: Any = None,
    key: str = "",
    items: Sequence[NamedFood] | None = None,
    day: date | None = None,
) -> LoggedMeal | Question:
    """Write down what `member` said they ate; the same `key` again returns the first meal.

    `items` are foods with grams that a language model made of the words; without them our own
    parser reads `said`. `day` is the day to use where the words name none (default: today).
    """
    hold(member)
    if done := done_before(member, key):
        return LoggedMeal.again(done)
    now = clock.now()
    current = day_of(now, member.zone, day_starts_hour(member))
    reading = read_items(items, said, current) if items else read_meal(said, current)
    if not reading.drafts:
        return Question(_what_then(reading))
    named = reading.day(current)
    meals = []
    for slot, drafts in _by_slot(reading).items():
        eaten_at, on, chosen = when(
            member, day=named or day, slot=slot, clock=reading.clock, now=now
        )
        meal = _new_meal(member, eaten_at, on, chosen, said, session=session, key=key)
        _write_items(meal, drafts)
        meals.append(meal)
    before: Snapshots = {str(meal.pk): None for meal in meals}
    change = record(member, DiaryChange.Verb.LOG, meals[0], before, said=said, key=key)
    return LoggedMeal(meals, change, reading.question, reading.rest)


def _by_slot(reading: Reading) -> dict[str | None, list[Draft]]:
    """The foods by the meal they were said to be of ("eggs for breakfast, a salad for lunch")."""
    slots: dict[str | None, list[Draft]] = {}
    for draft in reading.drafts:
        slots.setdefault(draft.slot or reading.slot, []).append(draft)
    return slots


def _what_then(reading: Reading) -> str:
    """What to say where there is nothing to write."""
    if reading.question:
        return reading.question
    if reading.nothing_eaten:
        return _("All right, then there is nothing to write down.")
    if reading.not_yet:
        return _("All right. Tell me when you have had it.")
    return _("What did you have?")


@transaction.atomic
def copy_slot(member: Any, slot: str, *, source: date, target: date, key: str = "") -> LoggedMeal:
    """Write what `member` had as `slot` on `source` down again on `target`."""
    hold(member)
    if done := done_before(member, key):
        return LoggedMeal.again(done)
    found = Meal.objects.for_member(member).kept().on(source).filter(slot=slot)
    items = list(MealItem.objects.filter(meal__in=found))
    if not items:
        raise NotFound(_("There is nothing to copy."))
    eaten_at, on, chosen = when(member, day=target, slot=slot)
    meal = _new_meal(member, eaten_at, on, chosen, "", key=key)
    for position, item in enumerate(items):
        item.pk, item.meal, item.position = None, meal, position
        item._state.adding = True
    MealItem.objects.bulk_create(items)
    change = record(member, DiaryChange.Verb.LOG, meal, {str(meal.pk): None}, key=key)
    return LoggedMeal([meal], change)


@transaction.atomic
def edit_item(member: Any, item_id: int, grams: float) -> DiaryChange:
    """Set the weight of one item; its nutrients follow in proportion to what they were."""
    hold(member)
    item = _item(member, item_id)
    if not 0 < grams <= MAX_GRAMS:
        raise CoachError(_("Type a weight between 1 and 10,000 grams."), code="invalid")
    before = snapshots([item.meal])
    scale(item, grams)
    item.amount = item.spoken = ""
    item.save()
    return record(member, DiaryChange.Verb.CHANGE, item.meal, before)


@transaction.atomic
def delete_item(member: Any, item_id: int) -> DiaryChange:
    """Take one item out; a meal without items goes with its last one."""
    hold(member)
    item = _item(member, item_id)
    before = snapshots([item.meal])
    remove(item)
    return record(member, DiaryChange.Verb.REMOVE, item.meal, before)


@transaction.atomic
def delete_meal(member: Any, meal_id: int) -> DiaryChange:
    hold(member)
    meal = _meal(member, meal_id)
    before = snapshots([meal])
    meal.deleted_at = clock.now()
    meal.save(update_fields=["deleted_at"])
    return record(member, DiaryChange.Verb.REMOVE, meal, before)


@transaction.atomic
def move_meal(
    member: Any, meal_id: int, *, day: date | None = None, slot: str = "", clock: time | None = None
) -> DiaryChange:
    """Change when a meal was: its diary day, its slot, its time on the clock."""
    hold(member)
    meal = _meal(member, meal_id)
    before = snapshots([meal])
    place(member, meal, day=day, slot=slot, clock=clock)
    return record(member, DiaryChange.Verb.CHANGE, meal, before)


def place(
    member: Any, meal: Meal, *, day: date | None = None, slot: str = "", clock: time | None = None
) -> None:
    """Put `meal` at another time. What is not given stays, but a new slot brings its usual time."""
    if clock is None and slot and slot != meal.slot:
        meal.eaten_at, meal.day, meal.slot = when(member, day=day or meal.day, slot=slot)
    else:
        clock = clock or meal.local_time.time()
        meal.day = day or meal.day
        meal.slot = Slot(slot) if slot else meal.slot
        meal.eaten_at = instant_of(meal.day, clock, member.zone, day_starts_hour(member))
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
    meal = item.meal
    item.delete()
    if not MealItem.objects.filter(meal=meal).exists():  # `meal.items` may be prefetched
        meal.deleted_at = clock.now()
        meal.save(update_fields=["deleted_at"])


def add_items(meal: Meal, drafts: Sequence[Draft]) -> list[MealItem]:
    """Append foods to a meal that is there."""
    last = meal.items.aggregate(last=Max("position"))["last"]
    return _write_items(meal, drafts, start=0 if last is None else last + 1)


def fill(item: MealItem, draft: Draft) -> None:
    """Make `item` what `draft` says (not saved)."""
    item.food_id = draft.food_id
    item.name, item.amount, item.grams = draft.name, draft.amount, draft.grams
    item.spoken = draft.spoken
    for name in NUTRIENTS:
        setattr(item, name, draft.nutrients.get(name))


def _write_items(meal: Meal, drafts: Sequence[Draft], start: int = 0) -> list[MealItem]:
    if start + len(drafts) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    items = []
    for position, draft in enumerate(drafts, start):
        item = MealItem(meal=meal, position=position)
        fill(item, draft)
        items.append(item)
    return MealItem.objects.bulk_create(items)


def _new_meal(
    member: Any,
    eaten_at: datetime,
    day: date,
    slot: Slot,
    said: str,
    *,
    session: Any = None,
    key: str = "",
) -> Meal:
    return Meal.objects.create(
        member=member,
        eaten_at=eaten_at,
        zone=member.time_zone,
        day=day,
        slot=slot,
        said=said[:500],
        session=session,
        call_id=key.rpartition(":")[2][:80] if session else "",
    )


def _meal(member: Any, meal_id: int) -> Meal:
    meal = Meal.objects.for_member(member).kept().filter(pk=meal_id).first()
    if meal is None:
        raise NotFound(_("That meal is not in your diary any more."))
    return meal


def _item(member: Any, item_id: int) -> MealItem:
    item = MealItem.objects.filter(pk=item_id, meal__in=Meal.objects.for_member(member).kept())
    found = item.select_related("meal").first()
    if found is None:
        raise NotFound(_("That food is not in your diary any more."))
    return found
