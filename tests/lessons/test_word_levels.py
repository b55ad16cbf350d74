"""The CEFR level of English words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.scenario import LEVELS
from coach.lessons.word_levels import word_level, words_by_level


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("coffee", "A1"),
        ("Coffee", "A1"),
        ("receipt", "A2"),
        ("luggage", "B1"),
        ("apple juice", "A1"),
        ("running receipt", "A2"),
        ("zzxx", None),
        ("coffee zzxx", None),
        ("", None),
    ],
)
def test_a_word_has_a_level_or_none(word, level):
    assert word_level(word, "en") == level


@pytest.mark.parametrize("language", ["de", "es", "fr", "ko", ""])
def test_only_english_words_have_levels(language):
    assert word_level("coffee", language) is None


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_has_a_level_or_none(text):
    assert word_level(text, "en") in (*LEVELS, None)


def test_words_are_counted_by_level_and_unknown_ones_left_out():
    assert words_by_level(["luggage", "coffee", "zzxx", "bread"], "en") == [("A1", 2), ("B1", 1)]
    assert words_by_level(["coffee"], "de") == []
