"""Every sentence of the files holds what they say it holds."""

import pytest

from coach.entities import ClockTime, Day, Recurrence, Span, read_entities
from coach.entities.vocabulary.languages import VOCABULARIES
from tests.entities.sentences import NOW, TODAY, Expected, read, sentences, written

KNOWN = [one for one in sentences() if not one.aside and one.language in VOCABULARIES]


@pytest.mark.parametrize("expected", KNOWN, ids=lambda one: f"{one.language} {one.said}")
def test_a_sentence_holds_what_is_written_of_it(expected: Expected) -> None:
    assert sorted(read(expected)) == sorted(expected.holds)


@pytest.mark.parametrize("line", written("recipes"))
def test_a_line_of_a_recipe_names_no_day_and_no_time(line: str) -> None:
    found = read_entities(line, today=TODAY, now=NOW)
    assert not [e for e in found if isinstance(e, ClockTime | Day | Span | Recurrence)]
