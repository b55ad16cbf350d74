"""Slips of learners: what is better, and what is right as it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.lessons.slips import corrections, sentences

ROWS = [
    row
    for row in (Path(__file__).parent / "slips.txt").read_text().splitlines()
    if row and not row.startswith("#")
]


@pytest.mark.parametrize("row", ROWS)
def test_what_is_said_and_what_is_better(row):
    said, _, better = row.partition(" =>")
    found = corrections([said])
    if better:
        assert [better.strip()] == [correction.better for correction in found]
        assert all(correction.said == said for correction in found)
        assert all(correction.why for correction in found)
    else:
        assert found == []


@pytest.mark.parametrize("row", ROWS)
def test_what_is_better_is_not_corrected_again(row):
    _, _, better = row.partition(" =>")
    again = [correction.better for correction in corrections([better.strip()])]
    assert better.strip() not in again


def test_a_kind_of_slip_is_shown_once_and_with_its_first_sentence():
    found = corrections(["I am agree.", "Yes, I am agree with that."])
    assert [correction.said for correction in found] == ["I am agree."]


def test_turns_are_parted_into_sentences():
    turns = ["Hello! How are you?  Fine.", "", "  Bye"]
    assert sentences(turns) == ["Hello!", "How are you?", "Fine.", "Bye"]


@given(st.lists(st.text(max_size=40), max_size=5), st.integers(0, 4))
def test_no_more_corrections_than_asked_for(turns, limit):
    assert len(corrections(turns, limit)) <= limit


def test_three_corrections_at_most_the_most_useful_first():
    said = ["I'd like an coffee", "I am agree", "how much it costs", "I listen music"]
    found = corrections(said)
    assert len(found) == 3
    assert {c.said for c in found[:2]} == {"I am agree", "how much it costs"}


def test_a_correction_shows_its_sentence_alone():
    found = corrections(["And a piece of cake. How much it costs?"])
    assert [(c.said, c.better) for c in found] == [("How much it costs?", "How much does it cost?")]
