"""Talks in which the last words say too little alone, with the tools and the rows they come to."""

import pytest

from coach.reminders.models import Reminder
from tests.engine.llm.members_set import Talk


@pytest.mark.parametrize(
    ("first", "then", "tool", "told"),
    [
        ("how many calories in a mango?", "and a papaya", "find_food", "papaya"),
        ("how many calories in an apple?", "and the sugar?", "find_food", "sugar"),
        ("how much salt did I have yesterday?", "and protein", "day_summary", "protein"),
        ("can I have white rice?", "and if it's just half a cup", "food_for_me", "rice"),
        ("suggest a breakfast", "something else", "suggest_meal", "breakfast"),
    ],
)
def test_a_question_goes_on(talk: Talk, first: str, then: str, tool: str, told: str) -> None:
    talk.say(first)
    answer = talk.say(then)
    assert talk.calls == [tool]
    assert told in answer.lower()
    assert talk.items() == []


BREAKFAST = "I had two eggs and a slice of toast for breakfast."


@pytest.mark.parametrize(
    ("then", "food"),
    [
        ("And the glass of orange juice.", "Orange juice"),
        ("And a papaya.", "Papaya"),
        ("and a coffee", "Coffee"),
        ("And a glass of orange juice.", "Orange juice"),
        ("plus an apple", "Apple"),
    ],
)
def test_one_more_food_right_after_a_meal_is_logged_at_once(
    talk: Talk, then: str, food: str
) -> None:
    talk.say(BREAKFAST)
    talk.say(then)
    assert talk.calls == ["log_meal"]
    assert [item.name for item in talk.items()] == ["Eggs", "Toast", food]


@pytest.mark.parametrize(
    ("then", "tool"),
    [
        ("and the sugar", "change_meal"),
        ("and the butter", "change_meal"),
        ("And the salt?", "day_summary"),
        ("and the protein", "day_summary"),
    ],
)
def test_what_goes_on_after_a_meal_is_not_always_one_more_food(
    talk: Talk, then: str, tool: str
) -> None:
    talk.say(BREAKFAST)
    talk.say(then)
    assert talk.calls == [tool]


@pytest.mark.parametrize(
    "then",
    ["and the toast", "and the eggs", "And the glass of orange juice?", "and a papaya for my son"],
)
def test_what_is_named_again_asked_or_of_others_is_not_logged(talk: Talk, then: str) -> None:
    talk.say(BREAKFAST)
    talk.say(then)
    assert "log_meal" not in talk.calls
    assert [item.name for item in talk.items()] == ["Eggs", "Toast"]


def test_one_more_food_some_turns_after_a_meal_is_asked_about(talk: Talk) -> None:
    for said in (BREAKFAST, "how are you?"):
        talk.say(said)
    answer = talk.say("And a papaya.")
    assert talk.calls == []
    assert answer.startswith("Shall I write that down")


def test_what_was_spoken_of_is_eaten(talk: Talk) -> None:
    talk.say("can I have a mango?")
    talk.say("too late, I ate it")
    assert [item.name for item in talk.items()] == ["Mango"]


@pytest.mark.parametrize("said", ["yes I have one", "yes I've got one", "ok, got it"])
def test_what_is_only_owned_or_understood_is_not_eaten(talk: Talk, said: str) -> None:
    talk.say("can I have a mango?")
    talk.say(said)
    assert talk.items() == []


def test_what_was_removed_comes_back(talk: Talk) -> None:
    for said in ("I had a donut", "remove the donut", "no wait bring it back"):
        talk.say(said)
    assert [item.name for item in talk.items()] == ["Donut"]


def test_a_reminder_gets_another_time(talk: Talk) -> None:
    talk.say("remind me every day at 6 pm to check my sugar")
    talk.say("make it 6:30 instead")
    (row,) = Reminder.objects.for_member(talk.member)
    assert (f"{row.at:%H:%M}", row.unit) == ("18:30", "day")


@pytest.mark.parametrize(
    ("second", "unit"),
    [
        ("tomorrow at 9 remind me to take pills", ""),
        ("every monday remind me to weigh in", "week"),
    ],
)
def test_a_second_reminder_that_begins_with_its_time_moves_none(
    talk: Talk, second: str, unit: str
) -> None:
    talk.say("remind me every day at 6 pm to check my sugar")
    talk.say(second)
    first, new = Reminder.objects.for_member(talk.member).order_by("pk")
    assert (f"{first.at:%H:%M}", first.unit) == ("18:00", "day")
    assert (f"{new.at:%H:%M}", new.unit) == ("09:00", unit)


@pytest.mark.parametrize("meal", ["two eggs and toast", "2 coffees", "half an avocado on toast"])
def test_a_meal_after_a_reminder_moves_none(talk: Talk, meal: str) -> None:
    talk.say("remind me every day at 6 pm to check my sugar")
    talk.say(meal)
    assert "reminders" not in talk.calls
    assert f"{Reminder.objects.for_member(talk.member).get().at:%H:%M}" == "18:00"


def test_words_that_name_nothing_change_no_old_meal(talk: Talk) -> None:
    before = talk.rows()
    talk.say("even just a small one")
    assert talk.rows() == before


def test_a_place_in_the_order_is_the_food_that_stands_there(talk: Talk) -> None:
    talk.say("I had cereal")
    talk.say("I had a muffin")
    talk.say("remove the other one, not the muffin")
    assert [item.name for item in talk.items()] == ["Muffin"]
