"""Orders in right English: articles, plurals, lists, sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.lessons.files import catalogue, get_scenario
from coach.lessons.natural import natural_way
from coach.lessons.scenario import slots_in
from coach.lessons.wording import amount, fill, number, plural, with_article

CAFE = get_scenario("at-the-cafe")
TRAIN = get_scenario("train-ticket")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"coffee": 1}, "A coffee, of course."),
        ({"orange juice": 1}, "An orange juice, of course."),
        ({"tea": 2}, "Two teas, of course."),
        ({"water": 1, "hot chocolate": 3}, "A glass of water and three hot chocolates, of course."),
        ({"tea": 1, "latte": 1, "mocha": 1}, "A tea, a latte and a mocha, of course."),
        ({}, "A coffee, of course."),
    ],
)
def test_an_order_in_words(order, said):
    assert fill(CAFE, "{a drink}, of course.", {"drink": order}) == said


def test_a_name_has_no_article():
    assert fill(TRAIN, "A ticket to {a city}.", {"city": {"York": 1}}) == "A ticket to York."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (7.5, "seven pounds fifty"),
        (1, "one pound"),
        (0.8, "eighty pence"),
        (24, "twenty-four pounds"),
    ],
)
def test_an_amount_in_words(value, said):
    assert amount(value, "pound") == said


@pytest.mark.parametrize(
    ("word", "many"),
    [("sandwich", "sandwiches"), ("pastry", "pastries"), ("tray", "trays"), ("eggs", "eggs")],
)
def test_plurals(word, many):
    assert plural(word) == many


@pytest.mark.parametrize(
    ("word", "said"),
    [("apple", "an apple"), ("hour", "an hour"), ("one-way ticket", "a one-way ticket"),
     ("university", "a university"), ("umbrella", "an umbrella")],
)  # fmt: skip
def test_articles_go_by_sound(word, said):
    assert with_article(word) == said


@given(st.integers(0, 2000))
def test_numbers_differ_in_words(n):
    assert number(n) != number(n + 1)


@pytest.mark.parametrize(
    ("objective", "said", "natural"),
    [
        ("drink", "I want drink two tea", "I'd like two teas, please."),
        ("price", "How much it costs?", "How much does it cost?"),
        ("drink", "Could I have a cofee, please?", ""),
        ("drink", "could i have a latte", ""),
        ("drink", "I could really do with a strong espresso right now.", ""),
        ("drink", "I'd love a cappuccino if that's possible.", ""),
        ("drink", "Bring me a coffee, please.", ""),
        ("food", "I'll go for the omelette, I'm so hungry.", ""),
        ("drink", "I'm gasping for a cuppa.", ""),
    ],
)
def test_the_natural_way_has_the_learners_order(objective, said, natural):
    assert natural_way(CAFE, CAFE.objective(objective), said) == natural


@pytest.mark.parametrize(
    ("slug", "objective", "said", "natural"),
    [
        ("at-the-doctor", "pain", "My head hurts.", ""),
        ("at-the-doctor", "pain", "My knee's been giving me trouble.", ""),
        ("at-the-doctor", "advice", "What I do?", "What should I do?"),
        ("train-ticket", "kind", "I'm not coming back, so a single will do.", ""),
        ("train-ticket", "time", "When can I take the train?", ""),
        ("train-ticket", "time", "When leave train?", "When does the train leave?"),
        ("train-ticket", "destination", "I want to go to York.", ""),
        ("hotel-check-in", "breakfast", "From what time do you serve breakfast?", ""),
    ],
)
def test_what_is_right_already_or_is_said_by_another_name_is_left_alone(
    slug, objective, said, natural
):
    scenario = get_scenario(slug)
    assert natural_way(scenario, scenario.objective(objective), said) == natural


@pytest.mark.parametrize("scenario", catalogue().values(), ids=lambda scenario: scenario.slug)
def test_a_sentence_of_the_teacher_is_shown_no_other_way(scenario):
    for objective in scenario.objectives:
        for model in objective.said:
            order = {slot: {list(scenario.slots[slot])[-1]: 1} for slot in slots_in(model)}
            said = f"Hello! {fill(scenario, model, order)}"
            assert natural_way(scenario, objective, said) == "", said
