"""Which short words go on with what was just asked, or tell that it was eaten."""

import pytest

from coach.meaning.follows import (
    ate_what_was_named,
    belongs_to_the_last,
    follows_up,
    names_other_time,
    wants_another,
)


@pytest.mark.parametrize(
    "said",
    ["and yesterday?", "what about rice", "and if it's only half", "walnuts?", "und gestern?"],
)
def test_asks_further(said: str) -> None:
    assert follows_up(said)


@pytest.mark.parametrize(
    "said",
    ["and I had a coffee", "and remind me at six", "and delete the toast", "how much salt today?"],
)
def test_says_something_of_its_own(said: str) -> None:
    assert not follows_up(said)


@pytest.mark.parametrize("said", ["something else", "no, without fish", "another one please"])
def test_wants_another_proposal(said: str) -> None:
    assert wants_another(said)


@pytest.mark.parametrize("said", ["ok, ate it", "I had one already", "eaten", "well, just ate it"])
def test_was_eaten_and_is_not_named(said: str) -> None:
    assert ate_what_was_named(said)


@pytest.mark.parametrize(
    "said",
    [
        "I ate it with rice",
        "I had one egg",
        "should I eat it",
        "ok",
        "yes I have one",
        "I've got one",
        "got it",
    ],
)
def test_names_a_food_or_was_not_eaten(said: str) -> None:
    assert not ate_what_was_named(said)


@pytest.mark.parametrize(
    "said",
    [
        "make it 6:30 instead",
        "no, at seven",
        "and at 8",
        "move it to Friday",
        "put it at half past seven, please",
        "quarter to 8 in the evening",
        "tomorrow at 9 o'clock",
        "every two hours",
        "in half an hour",
        "make it 8, not 7",
        "nein, um 8 Uhr",
        "a las once",
        "à 7h30",
        "7시",
    ],
)
def test_names_another_time(said: str) -> None:
    assert names_other_time(said)


@pytest.mark.parametrize(
    "said",
    [
        "thanks, that's great",
        "what should I eat",
        "I had two eggs",
        "two eggs and toast",
        "2 coffees",
        "half an avocado on toast",
        "in fact I feel awful",
        "tomorrow at 9 remind me to take pills",
        "every monday remind me to weigh in",
        "one more",
        "once",
        "morning!",
    ],
)
def test_names_no_time(said: str) -> None:
    assert not names_other_time(said)


@pytest.mark.parametrize("said", ["and a coffee", "oh and a juice", "I had a roll too", "plus jam"])
def test_belongs_to_what_was_told_before(said: str) -> None:
    assert belongs_to_the_last(said)


@pytest.mark.parametrize("said", ["a coffee", "and then a beer", "and just now a plum"])
def test_was_had_at_another_time(said: str) -> None:
    assert not belongs_to_the_last(said)
