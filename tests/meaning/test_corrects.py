"""What puts right something that is written down, and what tells of a meal."""

import pytest

from coach.meaning.corrects import corrects, corrects_the_last, takes_back, takes_place

PUTS_RIGHT = [
    "the plum was a peach", "no wait, the toast was rye", "double the walnuts",
    "last night's soup should be tomato", "swap the tuna for mackerel", "make the pasta 80 grams",
    "I said lamb and you put ham", "you wrote peach but I said pear", "wholegrain, the toast",
    "could the bread be changed to one slice", "the cocoa was without sugar",
    "two sugars in that cocoa",
    "change what we had for brunch to a bagel", "fix what I told you, it was rye",
    "I said a small juice but it was a big one", "I only drank half of it",
    "lunch wasn't all, there was a roll with it",
    "La sopa era sin sal.", "Das Brot war mit Butter, nicht mit Käse.",
]  # fmt: skip
TELLS = [
    "my lunch was a wrap", "dinner was pasta", "I had the soup", "the cake was nice and I had two",
    "my husband had the steak", "took a bar on the hike", "log the soup", "a pear and a plum",
    "I only drank water", "I told my mum and had a bun",
    "was the plum a peach?", "oil on my salad", "the food was great", "can you put down a bagel",
]  # fmt: skip
OF_THE_LAST = [
    "about three cups I think",
    "diet lemonade, sorry",
    "two slices",
    "two cans",
    "two scoops or so",
    "rye, I mean",
    "decaf",
    "the large one",
    "an orange instead of the biscuit",
    "and no cream",
    "but without sugar, please",
    "no onions but some mushrooms",
]


@pytest.mark.parametrize("said", PUTS_RIGHT)
def test_what_puts_something_right_is_told_from_a_meal(said: str) -> None:
    assert corrects(said)


@pytest.mark.parametrize("said", TELLS)
def test_a_meal_that_is_told_puts_nothing_right(said: str) -> None:
    assert not corrects(said)


@pytest.mark.parametrize("said", OF_THE_LAST)
def test_what_leaves_the_thing_unsaid_is_of_what_was_just_written(said: str) -> None:
    assert corrects_the_last(said)
    assert not corrects(said)


@pytest.mark.parametrize("said", ["a banana", "two eggs and toast", "I had two", "two slices?"])
def test_a_food_after_a_meal_is_a_meal(said: str) -> None:
    assert not corrects_the_last(said)


def test_to_take_back_names_nothing() -> None:
    assert all(
        takes_back(said) for said in ("no, scrap that", "bin that one please", "forget what I said")
    )
    assert not any(takes_back(said) for said in ("scrap the toast", "cancel my reminder"))


@pytest.mark.parametrize(
    "said",
    ["and no idea", "no breakfast today", "no more reminders", "no, I had soup", "and no problem"],
)
def test_not_every_no_is_of_what_was_written(said: str) -> None:
    assert not corrects_the_last(said)


def test_what_gives_its_place_is_pointed_at() -> None:
    assert takes_place("I had soup instead of the sandwich")
    assert not takes_place("I had soup instead of lunch")
    assert not takes_place("soup instead of my usual sandwich")


@pytest.mark.parametrize(
    "said", ["ignore that, wrong person", "ignore that, I was talking to my son"]
)
def test_what_was_not_meant_for_the_coach_is_taken_back(said: str) -> None:
    assert takes_back(said)


def test_another_number_is_of_the_amount_that_was_just_written() -> None:
    assert corrects_the_last("150 not 200")
    assert corrects_the_last("three, not two")
