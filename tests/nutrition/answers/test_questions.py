"""Questions about the diary, answered with the right figures over a diary that is known."""

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coach import clock
from coach.nutrition.answers import answer
from coach.nutrition.models.diary import NUTRIENTS, Meal, MealItem
from tests.support.diary import NOON, make_member

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
MOST_QUERIES = 8


def rows(name):
    lines = (HERE / name).read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def cases(name):
    for line in rows(name):
        said, _arrow, parts = line.partition(" => ")
        yield said, [part.strip() for part in parts.split("|")]


def write_diary(member, times=1):
    meals, items = {}, []
    for line in rows("diary.txt"):
        back, slot, at, name, amount, spoken, *figures = (part.strip() for part in line.split("|"))
        day = NOON.date() - timedelta(days=int(back))
        grams, *nutrients = map(float, figures)
        for number in range(times):
            eaten_at = datetime.combine(day, time.fromisoformat(at), ZoneInfo(member.time_zone))
            meal = meals.setdefault(
                (day, slot, number),
                Meal(member=member, eaten_at=eaten_at, zone=member.time_zone, day=day, slot=slot),
            )
            known = {"name": name, "amount": amount, "spoken": spoken, "grams": grams}
            values = dict(zip(NUTRIENTS, nutrients, strict=True))
            items.append(MealItem(meal=meal, position=len(items), **known, **values))
    Meal.objects.bulk_create(meals.values())
    MealItem.objects.bulk_create(items)


@pytest.fixture
def member(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = make_member(
        sex="female",
        born_on="1990-01-01",
        height_cm=168,
        weight_kg=68,
        activity="moderate",
        goal="maintain",
    )
    made.refresh_from_db()
    write_diary(made)
    return made


def wrong(member, name):
    """Each question of a file that is answered otherwise than it says there, with the answer."""
    found = []
    for said, parts in cases(name):
        say = answer(member, said).say
        for part in parts:
            is_there = part.removeprefix("!").lower() in say.lower()
            if is_there == part.startswith("!"):
                found.append(f"{said!r} wants {part!r}, said {say!r}")
    print("\n".join(found))
    return found


def test_questions(member):
    assert wrong(member, "questions.txt") == []


def test_questions_put_aside(member):
    assert wrong(member, "questions_aside.txt") == []


@pytest.mark.parametrize(
    "said",
    ["how was last week", "compare with last week", "when did I last eat fish", "what's my streak"],
)
def test_a_fuller_diary_asks_no_more_queries(member, said):
    answer(member, said)
    with CaptureQueriesContext(connection) as few:
        answer(member, said)
    write_diary(member, times=3)
    with CaptureQueriesContext(connection) as many:
        answer(member, said)
    assert len(many) == len(few) <= MOST_QUERIES


def test_who_may_hear_no_numbers_hears_none(member):
    """Days and times are counted; energy and nutrients are not said."""
    member.profile.eating_concern = True
    member.profile.save()
    for said, _parts in cases("questions.txt"):
        say = answer(member, said).say
        for word in ("kilocalorie", "of protein", "milligram", "of fibre", "of sugars"):
            assert word not in say, (said, say)


def test_other_peoples_meals_are_not_counted(member):
    other = make_member("other@example.org")
    assert "nothing" in answer(other, "how was last week").say
    assert "no fish" in answer(other, "when did I last eat fish").say


def test_a_day_that_is_not_over_is_not_called_worst(member):
    other = make_member("other@example.org")
    Meal.objects.filter(member=member, day=NOON.date()).update(member=other)
    assert "not over yet" in answer(other, "which day was worst").say
