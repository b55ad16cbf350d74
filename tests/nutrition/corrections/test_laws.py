"""Laws of corrections: only what was named is touched, and «done» is said of changes alone."""

import random
from datetime import timedelta

import pytest

from coach import clock
from coach.nutrition import actions
from coach.nutrition.actions.changing import ChangedMeal
from coach.nutrition.models.diary import Meal, MealItem
from tests.support.diary import NOON, make_member, state

pytestmark = pytest.mark.django_db

FOODS = [
    "two eggs",
    "a banana",
    "a bowl of soup",
    "150 grams of rice",
    "a glass of milk",
    "an apple",
]
WORD = {food: food.split()[-1].rstrip("s") for food in FOODS}
SLOTS = ["breakfast", "lunch", "dinner"]
DAYS = {"": 0, " yesterday": 1}
REMOVALS = [
    "delete the {}",
    "take out the {}",
    "I didn't have the {}",
    "the {} wasn't mine",
    "no {}",
]


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def member():
    return make_member()


def fill(member, dice):
    """A diary of two to four meals; returns what there is, as food, slot and days back."""
    there = []
    for food in dice.sample(FOODS, dice.randint(2, 4)):
        slot, day = dice.choice(SLOTS), dice.choice(list(DAYS))
        logged = actions.log_meal(member, f"{food} for {slot}{day}")
        assert isinstance(logged, actions.LoggedMeal), logged
        there.append((food, slot, day))
    return there


def foods(member):
    items = MealItem.objects.filter(meal__member=member, meal__deleted_at=None)
    return sorted(item.name.lower() for item in items)


@pytest.mark.parametrize("seed", range(5))
def test_a_food_that_is_not_there_is_asked_for_and_nothing_changes(member, seed):
    dice = random.Random(seed)
    there = {food for food, _, _ in fill(member, dice)}
    before = state(member)
    for food in sorted(set(FOODS) - there):
        for words in REMOVALS:
            said = words.format(WORD[food])
            outcome = actions.change_meal(member, said)
            assert isinstance(outcome, actions.Question), (said, outcome)
            assert state(member) == before, said


@pytest.mark.parametrize("seed", range(5))
def test_a_meal_that_is_not_there_is_asked_for_and_nothing_changes(member, seed):
    dice = random.Random(seed)
    there = {(slot, day) for _, slot, day in fill(member, dice)}
    before = state(member)
    for slot in SLOTS:
        for day in DAYS:
            if (slot, day) in there or (not day and (slot, " yesterday") in there):
                continue  # without a day, the meal changed last may be meant
            for words in (
                "delete the {}{}",
                "take the toast out of the {}{}",
                "the {}{} was at 9:15",
            ):
                outcome = actions.change_meal(member, words.format(slot, day))
                assert isinstance(outcome, actions.Question), (words, slot, day)
                assert state(member) == before


@pytest.mark.parametrize("seed", range(5))
def test_what_is_named_goes_and_nothing_else_and_comes_back(member, seed):
    dice = random.Random(seed)
    there = fill(member, dice)
    before, had = state(member), foods(member)
    food, slot, day = dice.choice(there)
    outcome = actions.change_meal(member, f"delete the {WORD[food]} from my {slot}{day}")
    assert isinstance(outcome, ChangedMeal), outcome
    left = foods(member)
    assert len(left) == len(had) - 1
    assert WORD[food] in (set(had) - set(left)).pop()
    actions.undo(member)
    assert state(member) == before


@pytest.mark.parametrize(
    "said", ["that was lunch", "it was at 1 pm", "make it two eggs", "that was today"]
)
def test_what_is_so_already_is_not_said_to_be_done(member, said):
    actions.log_meal(member, "two eggs for lunch at 1 pm")
    before = state(member)
    outcome = actions.change_meal(member, said)
    assert isinstance(outcome, actions.Question)
    assert "already" in outcome.text
    assert state(member) == before


def test_a_meal_of_another_day_is_found_by_its_day(member):
    actions.log_meal(member, "a bowl of soup for dinner", day=NOON.date() - timedelta(days=3))
    actions.log_meal(member, "two eggs for lunch")
    assert isinstance(actions.change_meal(member, "delete the soup from Saturday"), ChangedMeal)
    assert [meal.slot for meal in Meal.objects.kept()] == ["lunch"]


DISHES = ["a chicken sandwich", "a coffee with milk", "salmon with rice", "a beef burrito"]
HEAD = {"a chicken sandwich": "sandwich", "a coffee with milk": "coffee",
        "salmon with rice": "salmon", "a beef burrito": "burrito"}  # fmt: skip
NOT_THERE = ["the soup was tomato soup", "the bagel was with water", "double the walnuts",
             "one sugar in that tea", "swap the melon for a mango"]  # fmt: skip


@pytest.mark.parametrize("dish", DISHES)
def test_who_calls_a_dish_more_shortly_takes_nothing_from_it(member, dish):
    actions.log_meal(member, f"{dish} for lunch")
    had = foods(member)
    for said in ("it was a {}", "I mean the {}", "the {} was lovely", "so the {}, as I said"):
        actions.change_meal(member, said.format(HEAD[dish]))
        assert foods(member) == had, said


@pytest.mark.parametrize("said", NOT_THERE)
def test_a_correction_of_what_is_nowhere_changes_nothing(member, said):
    actions.log_meal(member, "a coffee with milk and an egg for breakfast")
    before = state(member)
    assert isinstance(actions.change_meal(member, said), actions.Question)
    assert state(member) == before


def test_a_food_of_yesterday_is_found_by_its_name_and_only_so(member):
    actions.log_meal(member, "salmon with rice for dinner yesterday")
    actions.log_meal(member, "two eggs for lunch")
    assert isinstance(actions.change_meal(member, "swap the salmon for trout"), ChangedMeal)
    assert foods(member) == ["eggs", "rice", "trout"]
    assert isinstance(actions.change_meal(member, "it was rice"), actions.Question)
    assert foods(member) == ["eggs", "rice", "trout"]
