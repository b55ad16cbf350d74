"""Which words are ordinary ones, and which somebody has to be asked about."""

import pytest

from coach.meaning.ordinary_words import is_ordinary


@pytest.mark.parametrize("word", ["funeral", "rush", "relished", "slowly", "virtuous", "ladies"])
def test_words_of_a_story_are_ordinary(word):
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["florpnax", "vindalorian", "blarg", "pozole", "tagine"])
def test_names_of_things_that_few_people_know_are_not(word):
    assert not is_ordinary(word)
