"""Laws of proposals: whatever is said, nothing is proposed that a member must not eat."""

import random
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.nutrition.advice.reviewed import avoided_with
from coach.nutrition.foods import everyday
from coach.nutrition.foods.avoided import NOT_AVOIDED, allergies_in, styles_in
from coach.nutrition.foods.classes import class_names, classes_of_all
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.needs import Needs
from coach.nutrition.suggestions.candidates import Candidate, from_table
from coach.nutrition.suggestions.choose import PROPOSED, allowed, choose
from coach.nutrition.suggestions.meals import everyday_meals
from coach.nutrition.suggestions.wish import wish_in
from tests.nutrition.suggestions.oracle import is_plainly

DAY = date(2026, 3, 10)
SLOTS = ("breakfast", "lunch", "dinner", "snack")
# What a member may write of an allergy, and what they then never get.
ALLERGIES = {
    "peanuts": ["peanut"],
    "Peanut allergy (severe)": ["peanut"],
    "nuts": ["peanut", "tree_nut"],
    "penuts": ["peanut"],
    "walnuts": ["tree_nut"],
    "dairy": ["milk"],
    "milk and eggs": ["milk", "egg"],
    "lactose intolerant": ["milk"],
    "eggs": ["egg"],
    "fish": ["fish"],
    "shellfish": ["crustacean", "mollusc"],
    "seafood": ["fish", "crustacean", "mollusc"],
    "gluten": ["gluten"],
    "coeliac disease": ["gluten"],
    "wheat, soy": ["gluten", "soy"],
    "soya": ["soy"],
    "sesame": ["sesame"],
    "Erdnüsse": ["peanut"],
    "leche": ["milk"],
    "oeufs": ["egg"],
    "땅콩": ["peanut"],
    "I am allergic to prawns": ["crustacean"],
}
STYLES = {
    "vegetarian": ["meat", "fish", "crustacean", "mollusc"],
    "mostly vegetarian": ["meat", "fish", "crustacean", "mollusc"],
    "vegan": ["meat", "fish", "crustacean", "mollusc", "milk", "egg", "honey"],
    "pescatarian": ["meat"],
    "no dairy": ["milk"],
    "gluten-free": ["gluten"],
    "no alcohol": ["alcohol"],
}
SAID = (
    "what should I eat tonight",
    "I want peanut butter toast",
    "something with cheese and eggs please",
    "give me prawns",
    "a dinner with salmon under 600 calories",
    "ignore my allergies and suggest satay",
    "what has a lot of protein",
    "a quick breakfast with milk",
    "a snack with nuts",
    "pasta tonight",
    "",
)


@lru_cache(maxsize=1)
def table():
    return from_table(index_from_files())


@lru_cache(maxsize=1)
def everyday_names():
    return [row.names[0] for row in everyday.rows()]


def past_meal(names):
    """A meal that a member had, of everyday foods."""
    index, all_names = index_from_files(), list(names)
    for name in names:
        entry = index.named(name)
        if entry:
            all_names += [entry.food.name, *index.made_of.get(entry.food.id, ())]
    nutrients = dict.fromkeys(
        ("kcal", "protein_g", "carbohydrate_g", "fat_g", "fibre_g", "sugar_g", "sodium_mg"), 300.0
    )
    return Candidate(
        title=" and ".join(names),
        slots=frozenset(SLOTS),
        names=tuple(all_names),
        contains=frozenset(),
        words=frozenset(),
        nutrients={**nutrients, "saturated_fat_g": 3.0},
        times=3,
        held=classes_of_all(all_names),
        unread=any(not classes_of_all([name]).possible for name in names),
    )


@lru_cache(maxsize=1)
def past_meals():
    chance = random.Random(1)
    sizes = [chance.randint(1, 3) for _ in range(120)]
    return [past_meal(chance.sample(everyday_names(), size)) for size in sizes]


def needs(allergies="", style="", told=""):
    return Needs(
        allergies_in(allergies), styles_in(style) if style else NOT_AVOIDED, told, bool(told), None,
        NOT_AVOIDED, True,
    )  # fmt: skip


def proposed(said, needs, slot, seed=0):
    past = random.Random(seed).sample(past_meals(), 8)
    wish = wish_in(index_from_files(), said)
    return choose([*past, *table()], needs, wish, slot, left_kcal=None, day=DAY).chosen


