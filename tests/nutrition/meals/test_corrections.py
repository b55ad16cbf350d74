"""What people say to correct a meal, and the edits it means."""

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import CurrentItem, Edit, EditPlan, parse_change, parse_meal

BREAKFAST = "two eggs and toast with butter and a coffee"
RICE = "a bowl of rice"


def plan(said: str, meal: str = BREAKFAST) -> EditPlan:
    index = index_from_files()
    items = [
        CurrentItem(item.food_id, item.name, item.grams, item.amount)
        for item in parse_meal(index, meal).items
    ]
    return parse_change(index, said, items)


def only(said: str, meal: str = BREAKFAST) -> Edit:
    edits = plan(said, meal).edits
    assert len(edits) == 1, plan(said, meal)
    return edits[0]


@pytest.mark.parametrize(
    ("said", "target", "low", "high"),
    [
        ("make that three eggs", 0, 140, 165),
        ("it was four eggs not two", 0, 190, 220),
        ("no, three eggs", 0, 140, 165),
        ("change the eggs to three", 0, 140, 165),
        ("change eggs from two to three", 0, 140, 165),
        ("the toast was two slices", 1, 45, 60),
        ("make it three slices", 1, 70, 90),
        ("actually it was a large coffee", 3, 400, 600),
        ("the butter was a tablespoon", 2, 14, 15),
        ("another egg", 0, 140, 165),
    ],
)
def test_another_amount(said: str, target: int, low: float, high: float) -> None:
    edit = only(said)
    assert (edit.kind, edit.target) == ("set_amount", target)
    assert edit.grams is not None
    assert low <= edit.grams <= high
    assert edit.amount


@pytest.mark.parametrize(
    ("said", "target", "name"),
    [
        ("actually it was brown bread", 1, "brown bread"),
        ("swap the butter for jam", 2, "jam"),
        ("jam instead of butter", 2, "jam"),
        ("it was tea not coffee", 3, "tea"),
        ("replace the toast with a bagel", 1, "bagel"),
        ("the coffee was a large latte", 3, "latte"),
    ],
)
def test_another_food(said: str, target: int, name: str) -> None:
    edit = only(said)
    assert (edit.kind, edit.target) == ("replace", target)
    assert edit.item is not None
    assert edit.item.name == name


@pytest.mark.parametrize(
    ("said", "targets"),
    [
        ("delete the toast", [1]),
        ("no toast", [1]),
        ("I didn't have the toast", [1]),
        ("remove the eggs and the butter", [0, 2]),
        ("take off the coffee please", [3]),
        ("delete everything", [0, 1, 2, 3]),
        ("no, leave the toast out", [1]),
        ("skip the butter", [2]),
    ],
)
def test_removed(said: str, targets: list[int]) -> None:
    edits = plan(said).edits
    assert [(edit.kind, edit.target) for edit in edits] == [("remove", t) for t in targets]


@pytest.mark.parametrize(
    "said",
    [
        "no milk, no sugar",
        "no sugar no milk",
        "black, no milk and no sugar",
        "no milk, but no sugar",
    ],
)
def test_what_is_denied_and_is_not_there_changes_nothing_else(said: str) -> None:
    edit = only(said, "a coffee with milk")
    assert edit.item is not None
    assert (edit.kind, edit.target, edit.item.name) == ("replace", 0, "coffee")


def test_all_that_is_denied_goes() -> None:
    edits = plan("no butter, no toast").edits
    assert [(edit.kind, edit.target) for edit in edits] == [("remove", 2), ("remove", 1)]


@pytest.mark.parametrize("said", ["no eggs, no bread", "no eggs and no zork", "no milk, no sugar"])
def test_what_is_denied_and_may_be_there_is_asked_for(said: str) -> None:
    outcome = plan(said, "two eggs and toast")
    assert outcome.edits == ()
    assert outcome.question


def test_a_share_of_one_thing_or_of_all() -> None:
    assert [(e.kind, e.factor) for e in plan("half of that").edits] == [("scale", 0.5)] * 4
    edit = only("I only ate half the toast")
    assert (edit.kind, edit.target, edit.factor) == ("scale", 1, 0.5)
    assert only("double that", RICE).factor == 2.0


def test_added() -> None:
    edit = only("add a banana")
    assert edit.kind == "add"
    assert edit.item is not None
    assert 110 <= edit.item.grams <= 130
    assert only("I also had an apple").kind == "add"


def test_the_only_item_needs_no_name() -> None:
    edit = only("change the rice to 200 grams", RICE)
    assert (edit.kind, edit.grams, edit.amount) == ("set_amount", 200.0, "200 g")
    assert only("make it 150 grams", RICE).grams == 150.0
    assert only("remove that", RICE).kind == "remove"
    brown = only("it was brown rice", RICE)
    assert brown.item is not None
    assert (brown.kind, brown.item.grams) == ("replace", 200.0)


@pytest.mark.parametrize(
    "said", ["remove that", "make it 5000 eggs", "more butter", "swap the zork for jam", "hello"]
)
def test_what_is_not_clear_is_asked_and_nothing_is_done(said: str) -> None:
    outcome = plan(said)
    assert outcome.edits == ()
    assert outcome.question


def test_nothing_to_change() -> None:
    assert parse_change(index_from_files(), "make that three eggs", []).question


@pytest.mark.parametrize(
    "said", ["no wait, make that cashews", "no, cashews", "no, they were cashews"]
)
def test_a_correction_after_no_takes_nothing_away(said: str) -> None:
    edit = only(said, "a handful of almonds")
    assert (edit.kind, edit.target) == ("replace", 0)
