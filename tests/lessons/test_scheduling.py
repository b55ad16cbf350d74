"""When something is asked for again: the library's own examples, and what must always hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.review.scheduling import LONGEST_DAYS, Answer, Schedule, after, intervals

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Answer
answers = st.lists(st.sampled_from(Answer), min_size=1, max_size=12)


def test_the_days_between_reviews_are_those_of_the_library():
    """Its own example; where it says 498 days, we ask after a year."""
    schedule, now, days = Schedule(due=START), START, []
    for answer in [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5:
        schedule = after(schedule, answer, now)
        days.append((schedule.due - now).days)
        now = schedule.due
    assert days == [0, 2, 11, 46, 163, LONGEST_DAYS, 0, 0, 2, 4, 7, 12, 21]


def test_what_is_remembered_of_an_item_is_what_the_library_remembers():
    schedule, now = Schedule(due=START), START
    for answer, days in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        now += timedelta(days=days)
        schedule = after(schedule, answer, now)
    assert schedule.stability == pytest.approx(53.62691, abs=1e-4)
    assert schedule.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(("answer", "minutes"), [(AGAIN, 1), (HARD, 5.5), (GOOD, 10)])
def test_what_is_new_comes_back_in_minutes(answer, minutes):
    assert after(Schedule(due=START), answer, START).due == START + timedelta(minutes=minutes)


@settings(max_examples=40)
@given(answers, st.sampled_from(Answer))
def test_a_button_says_when_the_item_comes_back(given_so_far, answer):
    schedule, now = Schedule(due=START), START
    for one in given_so_far:
        schedule = after(schedule, one, now)
        now = schedule.due
    told = intervals(schedule, now)
    assert now + told[answer] == after(schedule, answer, now).due
    assert timedelta(0) < told[AGAIN] <= told[HARD] <= told[GOOD] <= told[EASY]
    assert told[EASY] <= timedelta(days=LONGEST_DAYS)