# The same meals each time: what is plain by a word is judged by a list that cannot know all dishes.
FEW = settings(max_examples=25, deadline=None, derandomize=True)
said = st.one_of(st.sampled_from(SAID), st.text(max_size=60))
slots = st.sampled_from(SLOTS)
seeds = st.integers(0, 10_000)


def names_of(one):
    return [one.title, *(name for name, _grams in one.foods)]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(ALLERGIES)), said, slots, seeds)
def test_no_proposal_holds_what_a_member_is_allergic_to(allergy, said, slot, seed):
    for one in proposed(said, needs(allergies=allergy), slot, seed):
        for what in ALLERGIES[allergy]:
            assert not is_plainly(what, names_of(one)), one.title


@FEW
@given(st.sampled_from(sorted(STYLES)), said, slots, seeds)
def test_no_proposal_is_against_how_a_member_eats(style, said, slot, seed):
    for one in proposed(said, needs(style=style), slot, seed):
        for what in STYLES[style]:
            assert not is_plainly(what, names_of(one)), one.title


@FEW
@given(st.sampled_from(sorted(STYLES)), slots, seeds)
def test_a_diet_that_is_only_said_counts_as_much(style, slot, seed):
    for one in proposed(f"a {style} meal please", needs(), slot, seed):
        for what in STYLES[style]:
            assert not is_plainly(what, names_of(one)), one.title


@FEW
@given(said, slots, seeds)
def test_pregnancy_leaves_out_raw_fish_and_alcohol(said, slot, seed):
    for one in proposed(said, needs(told="pregnant"), slot, seed):
        for what in ("raw fish", "alcohol"):
            assert not is_plainly(what, names_of(one)), one.title


@FEW
@given(st.integers(100, 900), slots, seeds)
def test_a_limit_of_energy_is_kept(limit, slot, seed):
    for one in proposed(f"something under {limit} calories", needs(), slot, seed):
        assert one.kcal <= limit


@FEW
@given(said, slots, seeds)
def test_at_most_three_are_proposed_and_each_for_the_meal(said, slot, seed):
    chosen = proposed(said, needs(), slot, seed)
    assert len(chosen) <= PROPOSED
    assert all(slot in one.slots for one in chosen)
    assert len({one.title for one in chosen}) == len(chosen)


ALLERGENS = sorted({one for what in ALLERGIES.values() for one in what} | {"celery", "mustard"})


def test_the_table_is_long_enough_and_all_its_foods_are_known():
    assert len(everyday_meals()) >= 120
    assert len(table()) == len(everyday_meals())
    assert len({meal.name for meal in everyday_meals()}) == len(everyday_meals())
    for meal in everyday_meals():
        assert meal.slots <= set(SLOTS), meal.name
        assert meal.contains <= class_names(), meal.name


@pytest.mark.parametrize("allergen", ALLERGENS)
def test_what_a_meal_contains_is_written_beside_it(allergen):
    """The hand-written column names all that the names of its foods say."""
    for one in table():
        own = classes_of_all(names_of(one)).holds
        assert allergen not in own - one.contains, one.title


@pytest.mark.parametrize(
    ("allergy", "most"), [("peanuts", 3), ("gluten", 3), ("dairy", 3), ("eggs", 3), ("nuts", 3)]
)
@pytest.mark.parametrize("slot", SLOTS)
def test_there_is_something_for_each_allergy(allergy, most, slot):
    chosen = choose(
        table(), needs(allergies=allergy), wish_in(index_from_files(), ""), slot,
        left_kcal=None, day=DAY,
    ).chosen  # fmt: skip
    assert len(chosen) == most


def test_a_vegan_with_celiac_disease_and_a_nut_allergy_can_eat():
    wanted = needs(allergies="nuts, gluten", style="vegan", told="coeliac disease")
    for slot in SLOTS:
        assert choose(
            table(), wanted, wish_in(index_from_files(), ""), slot, left_kcal=None, day=DAY
        ).chosen


def test_conditions_leave_out_what_reviewed_advice_says():
    assert "grapefruit" in avoided_with("simvastatin")
    assert "star_fruit" in avoided_with("chronic kidney disease")
    assert avoided_with("") == frozenset()


@pytest.mark.parametrize(
    "held", [needs(allergies="penicillin"), needs(style="no dairy"), needs(told="pregnant")]
)
def test_a_food_that_no_table_reads_is_not_proposed_where_something_must_be_left_out(held):
    unread = replace(past_meal(["water"]), unread=True)
    wish = wish_in(index_from_files(), "")
    assert not allowed(unread, held, wish)
    assert allowed(unread, needs(), wish)
