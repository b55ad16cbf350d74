"""What tells of a meal that was had, and what only speaks of food."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.meaning.eaten import answers_only, what_was_eaten

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


@pytest.mark.parametrize(
    "said",
    ["when I got home I had a pear", "what I had for lunch: a pear", "can I log a pear?",
     "kannst du a pear eintragen", "the label says 90 calories, I had a pear"],
)  # fmt: skip
def test_what_only_looks_like_a_question_is_kept(said: str) -> None:
    assert "pear" in what_was_eaten(said)


@pytest.mark.parametrize(
    "said",
    ["when can I have a pear?", "what I can have: a pear?", "the recipe says two pears",
     "the packet says a pear", "in an hour, tell me to eat a pear", "tell me to eat a pear at six"],
)  # fmt: skip
def test_what_stands_somewhere_or_is_to_be_told_later_is_left_out(said: str) -> None:
    assert "pear" not in what_was_eaten(said)


def test_a_yes_is_an_answer_and_so_is_a_no_of_something_else() -> None:
    answers = ("yes I want that", "ok why not", "ja, ich will", "sí, quiero", "no milk")
    assert all(map(answers_only, answers))
    others = ("yes, should I have a pear?", "no, I didn't", "not the pear", "", "could I")
    assert not any(map(answers_only, others))
