"""Sentences about the diary: what was written, what a day holds, what a question asks."""

from datetime import date, timedelta

import pytest

from coach import clock
from coach.nutrition import actions
from coach.nutrition.day import Day, SlotOfDay, total
from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import Meal, MealItem, Slot
from coach.nutrition.speech.lookup import look_up
from coach.nutrition.speech.questions import nutrients_in, understand
from coach.nutrition.speech.say import foods_of, say_changed, say_logged, when_of
from coach.nutrition.speech.summary import _against, _amounts, _list, _overall
from coach.nutrition.targets import Target, Targets
from tests.support.diary import NOON, make_member

TUESDAY = date(2026, 3, 10)


def item(name: str, kcal: float = 100, protein_g: float = 5, **more: object) -> MealItem:
    nutrients = {"carbohydrate_g": 0.0, "fat_g": 0.0, "grams": 100.0}
    return MealItem(name=name, spoken=name, kcal=kcal, protein_g=protein_g, **nutrients, **more)


class Group(SlotOfDay):
    """A meal of a day with items that are in no database."""

    def __init__(self, slot: Slot, *items: MealItem) -> None:
        super().__init__(slot, [Meal(slot=slot)], total(items))
        object.__setattr__(self, "_items", list(items))

    @property
    def items(self) -> list[MealItem]:
        return self._items


def day(*groups: Group, back: int = 0, **targets: object) -> Day:
    items = [one for group in groups for one in group.items]
    shown = TUESDAY - timedelta(days=back)
    return Day(shown, TUESDAY, list(groups), total(items), Targets(**targets))


BREAKFAST = Group(Slot.BREAKFAST, item("two eggs", 143, 12.6), item("toast", 70, 2))
LUNCH = Group(Slot.LUNCH, item("a salad", 180, 4))
GOALS = {"kcal": Target(2000, 1800, 2200), "protein_g": Target(80, 72, 88)}


# --- lists ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "food 0"),
        (2, "food 0 and food 1"),
        (4, "food 0, food 1, food 2 and food 3"),
        (5, "food 0, food 1, food 2 and 2 more"),
        (9, "food 0, food 1, food 2 and 6 more"),
    ],
)
def test_a_long_meal_is_cut_to_what_can_be_followed(count, said):
    assert foods_of([item(f"food {n}") for n in range(count)]) == said


@pytest.mark.parametrize(
    ("slot", "back", "said"),
    [
        ("lunch", 0, "for lunch"),
        ("snack", 1, "as a snack yesterday"),
        ("dinner", 3, "for dinner on Saturday"),
        ("breakfast", 20, "for breakfast on February 18"),
    ],
)
def test_when_a_meal_was(slot, back, said):
    meal = Meal(slot=slot, day=TUESDAY - timedelta(days=back))
    assert when_of(meal, TUESDAY) == said


# --- what was written -----------------------------------------------------------------------------
@pytest.fixture
def member(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_member()


def test_meals_of_one_sentence_are_told_together(member):
    logged = actions.log_meal(member, "two eggs for breakfast and a salad for lunch yesterday")
    said = say_logged(logged, today(member))
    assert said.startswith("I logged two eggs for breakfast yesterday and ")
    assert "salad for lunch yesterday: " in said
    assert said.endswith(" grams of protein.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("make that three eggs", "Done. Your breakfast is now three eggs and toast: "),
        (
            "delete my breakfast",
            "Done. I removed two eggs and toast for breakfast from your ",
        ),
        ("move it to yesterday", "Done. Your breakfast yesterday is now two eggs and toast: "),
    ],
)
def test_a_change_is_told_as_the_rows_stand(member, change, said):
    actions.log_meal(member, "two eggs and toast for breakfast")
    changed = actions.change_meal(member, change)
    assert isinstance(changed, actions.ChangedMeal), changed
    assert say_changed(changed, today(member)).startswith(said)


def test_an_item_without_words_of_its_own_is_told_by_its_weight():
    assert MealItem(name="Rice", grams=149.6).spoken_name == "150 grams of rice"


# --- what a day holds -----------------------------------------------------------------------------
def asked(said: str):
    return understand(said)


