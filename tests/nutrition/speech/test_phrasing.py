"""Amounts, numbers and days as they are spoken."""

from datetime import date

import pytest

from coach.nutrition.speech.phrasing import day_name, listed, rounded, spoken
from coach.nutrition.speech.spoken_amounts import amount_and_name


@pytest.mark.parametrize(
    ("amount", "name", "said"),
    [
        ("2", "egg", "two eggs"),
        ("2", "eggs", "two eggs"),
        ("1", "banana", "a banana"),
        ("1 large", "banana", "a large banana"),
        ("3 small", "cookie", "three small cookies"),
        ("2 slices", "toast", "two slices of toast"),
        ("1 bowl", "rice", "a bowl of rice"),
        ("150 g", "chicken", "150 grams of chicken"),
        ("250 ml", "milk", "250 millilitres of milk"),
        ("1 tbsp", "olive oil", "a tablespoon of olive oil"),
        ("1", "egg", "an egg"),
        ("½", "avocado", "half an avocado"),
        ("¼", "pizza", "a quarter of a pizza"),
        ("¾ cup", "rice", "three quarters of a cup of rice"),
        ("1½ cups", "rice", "one and a half cups of rice"),
        ("½ cup", "oats", "half a cup of oats"),
        ("about 25 g", "toast", "toast"),
        ("", "coffee", "coffee"),
        ("2", "strawberry", "two strawberries"),
        ("2", "radish", "two radishes"),
        ("20", "grapes", "20 grapes"),
    ],
)
def test_amount_and_name(amount, name, said):
    assert amount_and_name(amount, name) == said


@pytest.mark.parametrize(
    ("value", "nutrient", "said"),
    [
        (235.6, "kcal", "236 kilocalories"),
        (1, "kcal", "1 kilocalorie"),
        (15.7, "protein_g", "16 grams of protein"),
        (6.28, "protein_g", "6.3 grams of protein"),
        (1.0, "fat_g", "1 gram of fat"),
        (9.96, "fat_g", "10 grams of fat"),
        (0.04, "fibre_g", "0 grams of fibre"),
        (1234.4, "sodium_mg", "1,234 milligrams of sodium"),
    ],
)
def test_spoken_numbers(value, nutrient, said):
    assert spoken(value, nutrient) == said


def test_lists():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 3, 10), "today"),
        (date(2026, 3, 9), "yesterday"),
        (date(2026, 3, 11), "tomorrow"),
        (date(2026, 3, 5), "on Thursday"),
        (date(2026, 3, 2), "on March 2"),
    ],
)
def test_day_names(day, name):
    assert day_name(day, date(2026, 3, 10)) == name


def test_kilocalories_are_whole_and_small_grams_are_not():
    assert rounded(0.4, "kcal") == "0"
    assert rounded(1234.5, "kcal") == "1,234"
    assert rounded(0.25, "fat_g") == "0.2"
