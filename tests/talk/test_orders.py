"""What an expert ordered is held in every sentence and every fact, whatever engine speaks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.talk.registries.orders import LABELS, read_orders

CALORIES = read_orders(["no_calories"])
WEIGHT = read_orders(["no_weight"])
TARGETS = read_orders(["no_targets"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "I logged two eggs for breakfast: 216 kilocalories and 19 grams of protein.",
            "I logged two eggs for breakfast: 19 grams of protein.",
        ),
        ("I logged tea for lunch: 2 kilocalories.", "I logged tea for lunch."),
        ("You had 12 grams of protein and 340 kcal.", "You had 12 grams of protein."),
        ("A banana (105 kcal) has 1.3 grams of protein.", "A banana has 1.3 grams of protein."),
        ("Well done. That leaves about 1,700 kcal for today.", "Well done."),
        ("That is three hundred calories.", "I leave that out, as your expert asked me to."),
        ("Calories are a unit of energy.", "Calories are a unit of energy."),
        ("You ate at 8 p.m. and had an apple.", "You ate at 8 p.m. and had an apple."),
    ],
)
def test_calorie_numbers_are_cut_and_the_rest_stays(text, left):
    assert CALORIES.say(text) == left


@pytest.mark.parametrize(
    ("orders", "text", "left"),
    [
        (WEIGHT, "You are called Maya. You weigh 68 kilograms.", "You are called Maya."),
        (WEIGHT, "I logged 200 grams of rice.", "I logged 200 grams of rice."),
        (TARGETS, "You had 40 grams. Your target is 98 grams.", "You had 40 grams."),
    ],
)
def test_other_orders_take_out_whole_sentences(orders, text, left):
    assert orders.say(text) == left


ORDERS = st.sets(st.sampled_from(sorted(LABELS))).map(read_orders)
TEXTS = st.lists(
    st.sampled_from(
        [
            "I logged two eggs: 216 kilocalories and 19 grams of protein. ",
            "You weigh 68 kilograms. ",
            "That leaves 300 kcal, 20 grams of protein and 5 grams of fat for today. ",
            "Your target is 2,000 kcal. ",
            "Hello; how are you? ",
            "12 kJ, 3 kcal and 4 calories! ",
        ]
    ),
    max_size=6,
).map("".join)


@given(ORDERS, TEXTS | st.text(max_size=200))
def test_no_sentence_that_is_left_breaks_an_order(orders, text):
    left = orders.say(text)
    if orders.codes:
        assert left == "I leave that out, as your expert asked me to." or not any(
            orders.breaks(part) for part in re.findall(r"[^.!?;]+[.!?;]*(?:\s|$)", left)
        )
    else:
        assert left == text


@given(ORDERS, st.dictionaries(st.sampled_from(["kcal", "energy_kj", "protein_g", "say"]), TEXTS))
def test_no_fact_that_is_left_breaks_an_order(orders, facts):
    left = orders.facts({"meals": [facts]})["meals"][0]
    if not orders.energy:
        assert not {"kcal", "energy_kj"} & set(left)
    assert orders.facts(left) == left


def test_rows_of_before_hold_the_words_and_an_experts_own_words_are_kept():
    orders = read_orders(["no calorie numbers", "ask about sleep first"])
    assert not orders.energy
    assert orders.others == ("ask about sleep first",)
    assert "no calorie numbers; ask about sleep first" in orders.brief()
    assert read_orders([]).brief() == ""


def test_what_a_yes_does_is_never_cut():
    offer = {"tool": "note_health", "said": "I am allergic to sesame and I weigh 82 kilos"}
    data = {"say": "You weigh 82 kilos.", "if_yes": offer}
    assert WEIGHT.facts(data)["if_yes"] == offer
    assert "82" not in WEIGHT.facts(data)["say"]


# --- numbers that say no unit ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("You have eaten 1,250 of 2,000 today.", "I leave that out, as your expert asked me to."),
        ("Well done. You have 450 left.", "Well done."),
        ("Well done. That makes 450.", "Well done."),
        ("I logged 12 almonds at 10 with 19 grams of protein.", None),
        ("You had 40 g of protein today.", None),
        ("That is 1.8 MJ.", "I leave that out, as your expert asked me to."),
    ],
)
def test_beside_energy_a_bare_number_is_energy(text, left):
    assert CALORIES.say(text, of_energy=True) == (text if left is None else left)


def test_energy_is_left_out_by_key_and_unit():
    data = {
        "say": "You have 450 left.",
        "day": {"amount": 450, "unit": "kcal", "name": "dinner"},
        "eaten_mj": 1.8,
        "protein": {"amount": 19, "unit": "g"},
    }
    left = CALORIES.facts(data)
    assert left["day"] == {"name": "dinner"}
    assert left["protein"] == {"amount": 19, "unit": "g"}
    assert "eaten_mj" not in left
    assert "450" not in left["say"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("I logged 2 kg of potatoes.", False),
        ("I logged a bag of rice, 2 kg.", False),
        ("You are 82 kg now.", True),
        ("You lost 2 kg of fat.", True),
        ("That is 3 kilos less on the scale.", True),
    ],
)
def test_a_mass_counts_only_beside_the_body(text, cut):
    assert WEIGHT.breaks(text) is cut


def test_no_targets_forbids_goals_and_is_told_as_an_order():
    assert TARGETS.forbids("set_goal")
    assert TARGETS.facts({"keep_to": ["no targets"]}) == {"keep_to": ["no targets"]}