def test_a_list_names_each_meal():
    said = _list(day(BREAKFAST, LUNCH), asked("what did I eat"))
    assert said == (
        "Today you had two eggs and toast for breakfast; and a salad for lunch: 393 kilocalories."
    )
    lunch = _list(day(BREAKFAST, LUNCH, back=1), asked("what did I have for lunch yesterday"))
    assert lunch == "Yesterday you had a salad for lunch: 180 kilocalories."


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (0, "There is nothing in your diary yet today."),
        (1, "There is nothing in your diary yesterday."),
        (4, "There is nothing in your diary on Friday."),
    ],
)
def test_an_empty_day_says_so(back, said):
    assert _overall(day(back=back)) == said


@pytest.mark.parametrize(
    ("eaten", "end"),
    [
        (500, "That leaves 1,500 kilocalories to your goal."),
        (1900, "That is within your range."),
        (2200, "That is within your range."),
        (2600, "That is a little more than your range, and one day matters little."),
    ],
)
def test_how_a_day_stands_against_its_range(eaten, end):
    assert _overall(day(Group(Slot.LUNCH, item("food", eaten)), **GOALS)).endswith(end)
    assert "goal" not in _overall(day(Group(Slot.LUNCH, item("food", eaten))))


def test_one_nutrient_is_told_with_its_goal_and_several_without():
    page = day(BREAKFAST, LUNCH, **GOALS)
    one = _amounts(page, asked("how much protein have I had"))
    assert one == "You have had 19 grams of protein today. Your goal is 80 grams of protein."
    assert "goal" not in _amounts(page, asked("my macros"))
    of_meal = _amounts(page, asked("how many calories for breakfast"))
    assert of_meal == "Today you had 213 kilocalories for breakfast."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how much protein is left", "You have 61 grams of protein left of 80."),
        ("how many calories are left", "You have 1,607 kilocalories left of 2,000."),
        ("what's my protein goal", "Your target is about 80 grams of protein a day."),
    ],
)
def test_what_is_left_of_a_goal(question, said):
    assert _against(day(BREAKFAST, LUNCH, source="formula", **GOALS), asked(question)) == said


def test_a_goal_that_is_reached_and_one_that_a_dietitian_set():
    page = day(Group(Slot.LUNCH, item("food", 2500)), source="dietitian", **GOALS)
    assert _against(page, asked("calories left")) == (
        "You have reached your goal: 2,500 kilocalories."
    )
    assert _against(page, asked("what is my calorie target")).startswith("Your dietitian set")


def test_without_targets_the_reason_is_told_or_what_was_eaten():
    held_back = day(BREAKFAST, why="Because.")
    assert _against(held_back, asked("calories left")) == "Because."
    assert _against(day(BREAKFAST), asked("sodium left")) == (
        "I keep no target for that. You have had 0 milligrams of sodium."
    )


# --- questions ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "nutrients"),
    [
        ("how much fat", ("fat_g",)),
        ("how much saturated fat", ("saturated_fat_g",)),
        ("saturated fat and total fat", ("saturated_fat_g", "fat_g")),
        ("carbs and fiber", ("carbohydrate_g", "fibre_g")),
        ("salt", ("sodium_mg",)),
        ("my macros", ("kcal", "protein_g", "carbohydrate_g", "fat_g")),
        ("what did I eat", ()),
    ],
)
def test_nutrients_of_a_question(said, nutrients):
    assert nutrients_in(said) == nutrients


@pytest.mark.parametrize(
    ("said", "slot", "listing"),
    [
        ("what did I have for supper", Slot.DINNER, True),
        ("list my snacks", Slot.SNACK, True),
        ("how many calories did I have for lunch", Slot.LUNCH, False),
        ("what protein did I have", None, False),
        ("read me back what I had", None, True),
    ],
)
def test_what_a_question_wants(said, slot, listing):
    question = asked(said)
    assert (question.slot, question.listing) == (slot, listing)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how much protein is in tofu", "In 126 grams of tofu there are "),
        ("more sugar in honey or jam", "Weight for weight, honey has more sugars: in 100 grams, "),
        ("is there more protein in rice or rice", "Weight for weight they are alike: "),
        ("fewer calories, butter or tofu", "Weight for weight, tofu has less energy: "),
        ("more sugar in ice or milk", "Weight for weight, milk has more sugars: "),
        ("calories in a florgle", "I don't have a florgle in my tables."),
    ],
)
@pytest.mark.django_db
def test_foods_are_looked_up_and_compared(said, told):
    assert look_up(said).say.startswith(told), look_up(said).say
