"""Foods of FNDDS under the names that people say, and what their portions weigh."""

import tomllib

import pytest

from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.records import FNDDS, FoodRecord
from coach.nutrition.foods.survey.kinds import kind_of, kinds
from coach.nutrition.foods.survey.match import SurveyNames
from coach.nutrition.foods.survey.portions import measures_of
from coach.nutrition.foods.word_forms import tokens
from coach.nutrition.meals import parse_meal
from tests.nutrition.foods.survey_rows import survey_index, survey_records


def food(name: str) -> FoodRecord:
    return next(record for record in survey_records() if record.name == name)


@pytest.mark.parametrize("record", survey_records(), ids=lambda record: record.name)
def test_every_food_said_by_its_full_name_is_found_once(record):
    items = parse_meal(survey_index(), f"I had {record.name}").items
    assert [item.food for item in items] == [record.name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("diet iced tea", "Tea, iced, bottled, black, diet"),
        ("havarti cheese", "Cheese, Brick"),
        ("diet cola", "Soft drink, cola, diet"),
        ("100 % apple juice", "Apple juice, 100%"),
        ("honey nut cheerios", "Cereal, O's, honey nut"),
        ("skimmed milk", "Milk, fat free (skim)"),
        ("light sour cream", "Sour cream, light"),
        ("reduced fat swiss", "Cheese, Swiss, reduced fat"),
        ("turkey soup", "Soup, chicken"),
        ("chicken noodle casserole", "Chicken or turkey and noodles with cream or white sauce"),
        ("macaroni and cheese", "Macaroni or noodles with cheese"),
        ("tteokbokki", "Dukboki or Tteokbokki, Korean"),
        ("ribeye", "Beef, steak, ribeye, NS as to fat eaten"),
        (
            "a stir fry of beef and vegetables in soy sauce",
            "Stir fried beef and vegetables in soy sauce",
        ),
    ],
)
def test_words_in_any_order_name_a_food(said, name):
    (item,) = parse_meal(survey_index(), said).items
    assert item.food == name


@pytest.mark.parametrize("said", ["round", "the white", "a cup of", "better", "with bread"])
def test_words_that_stand_in_many_names_are_no_food(said):
    names = SurveyNames(survey_records())
    assert names.match(tokens(said), 0) is None


def test_what_an_everyday_name_means_is_the_row_of_its_energy():
    index = survey_index()
    assert index.named("egg").food.source == FNDDS
    assert index.named("oj").name == "orange juice"
    assert index.named("coke").food.name == "Soft drink, cola"
    assert index.named("coke").kind == "soda"


@pytest.mark.parametrize(
    ("name", "measures"),
    [
        ("Ice cream, vanilla", {"scoop": 120, "cup": 135, "usual": 135}),
        ("Bread, white", {"slice": 28, "thick slice": 43, "large slice": 43, "thin slice": 24}),
        ("Soft drink, cola", {"can": 372, "medium": 512, "large drink": 744, "floz": 31}),
        ("Corn dog", {"one": 88, "mini one": None, "medium": 88}),
        ("Crackers, NFS", {"one": 3, "mini": 1, "small bag": 45}),
        ("Roll, white, soft", {"one": 43, "roll": 43, "large": 52}),
        ("Celery, raw", {"stick": 4, "stalk": 40}),
        ("Tomatoes, raw", {"cherry": 17, "slice": 20}),
        ("Cheese, Cheddar", {"slice": 21, "mini slice": 9}),
        ("Energy drink (Monster)", {"can": 496}),
        ("Yogurt, low fat milk, fruit", {"container": 170}),
    ],
)
def test_the_portions_of_a_row_are_measures(name, measures):
    found = measures_of(food(name))
    assert {measure: found.get(measure) for measure in measures} == measures


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("56205008", "grain"),  # rice
        ("56204000", "grain"),  # quinoa
        ("56203000", "hotcereal"),  # oatmeal
        ("56202900", "hotcereal"),  # oatmeal, fast food
        ("56207000", "hotcereal"),  # cream of wheat
        ("58106200", "pizza"),
        ("99999999", "dish"),
    ],
)
def test_the_number_of_a_row_tells_its_kind(number, kind):
    row = survey_records()[0]
    assert kind_of(FoodRecord(number, FNDDS, number, row.name, row.nutrients)) == kind


def test_a_beginning_of_numbers_is_of_one_kind():
    table = tomllib.loads((DATA / "survey_kinds.toml").read_text(encoding="utf-8"))
    assert len(kinds()) == sum(len(numbers.split()) for numbers in table.values())
