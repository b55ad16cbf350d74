"""Which meals of the diary somebody means, and what to ask when there is no such meal."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from coach import clock
from coach.meaning.corrects import corrects, takes_place
from coach.meaning.in_english import in_english
from coach.nutrition.actions.log import Question
from coach.nutrition.diary_clock import today
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem, MealQuerySet
from coach.nutrition.reading import MealsNamed, same_food
from coach.nutrition.speech.phrasing import day_name, for_slot, listed
from coach.types import Member

RECENT = timedelta(hours=36)
RECENT_CHANGES = 20
MOST_NAMED = 4  # foods of a meal that is offered as a choice
JUST_NOW = timedelta(minutes=3)
MOST_WORDS_OF_A_NAME = 3
# A food that is spoken of as known, and not what takes its place.
POINTED_AT = re.compile(
    r"(?<!for )(?<!with )(?<!to )\b(?:the|that|my|those) (?!was\b|were\b|is\b)(\w+)"
)
PUT_WRONGLY = re.compile(
    r"\byou(?:'ve| have)? (?:put|wrote|written|logged|noted|heard|typed)(?: down)? (\w+)"
)
IN_ORDER = re.compile(
    r"\b(?:the )?(?P<which>first|second|third|other)(?: (?:one|thing|food|item)\b|(?=\W*$))",
    re.IGNORECASE,
)
PLACES = {"first": 0, "second": 1, "third": 2}
NOT_THAT = re.compile(r",? (?:and )?not (?:the |my )?[\w ]+$", re.IGNORECASE)
COUNTED = frozenset({"a", "an", "the", "some", "another", "more", "and", "one", "two", "three"})


def recent_meals(member: Member) -> list[Meal]:
    """What `member` may mean: the meal changed last, then the others of today, newest first."""
    changes = DiaryChange.objects.for_member(member).standing()
    since = clock.now() - RECENT
    order = list(
        changes.filter(created_at__gt=since).values_list("meal_id", flat=True)[:RECENT_CHANGES]
    )
    touched = {meal.pk: meal for meal in _kept(member).filter(pk__in=order)}
    first = next((touched[pk] for pk in order if pk in touched), None)
    return ([first] if first else []) + [meal for meal in _meals_of(member, 0) if meal != first]


def _kept(member: Member) -> MealQuerySet:
    return Meal.objects.for_member(member).kept().prefetch_related("items")


def _meals_of(member: Member, days_back: int) -> list[Meal]:
    day = today(member) - timedelta(days=days_back)
    return list(_kept(member).on(day).order_by("-eaten_at", "-pk"))


def meals_meant(member: Member, named: MealsNamed, recent: Sequence[Meal]) -> list[Meal]:
    """The meals that are named, the most likely first; the `recent` ones where none is named."""
    if named.days_back is not None:
        of_day = _meals_of(member, named.days_back)
        meals = sorted(of_day, key=lambda meal: meal not in recent[:1])
    else:
        meals = list(recent)
    return [meal for meal in meals if named.slot in (None, meal.slot)]


def found_earlier(member: Member, said: str, recent: Sequence[Meal]) -> list[Meal]:
    """The meal of yesterday that holds what is pointed at ("the salmon"), if none of `recent` does.

    "swap the salmon for trout" means a salmon that is there, whichever day it is of.
    """
    earlier: list[Meal] | None = None
    for pointed in POINTED_AT.findall(said.lower()):
        if with_foods(recent, pointed):
            return []
        earlier = _meals_of(member, 1) if earlier is None else earlier
        if found := with_foods(earlier, pointed):
            return found[:1]
    return []


def speaks_of_what_is_there(member: Member, said: str) -> bool:
    """Whether `said` puts right a food that is written down, today or yesterday."""
    if not (corrects(said) or takes_place(said)):
        return False
    words = in_english(said)
    recent = recent_meals(member)
    pointed = [*POINTED_AT.findall(words.lower()), *PUT_WRONGLY.findall(words.lower())]
    return bool(found_earlier(member, words, recent)) or any(
        with_foods(recent, one) for one in pointed
    )


def with_names(said: str, recent: Sequence[Meal]) -> str:
    """`said` with the food in place of «the first one» or «the other one», if it is clear which."""
    found = IN_ORDER.search(said)
    if found is None:
        return said
    newest = [item.name.lower() for item in recent[0].items.all()] if recent else []
    written = sorted(recent, key=lambda meal: meal.pk)
    names = newest if len(newest) > 1 else [i.name.lower() for m in written for i in m.items.all()]
    which = found["which"].lower()
    if which == "other":
        denied = NOT_THAT.search(said)
        named = denied[0] if denied else ", ".join(newest if len(newest) == 1 else ())
        chosen = [name for name in names if not same_food(name, named)]
        said = NOT_THAT.sub("", said) if denied else said
    else:
        chosen = names[PLACES[which] :][:1]
    if len(names) < 2 or len(chosen) != 1:
        return said
    return IN_ORDER.sub(lambda _found: f"the {chosen[0]}", said, count=1)


def with_foods(meals: Sequence[Meal], said: str) -> list[Meal]:
    """Those of `meals` that hold a food of `said`."""
    return [meal for meal in meals if foods_named(meal, said)]


def foods_named(meal: Meal, said: str) -> list[MealItem]:
    return [item for item in meal.items.all() if same_food(item.name, said)]


def no_such_meal(member: Member, named: MealsNamed, recent: Sequence[Meal]) -> Question:
    """Nothing was changed: the meal named is not there. The nearest one is offered."""
    current = today(member)
    day = current - timedelta(days=named.days_back or 0)
    what = for_slot(named.slot) if named.slot else ""
    where = " ".join(part for part in (what, day_name(day, current)) if part)
    none = _("I find nothing %(where)s in your diary.") % {"where": where}
    if not recent:
        return Question(none)
    return Question(f"{none} {_('Do you mean %(meal)s?') % {'meal': _called(member, recent[0])}}")


def no_such_food(member: Member, what: str, meals: Sequence[Meal]) -> Question:
    """Nothing was changed: the food named is not in the meals that may be meant."""
    return Question(
        _("I don't find %(food)s there. You have %(meals)s. What do you mean?")
        % {"food": f"“{what}”", "meals": listed([_called(member, meal) for meal in meals[:2]])}
    )


def which_meal(member: Member, meals: Sequence[Meal]) -> Question:
    """Several meals may be meant, and a whole one is to go: asked, not guessed."""
    called = [_called(member, meal) for meal in meals[:MOST_NAMED]]
    return Question(_("Which one do you mean: %(names)s?") % {"names": "; ".join(called)})


def just_logged(member: Member) -> Meal | None:
    """The meal that was written down last, where nothing was changed since, and it is not long."""
    last = DiaryChange.objects.for_member(member).standing().first()
    if last is None or last.verb != DiaryChange.Verb.LOG:
        return None
    return last.meal if last.created_at >= clock.now() - JUST_NOW else None


def says_which(member: Member, said: str) -> bool:
    """Whether `said` only names closer what was written last: "red wine", of a glass of wine."""
    last = just_logged(member)
    if last is None:
        return False
    words = keys(said)
    if not 1 < len(words) <= MOST_WORDS_OF_A_NAME or set(words) & COUNTED:
        return False
    named = [keys(item.name) for item in last.items.all()]
    return any(name and name[-1] == words[-1] and set(name) < set(words) for name in named)


def _called(member: Member, meal: Meal) -> str:
    """ "eggs and toast for breakfast yesterday"."""
    current = today(member)
    foods = listed(_names(meal.items.all()))
    when = for_slot(meal.slot)
    if meal.day != current:
        when = f"{when} {day_name(meal.day, current)}"
    return f"{foods} {when}"


def _names(items: Iterable[MealItem]) -> list[str]:
    names = [item.name[:1].lower() + item.name[1:] for item in items]
    if len(names) > MOST_NAMED:
        more = _("%(count)d more") % {"count": len(names) - MOST_NAMED + 1}
        return [*names[: MOST_NAMED - 1], more]
    return names
