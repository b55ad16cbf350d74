"""How much of an utterance was heard, for every text, pace and moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.conversation.output_item import OutputItem, part_id

MS = limits.BYTES_PER_MS
words = st.lists(st.text("abcdefgh'.,", min_size=1, max_size=8), min_size=1, max_size=20)


@st.composite
def utterances(draw):
    """An item whose words came in pieces, each at some millisecond of the audio."""
    item = OutputItem("i", "r", 0, 1, spoken=True)
    for word in draw(words):
        item.add_text(word + " ")
        item.received_bytes += draw(st.integers(0, 900)) * MS
    item.done = draw(st.booleans())
    item.complete = draw(st.booleans())
    return item


@given(utterances(), st.integers(0, 20_000))
def test_what_was_heard_is_a_beginning_of_whole_words(item, played_ms):
    item.played_ms = min(played_ms, item.received_ms)
    heard, text = item.heard_text(), item.text.strip()
    assert text.startswith(heard)
    assert heard == text or text[len(heard) :][:1] == " " or heard == ""


@given(utterances(), st.lists(st.integers(0, 20_000), min_size=2, max_size=6))
def test_who_heard_longer_never_heard_fewer_words(item, moments):
    lengths = []
    for played_ms in sorted(moments):
        item.played_ms = min(played_ms, item.received_ms)
        lengths.append(len(item.heard_text()))
    assert lengths == sorted(lengths)


@given(utterances())
def test_all_of_a_whole_item_is_heard_when_all_of_it_was_played(item):
    item.done = item.complete = True
    item.played_ms = item.received_ms
    assert item.fully_played
    assert item.finished
    assert item.heard_text() == item.text.strip()


@given(utterances())
def test_nothing_played_is_nothing_heard_unless_there_was_nothing_to_play(item):
    item.played_ms = 0
    if item.received_ms > limits.PLAYED_TOLERANCE_MS:
        assert item.heard_text() == ""


@pytest.mark.parametrize("missing_ms", [0, limits.PLAYED_TOLERANCE_MS])
def test_a_page_may_round_the_end_off(missing_ms):
    item = OutputItem("i", "r", 0, 1, received_bytes=1000 * MS, played_ms=1000 - missing_ms)
    assert item.fully_played
    item.played_ms -= 1
    assert item.fully_played is (missing_ms == 0)


def test_words_without_audio_are_complete_as_soon_as_they_have_all_come():
    item = OutputItem("i", "r", 0, 1, text="Only words.", text_complete=True)
    assert item.likely_complete
    item.spoken = True
    assert not item.likely_complete
    item.received_bytes = 1000 * MS
    assert item.likely_complete


def test_the_first_part_of_an_item_has_the_items_own_id():
    assert part_id("item_1", 0) == "item_1"
    assert part_id("item_1", 2) == "item_1.2"
