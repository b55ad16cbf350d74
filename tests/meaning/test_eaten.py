"""What tells of a meal that was had, and what only speaks of food."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.meaning.eaten import was_left_out, what_was_eaten

EATEN = [
    "I had {}", "log {}", "{}", "could you put down {}", "I just ate {}", "for lunch {}",
    "I skipped breakfast but I had {}", "um, I had like {}", "comí {}", "j'ai mangé {}",
    "ich habe {} gegessen", "{} 먹었어",
]  # fmt: skip
NOT_EATEN = [
    "should I have {}", "can I eat {}", "I'm going to have {}", "I didn't have {}", "if I had {}",
    "order me {}", "remind me to eat {}", "my son had {}", "we're having {} tonight",
    "I almost ate {} but I didn't", "like if I had {}", "you know should I have {}", "what's in {}",
    "¿puedo comer {}?", "voy a comer {}", "je vais manger {}", "soll ich {} essen", "{} 먹을 거야",
]  # fmt: skip
FOODS = ["an egg", "two slices of toast", "rice with chicken", "a pear"]


@given(st.sampled_from(EATEN), st.sampled_from(FOODS))
def test_what_was_eaten_is_kept(form: str, food: str) -> None:
    assert food in what_was_eaten(form.format(food))


@given(st.sampled_from(NOT_EATEN), st.sampled_from(FOODS))
def test_what_was_not_eaten_is_left_out(form: str, food: str) -> None:
    assert what_was_eaten(form.format(food)) == ""


@given(st.sampled_from(EATEN[:6]), st.sampled_from(NOT_EATEN[:3]))
def test_of_both_only_what_was_eaten_is_kept(had: str, asked: str) -> None:
    said = f"{had.format('an egg')}. {asked.format('a pear')}"
    eaten = what_was_eaten(said)
    assert "egg" in eaten
    assert "pear" not in eaten
    assert was_left_out("pear", said, eaten)
    assert not was_left_out("egg", said, eaten)


@pytest.mark.parametrize("food", ["cola", "", "?"])
def test_what_a_model_calls_otherwise_is_not_left_out(food: str) -> None:
    assert not was_left_out(food, "should I have a pear, I had a coke", "I had a coke")
