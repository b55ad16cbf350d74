"""Our everyday names against SR28, the search, and the food table."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from coach.nutrition.foods import everyday, sr28
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.search import search
from coach.nutrition.foods.store import load_index
from coach.nutrition.meals import parse_meal
from coach.nutrition.models import Food, FoodName, Portion


def test_every_everyday_name_stands_on_sr28() -> None:
    index = index_from_files()
    assert len({name for row in everyday.rows() for name in row.names}) > 3000
    for row in everyday.rows():
        assert row.kind in everyday.classes()
        assert index.named(row.names[0]) is not None, row.names[0]
        assert 0 <= row.each <= row.usual or row.each == row.usual


def test_no_usual_portion_is_absurd() -> None:
    for entry in index_from_files().entries.values():
        kcal = entry.food.nutrients.of(entry.usual).kcal
        assert kcal < 1400, entry.name
        assert entry.usual <= 700, entry.name


def test_a_recipe_adds_up() -> None:
    index = index_from_files()
    sandwich = index.named("peanut butter sandwich")
    bread, butter = index.by_key["sr28:18069"], index.by_key["sr28:16098"]
    assert sandwich is not None
    parts = bread.nutrients.of(56).kcal + butter.nutrients.of(32).kcal
    assert sandwich.food.nutrients.of(88).kcal == pytest.approx(parts, rel=0.01)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("banana", "Bananas, raw"),
        ("swordfish", "Fish, swordfish, cooked, dry heat"),
        ("coke", "Beverages, carbonated, cola, regular"),
        ("brocoli", "Broccoli, cooked, boiled, drained, without salt"),
        ("rambutan", "Rambutan, canned, syrup pack"),
        ("big mac", "McDONALD'S, BIG MAC"),
    ],
)
def test_search_puts_first_what_people_mean(asked: str, first: str) -> None:
    assert search(index_from_files(), asked, 5)[0].food.name == first


def test_search_finds_nothing_for_nothing() -> None:
    index = index_from_files()
    assert search(index, "", 5) == []
    assert search(index, "florpnax", 5) == []
    assert all(not match.food.name.startswith("Babyfood") for match in search(index, "pear", 10))


@pytest.mark.django_db
def test_import_is_whole_and_can_be_done_again() -> None:
    call_command("import_sr28", stdout=io.StringIO())
    keys = dict(Food.objects.filter(source="sr28").values_list("source_id", "pk"))
    assert len(keys) == 8789
    assert Portion.objects.filter(food__source="sr28").count() == 15438
    egg = Food.objects.get(source="sr28", source_id="01123")
    assert (egg.kcal, egg.protein_g, egg.others["calcium_mg"]) == (143, 12.56, 56)
    Food.objects.filter(pk=egg.pk).update(kcal=1)
    call_command("import_sr28", stdout=io.StringIO())
    assert dict(Food.objects.filter(source="sr28").values_list("source_id", "pk")) == keys
    egg.refresh_from_db()
    assert egg.kcal == 143
    parsed = parse_meal(load_index(), "two eggs and bibimbap")
    assert [Food.objects.get(pk=item.food_id).source for item in parsed.items] == [
        "sr28",
        "everyday",
    ]


@pytest.mark.django_db
def test_a_food_added_here_is_known_at_once() -> None:
    assert parse_meal(load_index(), "a bowl of florpnax").question
    food = Food.objects.create(name="Florpnax", kcal=90, protein_g=4)
    Portion.objects.create(food=food, text="1 bowl", grams=310)
    FoodName.objects.create(food=food, name="grandma's florp")
    food.save()
    for said in ("a bowl of florpnax", "a bowl of grandma's florp"):
        items = parse_meal(load_index(), said).items
        assert [(item.food_id, item.grams) for item in items] == [(food.pk, 310)]


@pytest.mark.django_db
def test_parse_meals_answers_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("two eggs\n\na bowl of florpnax\n"))
    call_command("parse_meals")
    eggs, blank, unknown = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (eggs["items"][0]["grams"], eggs["items"][0]["kcal"]) == (100, 143)
    assert set(eggs["items"][0]) >= {
        "food_id", "name", "source", "grams", "kcal", "protein", "carbohydrate", "fat",
        "confidence", "state",
    }  # fmt: skip
    assert (eggs["items"][0]["state"], eggs["nothing_logged"]) == ("committed", False)
    assert unknown["nothing_logged"]
    assert (blank["items"], blank["question"]) == ([], None)
    assert unknown["items"] == []
    assert "florpnax" in unknown["question"]


def test_sr28_is_read_without_running_its_package() -> None:
    assert sr28.folder().is_dir()
    assert "usda_nutrition" not in sys.modules
