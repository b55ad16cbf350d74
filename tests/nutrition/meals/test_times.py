"""When a meal was, as people say it: `times.txt` holds the phrases."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.word_forms import tokens
from coach.nutrition.meals import ParsedMeal, SaidAt, parse_meal
from coach.nutrition.meals.tokens import scan
from tests.nutrition.meals.sentences import lines

TUESDAY = date(2026, 3, 10)
SENTENCES = ("{} I had two eggs and toast", "I had two eggs and toast {}")
PHRASES = lines("times.txt")
NO_TIME = [phrase for phrase, expected in PHRASES if expected == "- 0 -"]


def read(said: str, today: date | None = TUESDAY) -> ParsedMeal:
    return parse_meal(index_from_files(), said, SaidAt(today))


def when(parsed: ParsedMeal) -> str:
    return (
        f"{parsed.slot or '-'} {parsed.day_offset} {f'{parsed.time:%H:%M}' if parsed.time else '-'}"
    )


@pytest.mark.parametrize("sentence", SENTENCES, ids=["first", "last"])
@pytest.mark.parametrize(("phrase", "expected"), PHRASES)
def test_a_phrase_of_time_before_and_after_the_food(phrase, expected, sentence):
    parsed = read(sentence.format(phrase))
    assert when(parsed) == expected
    if phrase not in NO_TIME:
        assert [item.grams for item in parsed.items] == [100.0, 25.0]


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_is_the_last_one_before_today(today, number):
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    back = -read(f"two eggs on {names[number]}", today).day_offset
    assert 1 <= back <= 7
    assert (today.weekday() - back) % 7 == number


def test_a_weekday_means_no_day_where_today_is_not_known():
    assert read("two eggs on Monday", None).day_offset == 0


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_clock_time_with_minutes_is_kept_or_moved_by_twelve_hours(hour, minute):
    read_as = read(f"two eggs at {hour}:{minute:02d}").time
    assert read_as is not None
    assert read_as.minute == minute
    assert (read_as.hour - hour) % 12 == 0


@given(st.integers(1, 12), st.sampled_from(["am", "pm", "a.m.", "p.m.", "a m", "p m"]))
def test_am_and_pm_say_which_half_of_the_day(hour, half):
    read_as = read(f"two eggs at {hour} {half}").time
    assert read_as == time(hour % 12 + (12 if half[0] == "p" else 0))


TIME_WORDS = tokens("at 8 30 8:30 pm last night half past to on monday two days ago for tea lunch")


@settings(deadline=None)
@given(st.lists(st.sampled_from(TIME_WORDS)))
def test_no_row_of_time_words_breaks_it(words):
    end = 0
    for piece in scan(index_from_files(), " ".join(words), SaidAt(TUESDAY)):
        assert piece.start == end < piece.end
        end = piece.end
