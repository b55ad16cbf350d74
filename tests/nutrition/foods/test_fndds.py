"""FNDDS, read from workbooks like those of the USDA, and the food table brought up to date."""

import io

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from coach.nutrition.foods import fndds
from coach.nutrition.foods.records import FNDDS, FoodRecord, Nutrients
from coach.nutrition.foods.save import save_foods
from coach.nutrition.foods.search import search
from coach.nutrition.foods.store import load_index
from coach.nutrition.models import Food, FoodName, Portion

FOODS = [
    ("11100000", "Milk, NFS", "cow's milk; dairy milk", "Milk, whole"),
    ("27510000", "Zorkburger", None, "Burgers"),
    ("67100100", "Banana, baby food", None, "Baby food: fruit"),
    ("99990000", "Without portions", None, "Other"),
]
PORTIONS = [
    ("11100000", "1 cup", 244.0),
    ("11100000", "Quantity not specified", 244.0),
    ("11100000", "Guideline amount per cup of hot cereal", 60.0),
    ("27510000", "1 burger", 180.0),
    ("67100100", "1 jar", 113.0),
    ("99990000", "1 cup", None),
]


# In the order of the headings: energy, protein, carbohydrate, fat, …
PER_100_G = (61, 3.2, 4.8, 3.3, 0, 5.1, 43, None)


def write(path, heading: list[str], rows: list[tuple[object, ...]]) -> None:
    """A workbook as USDA publishes them: a title, the headings, then the rows."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Food and Nutrient Database for Dietary Studies"])
    sheet.append(heading)
    for row in rows:
        sheet.append(list(row))
    book.save(path)


@pytest.fixture
def folder(tmp_path):
    write(
        tmp_path / "foods.xlsx",
        ["Food code", "Main food description", "Additional food description"],
        [(code, name, other) for code, name, other, _ in FOODS],
    )
    write(
        tmp_path / "portions.xlsx",
        ["Food code", "Main food", "WWEIA", "Group", "Seq", "Portion description",
         "Portion weight\n(g)"],
        [(code, "", "", "", 1, text, grams) for code, text, grams in PORTIONS],
    )  # fmt: skip
    write(
        tmp_path / "nutrients.xlsx",
        ["Food code", "Food", "WWEIA number", "WWEIA description", *fndds.CORE, "Calcium\n(mg)"],
        [(code, name, 1, group, *PER_100_G, 113) for code, name, _, group in FOODS],
    )
    return tmp_path


def by_code(folder) -> dict[str, fndds.FnddsFood]:
    return {food.record.source_id: food for food in fndds.read(folder)}


def test_three_workbooks_become_foods(folder):
    milk = by_code(folder)["11100000"]
    assert milk.record.name == "Milk, NFS"
    assert milk.record.names == ("cow's milk", "dairy milk")
    assert milk.record.portions == (("1 cup", 244.0), ("Quantity not specified", 244.0))
    assert (milk.record.nutrients.kcal, milk.record.nutrients.protein) == (61, 3.2)
    assert (milk.group, milk.others) == ("Milk, whole", {"calcium_mg": 113.0})


def test_what_nobody_means_is_not_offered_in_the_search(folder):
    searchable = {code: food.record.searchable for code, food in by_code(folder).items()}
    assert searchable == {
        "11100000": True,
        "27510000": True,
        "67100100": False,
        "99990000": False,
    }


def test_a_missing_workbook_is_named(folder):
    (folder / "portions.xlsx").unlink()
    with pytest.raises(fndds.WorkbooksMissing, match="portions"):
        fndds.read(folder)
    with pytest.raises(CommandError, match="portions"):
        call_command("import_fndds", str(folder))


@pytest.mark.django_db
def test_imported_foods_are_found(folder):
    out = io.StringIO()
    call_command("import_fndds", str(folder), stdout=out)
    assert out.getvalue().startswith("4 FNDDS foods in ")
    food = Food.objects.get(source=FNDDS, source_id="11100000")
    assert (food.kcal, food.group, food.others) == (61, "Milk, whole", {"calcium_mg": 113.0})
    (match, *_) = search(load_index(), "zorkburger")
    assert (match.food.name, match.usual_grams) == ("Zorkburger", 180.0)


# --- what is there already ------------------------------------------------------------------------
def record(number: str, name: str, **more: object) -> FoodRecord:
    nutrients = Nutrients(kcal=more.pop("kcal", 100.0))
    return FoodRecord(f"{FNDDS}:{number}", FNDDS, number, name, nutrients, **more)


@pytest.mark.django_db
def test_a_food_that_is_there_keeps_its_key_and_gets_what_is_new():
    save_foods(FNDDS, [record("1", "Old name", portions=(("1 cup", 200.0),), names=("a", "a"))])
    before = Food.objects.get()
    save_foods(
        FNDDS,
        [record("1", "New name", kcal=50.0, portions=(("1 bowl", 300.0),), names=("b",))],
        groups={"1": "Soups"},
    )
    after = Food.objects.get()
    assert after.pk == before.pk
    assert (after.name, after.kcal, after.group) == ("New name", 50.0, "Soups")
    assert after.updated_at > before.updated_at
    assert [(p.text, p.grams) for p in Portion.objects.all()] == [("1 bowl", 300.0)]
    assert [n.name for n in FoodName.objects.all()] == ["b"]


@pytest.mark.django_db
def test_a_food_that_the_source_dropped_is_kept_for_diaries_but_not_offered():
    save_foods(FNDDS, [record("1", "Stays"), record("2", "Goes")])
    save_foods(FNDDS, [record("1", "Stays")])
    assert dict(Food.objects.values_list("name", "searchable")) == {"Stays": True, "Goes": False}
    assert not [m for m in search(load_index(), "goes") if m.food.name == "Goes"]


@pytest.mark.django_db
def test_one_source_does_not_touch_another():
    Food.objects.create(name="Ours", kcal=1)
    save_foods(FNDDS, [record("1", "Theirs")])
    save_foods(FNDDS, [])
    assert dict(Food.objects.values_list("name", "searchable")) == {"Ours": True, "Theirs": False}


@pytest.mark.django_db
def test_progress_is_told_in_batches(monkeypatch):
    monkeypatch.setattr("coach.nutrition.foods.save.BATCH", 2)
    told: list[str] = []
    foods = [record(str(n), f"Food {n}", portions=(("1 cup", 1.0),)) for n in range(3)]
    assert save_foods(FNDDS, foods, tell=told.append) == 3
    assert told == [
        "2 of 3 foods",
        "3 of 3 foods",
        "2 of 3 portions",
        "3 of 3 portions",
    ]
