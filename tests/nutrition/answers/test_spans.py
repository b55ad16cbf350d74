"""The days that a question is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.answers.spans import MOST_DAYS, spans_in

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("what did I eat yesterday", 1, 1),
        ("and the day before yesterday", 2, 2),
        ("what did I eat on Monday", 1, 1),
        ("on Tuesday", 7, 7),
        ("three days ago", 3, 3),
        ("a week ago", 7, 7),
        ("two weeks ago", 14, 14),
        ("this week so far", 1, 0),
        ("last week", 8, 2),
        ("the week before last", 15, 9),
        ("in the last ten days", 9, 0),
        ("over the past 2 weeks", 13, 0),
        ("this month", 9, 0),
        ("last month", 37, 10),
        ("in February", 37, 10),
        ("on March 4", 6, 6),
        ("the 4th of March", 6, 6),
        ("since Friday", 4, 0),
        ("at the weekend", 3, 2),
        ("tonight", 0, 0),
    ],
)
def test_days_are_understood(said, first, last):
    (span,) = spans_in(said, TUESDAY)
    assert (span.first, span.last) == (
        TUESDAY - timedelta(days=first),
        TUESDAY - timedelta(days=last),
    )


@pytest.mark.parametrize(
    "said", ["how many eggs", "margarine and satay", "a sunflower seed", "may I have a mango"]
)
def test_other_words_name_no_day(said):
    assert spans_in(said, TUESDAY) == []


@given(st.text(max_size=80), st.dates(date(2001, 1, 1), date(2099, 1, 1)))
def test_whatever_is_said_a_span_is_bounded_and_not_ahead(said, current):
    for span in spans_in(said, current):
        assert span.first <= span.last <= current
        assert span.days <= MOST_DAYS


@given(
    st.sampled_from(["last", "past"]),
    st.integers(2, 999),
    st.sampled_from(["days", "weeks", "months", "years"]),
)
def test_long_spans_are_bounded(last, number, unit):
    for span in spans_in(f"the {last} {number} {unit}", TUESDAY):
        assert span.last == TUESDAY
        assert 1 <= span.days <= MOST_DAYS


@pytest.mark.parametrize(
    ("said", "language", "name"),
    [
        ("¿qué comí la semana pasada?", "es", "last week"),
        ("qu'est-ce que j'ai mangé hier", "fr", "yesterday"),
        ("wie war die letzte Woche", "de", "last week"),
        ("지난주 어땠어", "ko", "last week"),
    ],
)
def test_days_are_understood_in_the_language_of_the_talk(said, language, name):
    assert [span.name for span in spans_in(said, TUESDAY, language)] == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("since Friday", "since Friday"),
        ("last month", "last month"),
        ("in January", "in January"),
        ("at the weekend", "at the weekend"),
        ("the last 10 days", "in the last 10 days"),
        ("my week so far", "this week"),
    ],
)
def test_how_spans_are_called(said, name):
    assert [span.name for span in spans_in(said, TUESDAY)] == [name]


def test_a_month_of_another_year_is_called_with_its_year():
    (other,) = spans_in("in february 2025", date(2026, 3, 10))
    assert other.name == "in February 2025"
    (same,) = spans_in("in january", date(2026, 3, 10))
    assert same.name == "in January"
