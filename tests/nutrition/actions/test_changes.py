"""Verbs of the diary: what they write, and that undoing them is exact."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from coach import clock
from coach.errors import CoachError, Conflict, NotFound
from coach.nutrition import actions
from coach.nutrition.actions.meant import found_earlier
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.reading import NamedFood
from tests.support.diary import NOON, make_member, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def eat(member, said="two eggs and a banana for breakfast", **more):
    logged = actions.log_meal(member, said, **more)
    assert isinstance(logged, actions.LoggedMeal), logged
    return logged


def test_a_meal_keeps_three_times(member):
    meal = eat(member, "a banana").meal
    assert meal.eaten_at == NOON
    assert meal.zone == "Europe/Athens"
    assert (meal.day, meal.slot) == (date(2026, 3, 10), "lunch")


def test_items_keep_their_nutrients_when_the_food_changes_later(member):
    item = eat(member, "a banana").meal.items.get()
    before = (item.kcal, item.protein_g)
    if item.food:
        item.food.kcal = 999
        item.food.save()
    item.refresh_from_db()
    assert (item.kcal, item.protein_g) == before
    assert 80 < item.kcal < 130


def test_the_same_key_writes_once(member):
    first = eat(member, key="call-1")
    second = eat(member, "something else entirely, an apple", key="call-1")
    assert first.change.pk == second.change.pk
    assert Meal.objects.count() == 1


def test_two_members_may_use_the_same_key(member):
    other = make_member("other@example.org")
    assert eat(member, key="k").meal.pk != eat(other, key="k").meal.pk


def test_undo_removes_and_restore_puts_back_exactly(member):
    change = eat(member).change
    logged = state(member)
    actions.undo(member)
    assert state(member) == {}
    actions.restore(member)
    assert state(member) == logged
    actions.undo(member, change.pk)
    actions.undo(member, change.pk)  # once more changes nothing
    assert state(member) == {}


def test_undo_goes_back_step_by_step(member):
    states = [state(member)]
    meal = eat(member).meal
    states.append(state(member))
    egg, banana = meal.items.all()
    actions.edit_item(member, egg.pk, 200)
    states.append(state(member))
    actions.delete_item(member, banana.pk)
    states.append(state(member))
    actions.move_meal(member, meal.pk, slot="dinner", time_of_day=time(20, 15))
    states.append(state(member))
    actions.delete_meal(member, meal.pk)
    for expected in reversed(states):
        actions.undo(member)
        assert state(member) == expected
        if expected == {}:
            break
    with pytest.raises(NotFound):
        actions.undo(member)


@pytest.mark.parametrize("seed", range(6))
def test_any_run_of_changes_is_undone_exactly(member, seed):
    dice = random.Random(seed)
    states = [state(member)]
    for step in range(12):
        if _random_change(member, dice, step):
            states.append(state(member))
    while len(states) > 1:
        assert state(member) == states.pop()
        actions.undo(member)
    assert state(member) == states[0]
    for _ in range(DiaryChange.objects.count()):
        actions.restore(member)
    assert not DiaryChange.objects.exclude(undone_at=None).exists()


def _random_change(member, dice, step):
    meals = list(Meal.objects.for_member(member).kept())
    items = list(MealItem.objects.filter(meal__in=meals))
    choice = dice.randrange(6)
    if choice < 2 or not items:
        eat(member, dice.choice(["two eggs and a banana", "a bowl of rice", "an apple for lunch"]))
    elif choice == 2:
        actions.edit_item(member, dice.choice(items).pk, dice.uniform(1, 500))
    elif choice == 3:
        actions.delete_item(member, dice.choice(items).pk)
    elif choice == 4:
        slot = dice.choice(["breakfast", "lunch", "dinner", "snack"])
        day = NOON.date() - timedelta(days=dice.randrange(2))
        actions.move_meal(member, dice.choice(meals).pk, day=day, slot=slot)
    else:
        actions.delete_meal(member, dice.choice(meals).pk)
    return True


def test_an_older_change_is_not_undone_over_a_newer_one(member):
    logged = eat(member)
    actions.edit_item(member, logged.meal.items.first().pk, 10)
    before = state(member)
    with pytest.raises(Conflict):
        actions.undo(member, logged.change.pk)
    assert state(member) == before


def test_a_removed_food_does_not_stop_undo(member):
    logged = eat(member)
    actions.delete_meal(member, logged.meal.pk)
    MealItem.objects.update(food=None)
    actions.undo(member)
    assert len(state(member)) == 1


def test_undo_is_for_what_was_done_lately(member, monkeypatch):
    eat(member)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=3))
    DiaryChange.objects.update(created_at=NOON)
    with pytest.raises(NotFound):
        actions.undo(member)


def test_an_edited_weight_scales_every_nutrient(member):
    item = eat(member, "a banana").meal.items.get()
    grams, kcal, fibre = item.grams, item.kcal, item.fibre_g
    actions.edit_item(member, item.pk, grams * 2)
    item.refresh_from_db()
    assert item.kcal == pytest.approx(2 * kcal)
    assert item.fibre_g == pytest.approx(2 * fibre)
    assert item.amount == ""  # "1 medium" is no longer true


@pytest.mark.parametrize("grams", [0, -5, 10_001, float("nan")])
def test_impossible_weights_are_refused(member, grams):
    item = eat(member).meal.items.first()
    with pytest.raises(CoachError):
        actions.edit_item(member, item.pk, grams)


def test_what_has_no_weight_cannot_be_scaled(member):
    item = eat(member).meal.items.first()
    MealItem.objects.filter(pk=item.pk).update(grams=0)
    with pytest.raises(CoachError, match="no weight"):
        actions.edit_item(member, item.pk, 50)


def test_the_last_item_takes_its_meal_with_it(member):
    item = eat(member, "a banana").meal.items.get()
    actions.delete_item(member, item.pk)
    assert state(member) == {}
    actions.undo(member)
    assert len(state(member)) == 1


def test_nobody_touches_anothers_diary(member):
    other = make_member("other@example.org")
    logged = eat(member)
    item = logged.meal.items.first()
    before = state(member)
    for verb in (
        lambda: actions.edit_item(other, item.pk, 5),
        lambda: actions.delete_item(other, item.pk),
        lambda: actions.delete_meal(other, logged.meal.pk),
        lambda: actions.move_meal(other, logged.meal.pk, slot="dinner"),
        lambda: actions.undo(other, logged.change.pk),
        lambda: actions.undo(other),
    ):
        with pytest.raises(NotFound):
            verb()
    assert state(member) == before


def test_what_is_pointed_at_may_be_of_yesterday(member, django_assert_num_queries):
    yesterday = NOON.date() - timedelta(days=1)
    salmon = eat(member, "salmon for dinner", day=yesterday).meal
    with django_assert_num_queries(2):  # the meals and their foods, whatever else is pointed at
        found = found_earlier(member, "the spoon, the plate, the salmon", [])
    assert found == [salmon]
    changed = actions.change_meal(member, "swap the salmon for trout")
    assert isinstance(changed, actions.ChangedMeal)
    assert changed.meal == salmon
    assert [item.name for item in changed.meal.items.all()] == ["Trout"]


def test_yesterdays_breakfast_is_copied(member):
    yesterday = NOON.date() - timedelta(days=1)
    eat(member, "oatmeal and a banana for breakfast", day=yesterday)
    copied = actions.copy_slot(member, "breakfast", source=yesterday, target=NOON.date(), key="c")
    again = actions.copy_slot(member, "breakfast", source=yesterday, target=NOON.date(), key="c")
    assert copied.meal.pk == again.meal.pk
    assert (copied.meal.day, copied.meal.slot) == (NOON.date(), "breakfast")
    kcal = [item.kcal for item in MealItem.objects.order_by("pk")]
    assert kcal[: len(kcal) // 2] == kcal[len(kcal) // 2 :]
    with pytest.raises(NotFound):
        actions.copy_slot(member, "dinner", source=yesterday, target=NOON.date())


def test_a_breakfast_told_at_noon_stands_in_the_morning(member):
    meal = eat(member, "two eggs for breakfast").meal
    assert (meal.slot, meal.local_time.hour) == ("breakfast", 8)


def test_a_day_shown_is_the_day_written_unless_the_words_name_another(member):
    shown = date(2026, 3, 7)
    assert eat(member, "a banana", day=shown).meal.day == shown
    assert eat(member, "a banana yesterday", day=shown).meal.day == date(2026, 3, 9)


@pytest.mark.parametrize("items", [None, [NamedFood("egg")]], ids=["by the parser", "by a model"])
def test_two_hours_ago_after_midnight_is_the_evening_of_the_same_diary_day(
    monkeypatch, member, items
):
    member.profile.day_starts_hour = 4
    night = datetime(2026, 3, 11, 0, 30, tzinfo=member.zone)
    monkeypatch.setattr(clock, "now", lambda: night)
    meal = eat(member, "I had an egg two hours ago", items=items).meal
    assert meal.eaten_at == night - timedelta(hours=2)
    assert meal.day == date(2026, 3, 10)
    changed = actions.change_meal(member, "that was three hours ago")
    assert changed.meal.eaten_at == night - timedelta(hours=3)
    assert changed.meal.day == date(2026, 3, 10)
