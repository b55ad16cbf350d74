"""What holds of every text in every language."""

from datetime import date, time
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.entities import (
    Amount,
    ClockTime,
    Day,
    Recurrence,
    Span,
    convert,
    read_entities,
)
from coach.entities.numerals.digits import written
from coach.entities.text import tokens, word_set
from coach.entities.vocabulary.languages import VOCABULARIES
from tests.entities.sentences import NOW, TODAY, sentences

LANGUAGES = tuple(VOCABULARIES)
SAID = [expected.said for expected in sentences()]
WORDS = sorted({word for said in SAID for word in said.split()})
word_salad = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
mixed = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(", ".join)
# Figures that are hard to read, next to each other and to words.
FIGURES = [
    "1.2.3",
    "12/0",
    "1234567890123456",
    "1,2,3",
    "B12",
    "2nd",
    "24/7",
    "5'4",
    "½",
    "1-1/2",
    "99:99",
]
figures = st.lists(st.sampled_from([*FIGURES, *WORDS]), max_size=12).map(" ".join)
any_text = st.one_of(st.text(max_size=120), word_salad, mixed, figures)
language = st.sampled_from(LANGUAGES)
thorough = settings(deadline=None, max_examples=150)


@thorough
@given(any_text, language, st.sampled_from(["past", "future"]), st.booleans())
def test_entities_stand_in_order_and_apart(text, language, prefer, known):
    found = read_entities(
        text, language, today=TODAY if known else None, now=NOW if known else None, prefer=prefer
    )
    end = 0
    for entity in found:
        assert end <= entity.start < entity.end <= len(text)
        end = entity.end


@thorough
@given(any_text, language)
def test_every_figure_lies_in_one_entity(text, language):
    found = read_entities(text, language, today=TODAY, now=NOW)
    for token in tokens(text):
        if token.kind == "number":
            inside = [e for e in found if e.start <= token.start and token.end <= e.end]
            assert len(inside) == 1, token


ENGLISH_NUMERALS = sorted(
    word_set(
        "two three seven ten twelve fifteen twenty thirty hundred half dozen quarter eleven forty "
        "ninety thousand"
    )
)


@thorough
@given(
    st.lists(
        st.sampled_from([*ENGLISH_NUMERALS, "eggs", "cups", "at", "and", "of", "g", "past", "ago"]),
        max_size=12,
    )
)
def test_every_english_numeral_lies_in_one_entity(words):
    text = " ".join(words)
    found = read_entities(text, today=TODAY, now=NOW)
    place = 0
    for word in words:
        place = text.index(word, place)
        if word in ENGLISH_NUMERALS and word not in {"hundred", "dozen", "thousand", "quarter"}:
            assert [e for e in found if e.start <= place < e.end], (text, word)
        place += len(word)


@thorough
@given(
    st.one_of(st.integers(1, 99_999), st.floats(0.01, 9999).map(lambda v: round(v, 2))), language
)
def test_a_value_that_is_written_reads_as_itself(value, language):
    unit = "그램" if language == "ko" else "kg"
    (found,) = read_entities(f"{written(value, language)} {unit}", language)
    assert isinstance(found, Amount)
    assert found.value == pytest.approx(value)
    assert found.unit == ("g" if language == "ko" else "kg")


@given(st.times(), language)
def test_a_time_that_is_written_reads_as_itself(at, language):
    (found,) = read_entities(f"{at:%H:%M}", language)
    assert isinstance(found, ClockTime)
    assert found.time.minute == at.minute
    assert found.time.hour % 12 == at.hour % 12
    if found.sure:
        assert found.time == time(at.hour, at.minute)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), language)
def test_a_date_that_is_written_reads_as_itself(day, language):
    (found,) = read_entities(day.isoformat(), language, today=TODAY)
    assert isinstance(found, Day)
    assert found.date == day


@given(st.floats(0.1, 500), st.sampled_from([("st", "kg"), ("lb", "oz"), ("cup", "ml")]))
def test_units_convert_there_and_back(value, units):
    there, back = units
    assert convert(convert(value, there, back), back, there) == pytest.approx(value)


def test_units_of_other_kinds_do_not_convert():
    with pytest.raises(ValueError, match="do not measure the same"):
        convert(1, "kg", "ml")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "part", ["two ", "1 lb 1 oz ", "at 8 ", "a ", "1/", "half and ", "9.", "Monday and ", "이백",
             "quatre vingt ", "zwei", "y medio ", "hundred and "],
)  # fmt: skip
def test_a_text_twice_as_long_takes_no_more_than_a_few_times_as_long(part, language):
    def once(text: str) -> float:
        began = process_time()
        read_entities(text, language, today=TODAY, now=NOW)
        return process_time() - began

    def work(text: str) -> float:
        return min(once(text) for _ in range(3))  # the others had a collector's pause in them

    size = 2000 // len(part)
    assert work(part * size * 4) < 0.05 + 16 * work(part * size)


@pytest.mark.parametrize("said", ["every 1.5 hours", "every 2.5 days"])
def test_what_comes_again_does_so_in_whole_units_or_is_not_read(said):
    assert not [one for one in read_entities(said, today=TODAY) if isinstance(one, Recurrence)]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("since february", date(TODAY.year - (TODAY.month < 2), 2, 1)),
        ("since january 2026", date(2026, 1, 1)),
        ("since 2025", date(2025, 1, 1)),
    ],
)
def test_since_a_month_or_a_year_runs_to_today(said, first):
    (span,) = read_entities(said, today=TODAY, now=NOW)
    assert isinstance(span, Span)
    assert (span.first, span.last) == (first, TODAY)
