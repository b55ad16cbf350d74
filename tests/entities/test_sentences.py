"""Every sentence of the files holds what they say it holds."""

import pytest

from coach.entities import ClockTime, Day, Recurrence, Span, read_entities
from tests.entities.sentences import (
    FILES,
    NOW,
    TODAY,
    Expected,
    found_later,
    read,
    sentences,
    written,
)

KNOWN = [*(one for one in sentences() if not one.aside), *found_later()]
ASIDE = [one for one in sentences() if one.aside]


@pytest.mark.parametrize("expected", KNOWN, ids=lambda one: f"{one.language} {one.said}")
def test_a_sentence_holds_what_is_written_of_it(expected: Expected) -> None:
    assert sorted(read(expected)) == sorted(expected.holds)


@pytest.mark.parametrize("line", written("recipes"))
def test_a_line_of_a_recipe_names_no_day_and_no_time(line: str) -> None:
    found = read_entities(line, today=TODAY, now=NOW)
    assert not [e for e in found if isinstance(e, ClockTime | Day | Span | Recurrence)]


@pytest.mark.parametrize("language", FILES)
def test_nearly_all_of_what_was_put_aside_is_read_right(language: str) -> None:
    """Nothing was fitted to these, so that they tell how other sentences are read."""
    aside = [one for one in ASIDE if one.language == language]
    right = [one for one in aside if sorted(read(one)) == sorted(one.holds)]
    assert len(right) >= 0.95 * len(aside)
