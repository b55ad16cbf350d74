"""What reports tell of whether it helped: sums, from which no answer of one member follows."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.models import Escalation, Rating
from handoff.reports import helped
from handoff.reports.asked import Asked
from handoff.reports.helped import TOGETHER, Given, batches, told_in
from handoff.reports.source import Source

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = (date(2026, 3, 2), date(2026, 3, 8))
LATER = MONDAY + timedelta(days=30)
DAYS = range(8)
FIELDS, LANGUAGES = ("nutrition", "language"), ("en", "de")


def source(first=WEEK[0], last=WEEK[1], now=LATER, **chosen):
    return Source(Asked(first, last, ZoneInfo("UTC"), **chosen), now)


def rows(figure):
    """The rows of a figure's table by their first cell."""
    return {row[0]: list(row[1:]) for row in figure.table.rows}


@pytest.fixture
def rated(session, asha):
    """`rated(1, 2, language="de")`: members answered so, one a day; `None`: not at all."""

    def make(*answers, at=MONDAY, **fields):
        for number, answer in enumerate(answers):
            came = at + timedelta(days=number)
            case = Escalation.objects.create(
                session=session,
                member=session.member,
                tier=2,
                code="ASK",
                state=Escalation.State.RESOLVED,
                owner=asha,
                first_words="Goodbye.",
                created_at=came,
                ring_since=came,
                **fields,
            )
            answered = came if answer else None
            Rating.objects.create(
                escalation=case, asked_at=came, answer=answer, answered_at=answered
            )

    return make


answers = st.lists(
    st.tuples(st.sampled_from(FIELDS), st.sampled_from(LANGUAGES), st.sampled_from(DAYS)),
    max_size=40,
)
reports = st.tuples(
    st.sampled_from((None, *FIELDS)),
    st.sampled_from((None, *LANGUAGES)),
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
)


def numbers_told(given_ones, report):
    """The numbers of the answers that a report tells of; the answers here are their own numbers."""
    field, language, first, last = report
    chosen = [
        one
        for one in given_ones
        if field in (None, one.domain)
        and language in (None, one.language)
        and one.at < MONDAY + timedelta(days=last + 1)
    ]
    since = MONDAY + timedelta(days=first)
    return {number for one in batches(chosen) if one.at >= since for number in one.answers}


@given(answers, reports, reports)
def test_no_report_tells_fewer_than_three_answers_more_than_another(said, one, other):
    said = sorted(said, key=lambda answer: answer[2])
    given_ones = [
        Given(field, language, MONDAY + timedelta(days=day), number)
        for number, (field, language, day) in enumerate(said)
    ]
    first, second = numbers_told(given_ones, one), numbers_told(given_ones, other)
    for more in (first - second, second - first, first & second):
        assert len(more) % TOGETHER == 0


@pytest.mark.django_db
def test_three_are_told_once_the_third_has_come(rated):
    rated(3, 1, 3, 2, language="de")
    rated(1, 1, language="ko")
    found = rows(helped.satisfaction(source()))
    assert found["Deutsch"][:5] == [4, 3, 2, 0, 1]
    assert found["한국어"][:5] == [2, 0, 0, 0, 0]
    assert found["All"][:2] == [6, 3]
    [korean] = [b for b in helped.satisfaction(source()).chart.rows if b.name == "한국어"]
    assert (korean.value, list(korean.parts)) == ("not yet told", [])


@pytest.mark.django_db
def test_own_dates_that_are_moved_by_a_day_tell_of_no_single_answer(rated):
    rated(3, 1, 3, 2, 3, 1)
    days = [WEEK[0] + timedelta(days=number) for number in range(7)]
    told = {len(told_in(source(first, last))) for first in days for last in days if first <= last}
    assert told == {0, 1, 2}  # times three


@pytest.mark.django_db
def test_what_its_member_may_still_change_is_not_told(rated):
    rated(3, 3, 3)
    third = MONDAY + timedelta(days=2)
    assert told_in(source(now=third + timedelta(hours=23))) == []
    [told] = told_in(source(now=third + timedelta(hours=25)))
    assert (told.at, told.answers) == (third, (3, 3, 3))


@pytest.mark.django_db
def test_each_field_and_language_waits_for_itself_and_each_year_anew(rated):
    rated(3, 3, language="de")
    rated(3, 3, language="en")
    assert told_in(source()) == []
    rated(1, 1, at=datetime(2026, 12, 30, tzinfo=UTC), language="fr")
    rated(1, at=datetime(2027, 1, 2, tzinfo=UTC), language="fr")
    over_years = source(date(2026, 12, 1), date(2027, 1, 31), datetime(2027, 3, 1, tzinfo=UTC))
    assert told_in(over_years) == []


@pytest.mark.django_db
def test_by_tier_nothing_is_told(rated):
    rated(3, 3, 3)
    figure = helped.satisfaction(source(tier=2))
    assert list(figure.table.rows) == []
    assert "not told by tier" in figure.note
