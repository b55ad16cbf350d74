"""Which row of FNDDS a name means: rows are told apart by what is said, left out or taken apart."""

import pytest

from coach.nutrition.foods import everyday
from coach.nutrition.foods.records import FNDDS, FoodRecord, Nutrients
from coach.nutrition.foods.survey.kinds import AKIN, is_akin, kinds
from coach.nutrition.foods.survey.match import SurveyNames
from coach.nutrition.foods.survey.other_names import names_there
from coach.nutrition.foods.survey.portions import measures_of
from coach.nutrition.foods.survey.words import plain_keys


def row(name: str, *others: str, number: str = "99", portions: str = "") -> FoodRecord:
    """A row like those of FNDDS; portions as "1 cup=245; 1 slice=20"."""
    read = (part.rpartition("=") for part in filter(None, portions.split("; ")))
    return FoodRecord(
        id=name,
        source=FNDDS,
        source_id=number,
        name=name,
        nutrients=Nutrients(kcal=100),
        portions=tuple((text, float(grams)) for text, _, grams in read),
        names=others,
    )


ROWS = (
    row("Tuna salad sandwich on white"),
    row("Tuna salad, made with mayonnaise"),
    row("Tuna salad with egg"),
    row("Gyro sandwich"),
    row("Ham sandwich on white, with cheese"),
    row("Egg sandwich on bagel, with ham", "with cheese"),
    row("Milk, NFS"),
    row("Milk, reduced fat (2%)"),
    row("Milk, lactose free, low fat (1%)"),
    row("Milk, lactose free, fat free (skim)"),
    row("Soy milk, sweetened", "NS as to sweetened"),
    row("Soy milk, unsweetened"),
    row("Soy milk, chocolate"),
    row("Chicken thigh, fried, skin eaten", "NS as to cooking method"),
    row("Chicken thigh, fried, skin not eaten", "NS as to skin eaten"),
    row("Beef, ground", number="21500100"),
    row("Beef, ground, raw", number="21500000"),
    row("Vegan mayonnaise"),
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("tuna salad", "Tuna salad, made with mayonnaise"),
        ("tuna salad sandwich", "Tuna salad sandwich on white"),
        ("gyro", "Gyro sandwich"),
        ("ham and cheese sandwich", "Ham sandwich on white, with cheese"),
        ("2% milk", "Milk, reduced fat (2%)"),
        ("reduced fat milk", "Milk, reduced fat (2%)"),
        ("milk", "Milk, NFS"),
        ("fat free lactose free milk", "Milk, lactose free, fat free (skim)"),
        ("soy milk", "Soy milk, sweetened"),
        ("unsweetened soy milk", "Soy milk, unsweetened"),
        ("fried chicken thigh", "Chicken thigh, fried, skin not eaten"),
        ("cooked ground beef", "Beef, ground"),
        ("vegan mayo", "Vegan mayonnaise"),
    ],
)
def test_a_name_is_the_row_that_says_no_more_and_no_less(said, name):
    found = SurveyNames(ROWS).named(said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ("with the skin", "Chicken thigh, fried, skin eaten"),
        ("skin on", "Chicken thigh, fried, skin eaten"),
        ("without its skin", "Chicken thigh, fried, skin not eaten"),
        ("no skin", "Chicken thigh, fried, skin not eaten"),
        ("peel not eaten", "Chicken thigh, fried, skin not eaten"),
    ],
)
def test_skin_that_is_told_of_chooses_the_row(beside, name):
    found = SurveyNames(ROWS).named("fried chicken thigh", frozenset(plain_keys(beside)))
    assert found is not None
    assert found.name == name


def test_what_is_only_peeled_is_no_food():
    assert SurveyNames(ROWS).named("peeled") is None


@pytest.mark.parametrize(
    ("kind", "other", "akin"),
    [
        ("cheese", "sandwich", False),
        ("bread", "burger", False),
        ("fish", "sandwich", False),
        ("sauce", "dish", False),
        ("spirit", "fat", False),
        ("flatbread", "bread", True),
        ("latte", "coffee", True),
        ("pizza", "pizza", True),
    ],
)
def test_an_everyday_food_is_a_row_of_its_kind_or_of_one_akin(kind, other, akin):
    assert is_akin(kind, other) is akin
    assert is_akin(other, kind) is akin


def test_kinds_that_are_akin_are_kinds_of_the_tables():
    known = {one.kind for one in everyday.rows()} | set(kinds().values())
    assert set().union(*AKIN) <= known


def test_other_names_are_of_everyday_foods():
    first = {one.names[0] for one in everyday.rows()}
    assert set(names_there()) <= first


@pytest.mark.parametrize(
    ("portions", "measures"),
    [
        # Weights "after cooking" are as eaten where there are no others.
        ("1 thin slice (yield after cooking)=5; 1 medium slice (yield after cooking)=8"
         "; Quantity not specified=16", {"slice": 8, "thin slice": 5}),
        ("1 regular=130; 1 large=195; 1 regular or 6\" submarine=195", {"one": 130, "sub": 195}),
        ("1 piece=8; 1 fun/snack size=15; 1 pouch/regular size=55; 1 large/king size=110"
         "; Quantity not specified=55", {"one": 55, "large": 110, "jumbo": 110, "piece": 8}),
        ("1 nugget=7; 1 piece or stick=44", {"piece": 44, "stick": 44}),
        ("1 nugget=16; 1 cup=140", {"piece": 16}),
    ],
)  # fmt: skip
def test_portions_are_those_that_people_mean(portions, measures):
    found = measures_of(row("Zork", portions=portions))
    assert {name: found.get(name) for name in measures} == measures
