"""Targets: the formula, its floors, and who gets no numbers from a formula."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.targets import safeguards, targets_for
from coach.nutrition.targets.for_member import NEEDED
from coach.nutrition.targets.formula import KCAL_PER_G, macronutrients, resting_kcal

DAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def nothing_said_elsewhere(monkeypatch):
    """What other rooms know of a member is their own tests' matter."""
    monkeypatch.setattr(safeguards, "_concerns", [])


class Person(SimpleNamespace):
    def age_on(self, day):
        return self.age if self.born_on else None


def member(**fields):
    known = {
        "born_on": date(1990, 1, 1), "age": 36, "sex": "female", "height_cm": 168.0,
        "weight_kg": 68.0, "activity": "moderate", "goal": "maintain", "pregnant": False,
        "eating_concern": False, "conditions": "", "medicines": "", "target_kcal": None,
        "target_protein_g": None, "target_carbohydrate_g": None, "target_fat_g": None,
    }  # fmt: skip
    return SimpleNamespace(profile=Person(**{**known, **fields}))


def has_numbers(found):
    return any(found.of(name) for name in ("kcal", "protein_g", "carbohydrate_g", "fat_g"))


def test_mifflin_st_jeor():
    # The worked values of the published equation.
    assert resting_kcal("male", 80, 180, 30) == pytest.approx(1780)
    assert resting_kcal("female", 68, 168, 36) == pytest.approx(1389)


def test_maintenance_is_rest_times_activity():
    found = targets_for(member(), DAY)
    assert found.source == "formula"
    assert found.kcal.goal == 2150  # 1389 × 1.55
    assert (found.kcal.low, found.kcal.high) == (1935, 2365)


def test_losing_is_gentle():
    maintain = targets_for(member(), DAY).kcal.goal
    lose = targets_for(member(goal="lose"), DAY).kcal.goal
    assert 0.84 * maintain < lose < 0.86 * maintain


@pytest.mark.parametrize(
    ("fields", "floor"),
    [
        ({"weight_kg": 45, "height_cm": 150, "age": 60}, 1200),
        ({"sex": "male", "weight_kg": 52, "height_cm": 160, "age": 80}, 1500),
    ],
)
def test_never_below_the_floor(fields, floor):
    found = targets_for(member(goal="lose", activity="sedentary", **fields), DAY)
    assert found.kcal.goal >= floor


def test_never_below_rest():
    heavy = member(goal="lose", activity="sedentary", weight_kg=180, height_cm=180, sex="male")
    rest = resting_kcal("male", 180, 180, 36)
    assert targets_for(heavy, DAY).kcal.goal >= round(rest, -1)


@given(st.floats(1200, 5000), st.floats(20, 400))
def test_macronutrients_fill_the_energy_within_the_acceptable_ranges(energy, protein_g):
    grams = macronutrients(energy, protein_g)
    kcal = {name: value * KCAL_PER_G[name] for name, value in grams.items()}
    assert sum(kcal.values()) == pytest.approx(energy)
    shares = {name: value / energy for name, value in kcal.items()}
    assert 0.0999 <= shares["protein_g"] <= 0.3501
    assert 0.4499 <= shares["carbohydrate_g"] <= 0.6501
    assert 0.1999 <= shares["fat_g"] <= 0.3501


@pytest.mark.parametrize(
    "fields",
    [
        {"age": 17},
        {"pregnant": True},
        {"eating_concern": True},
        {"conditions": "Anorexia as a teenager"},
        {"conditions": "type 2 diabetes"},
        {"conditions": "CKD stage 3"},
        {"medicines": "insulin glargine"},
        {"medicines": "Ozempic"},
    ],
)
def test_no_numbers_where_they_could_harm(fields):
    found = targets_for(member(goal="lose", **fields), DAY)
    assert not has_numbers(found)
    assert found.why
    assert found.offer_person


def test_a_dietitians_numbers_stand_in_spite_of_a_condition():
    found = targets_for(member(conditions="diabetes", target_kcal=1800), DAY)
    assert (found.source, found.kcal.goal) == ("dietitian", 1800)


def test_a_dietitians_protein_does_not_bring_back_the_formulas_energy():
    found = targets_for(member(conditions="kidney disease", target_protein_g=50), DAY)
    assert found.protein_g.goal == 50
    assert found.kcal is None
    assert found.why


def test_a_dietitians_protein_joins_the_formula_where_nothing_speaks_against_it():
    found = targets_for(member(target_protein_g=90), DAY)
    assert (found.protein_g.goal, found.kcal.goal) == (90, 2150)


def test_a_flag_kept_elsewhere_takes_the_numbers_away(monkeypatch):
    monkeypatch.setattr(safeguards, "_concerns", [lambda person: True])
    found = targets_for(member(), DAY)
    assert not has_numbers(found)
    assert found.offer_person


def test_no_loss_for_who_is_already_light():
    found = targets_for(member(goal="lose", weight_kg=48), DAY)
    same = targets_for(member(goal="maintain", weight_kg=48), DAY)
    assert found.kcal == same.kcal
    assert found.offer_person


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"weight_kg": None}, ("weight_kg",)),
        ({"sex": "", "activity": ""}, ("sex", "activity")),
        ({"born_on": None}, ("born_on",)),
    ],
)
def test_what_is_missing_is_named(fields, asked):
    found = targets_for(member(**fields), DAY)
    assert not has_numbers(found)
    assert found.missing == asked
    assert all(str(NEEDED[name]) in found.why for name in asked)


def test_no_profile_at_all_asks_for_everything():
    found = targets_for(SimpleNamespace(), DAY)
    assert found.missing == tuple(NEEDED)
