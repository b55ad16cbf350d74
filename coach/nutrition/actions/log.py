"""Write meals down: from a sentence, from foods that a model named, or from another day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import NotFound
from coach.nutrition.actions.history import Snapshots, done_before, hold, record
from coach.nutrition.actions.rows import new_meal, write_items
from coach.nutrition.diary_clock import said_at, today, when
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.reading import DiaryFood, NamedFood, Reading, read_items, read_meal
from coach.talk.models import Session
from coach.types import Member


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
    member: Member,
    said: str,
    *,
    session: Session | None = None,
    key: str = "",
    items: Sequence[NamedFood] | None = None,
    day: date | None = None,
    left_out: Callable[[str], bool] = lambda _food: False,
    beside: Meal | None = None,
) -> LoggedMeal | Question:
    """Write down what `member` said they ate; the same `key` again returns the first meal.

    `items` are foods with grams that a language model made of the words; without them our own
    parser reads `said`. `day` is the day to use where the words name none (default: today).
    Of what is found, foods of which `left_out` holds are not written. Where the words tell no time
    at all, it was that of `beside`.
    """
    hold(member)
    if done := done_before(member, key):
        return LoggedMeal.again(done)
    now = clock.now()
    current, heard_at = today(member, now), said_at(member, now)
    reading = read_items(items, said, heard_at) if items else read_meal(said, heard_at)
    if not reading.foods:
        return Question(_what_then(reading))
    kept = [food for food in reading.foods if not left_out(food.name)]
    if not kept:
        return Question(_("I write down only what you had."))
    meals = []
    for (slot, offset, at), foods in _by_meal(reading, kept).items():
        named = current + timedelta(days=offset) if offset else day
        if beside and not (slot or named or at):
            named, slot, at = beside.day, beside.slot, beside.local_time.time()
        eaten_at, on, chosen = when(member, day=named, slot=slot, time_of_day=at, now=now)
        meal = new_meal(member, eaten_at, on, chosen, said, session=session, key=key)
        write_items(meal, foods)
        meals.append(meal)
    before: Snapshots = {str(meal.pk): None for meal in meals}
    change = record(member, DiaryChange.Verb.LOG, meals[0], before, said=said, key=key)
    return LoggedMeal(meals, change, reading.question, reading.rest)


def nothing_eaten(member: Member, said: str) -> Question:
    """What to say where `said` asks, plans or denies. Writes nothing."""
    reading = read_meal(said, said_at(member))
    if reading.not_yet or reading.nothing_eaten:
        return Question(_what_then(reading))
    return Question(_("I write down only what you had."))


# A meal's slot, days back and time, as far as they were said.
MealKey = tuple[str | None, int, time | None]


def _by_meal(reading: Reading, kept: Sequence[DiaryFood]) -> dict[MealKey, list[DiaryFood]]:
    """The `kept` foods by the meal they were said to be of ("eggs at 8 for breakfast, soup at 1").

    What was said of no food in particular holds for those of which nothing was said.
    """
    meals: dict[MealKey, list[DiaryFood]] = {}
    for food in kept:
        own = food.slot or food.clock or food.day_offset is not None
        offset = reading.day_offset if food.day_offset is None else food.day_offset
        key: MealKey = (food.slot, offset, food.clock)
        if not own:
            key = (reading.slot, offset, reading.clock)
        meals.setdefault(key, []).append(food)
    return meals


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
def copy_slot(
    member: Member, slot: str, *, source: date, target: date, key: str = ""
) -> LoggedMeal:
    """Write what `member` had as `slot` on `source` down again on `target`."""
    hold(member)
    if done := done_before(member, key):
        return LoggedMeal.again(done)
    found = Meal.objects.for_member(member).kept().on(source).filter(slot=slot)
    items = list(MealItem.objects.filter(meal__in=found))
    if not items:
        raise NotFound(_("There is nothing to copy."))
    eaten_at, on, chosen = when(member, day=target, slot=slot)
    meal = new_meal(member, eaten_at, on, chosen, "", key=key)
    for position, item in enumerate(items):
        item.pk, item.meal, item.position = None, meal, position
        item._state.adding = True
    MealItem.objects.bulk_create(items)
    change = record(member, DiaryChange.Verb.LOG, meal, {str(meal.pk): None}, key=key)
    return LoggedMeal([meal], change)
