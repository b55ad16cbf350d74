"""What one of a food is, where the tables and people do not mean the same."""

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.records import FNDDS, FoodRecord, Nutrients
from coach.nutrition.foods.survey.entries import (
    SurveyEntries,
    is_another_size,
    is_only_a_cup,
    is_richer,
)
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.weigh import weigh

ROLL = FoodRecord(
    "roll",
    FNDDS,
    "58151180",
    "Sushi roll, California",
    Nutrients(kcal=120),
    (("1 piece", 30.0), ("Quantity not specified", 180.0)),
)
CLUB = FoodRecord(
    "club",
    FNDDS,
    "27540050",
    "Zork sandwich or sub",
    Nutrients(kcal=180),
    (("1 regular", 130.0), ('1 regular or 6" submarine', 195.0), ("Quantity not specified", 130.0)),
)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [("roast potatoes", 170.0, True), ("roast potatoes", 60.0, False), ("banana", 400.0, False)],
)
def test_a_roast_potato_is_no_whole_potato(name, one, other):
    like = index_from_files().named(name)
    assert like is not None
    assert is_another_size(one, like) is other


def test_a_cup_of_soup_or_the_paper_cup_of_a_shop_is_not_what_people_have():
    index = index_from_files()
    tea, pho, apple = index.named("tea"), index.named("pho"), index.named("apple")
    assert tea is not None
    assert pho is not None
    assert apple is not None
    assert is_only_a_cup(360.0, {}, tea)
    assert is_only_a_cup(245.0, {"cup": 245.0}, pho)
    assert not is_only_a_cup(400.0, {}, apple)


@pytest.mark.parametrize(("count", "unit", "grams"), [(1, "", 180), (6, "", 180), (2, "piece", 60)])
def test_a_roll_is_what_the_pieces_are_cut_off(count, unit, grams):
    like = index_from_files().named("california roll")
    assert like is not None
    entry = SurveyEntries([ROLL]).entry(ROLL, like)
    assert weigh(entry, Amount(count=count, unit=unit), plural=count > 1).grams == grams


@pytest.mark.parametrize(
    ("amount", "grams"),
    [
        (Amount(count=1.0), 130),
        (Amount(count=6.0, unit="inch"), 195),
        (Amount(count=8.0, unit="inch"), 260),
        (Amount(size="foot"), 390),
    ],
)
def test_a_sub_is_weighed_by_its_inches(amount, grams):
    entry = SurveyEntries([CLUB]).entry(CLUB)
    assert weigh(entry, amount, plural=False).grams == grams


def test_a_salad_of_mayonnaise_is_no_bowl_of_leaves():
    leaves = index_from_files().named("chicken salad")
    assert leaves is not None
    mayonnaise = FoodRecord("m", FNDDS, "27446200", "Chicken salad", Nutrients(kcal=235))
    assert is_richer(mayonnaise, leaves)
    assert not is_richer(FoodRecord("g", FNDDS, "1", "Green salad", Nutrients(kcal=80)), leaves)
