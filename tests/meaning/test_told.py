"""What is told as eaten, whatever else is said beside it."""

import pytest

from coach.meaning.eaten import is_an_entry, may_be_eaten, what_was_eaten

TOLD = [
    "a mocha and half a brownie at four, my cousin had the other half",
    "at 9.15 a scone, my mum finished the rest",
    "at six in the evening I will write: gnocchi one bowl, salad one plate",
    "they were out of bread so a wrap it was, with hummus",
    "can you please jot down a pear", "kannst du bitte einen Apfel eintragen",
]  # fmt: skip
NOT_TOLD = [
    "my cousin had the other half", "I will write to my mother",
    "I was going to get a curry but the place was shut",
    "could you suggest what goes with Skinny Pop", "could you tell me about pop tarts",
]  # fmt: skip


@pytest.mark.parametrize("said", TOLD)
def test_what_is_told_beside_something_else_was_eaten(said: str) -> None:
    assert may_be_eaten(said)


@pytest.mark.parametrize("said", NOT_TOLD)
def test_what_only_sounds_like_it_was_not(said: str) -> None:
    assert not may_be_eaten(said)


def test_what_something_took_the_place_of_was_not_eaten() -> None:
    eaten = what_was_eaten("I wanted the stew but it was gone, so a wrap it was, with hummus")
    assert "wrap" in eaten
    assert "hummus" in eaten
    assert "stew" not in eaten


@pytest.mark.parametrize("said", ["Ricotta, 90 g.", "250 ml tomato juice", "rye bread 2 slices"])
def test_a_thing_with_its_amount_is_an_entry(said: str) -> None:
    assert is_an_entry(said)


@pytest.mark.parametrize(
    "said", ["82 kg", "weight 82 kg", "my rice, 90 g", "ricotta, 90 g?", "two of them"]
)
def test_what_may_be_of_something_else_is_none(said: str) -> None:
    assert not is_an_entry(said)
