"""What was heard of what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.conversation.output_item import OutputItem
from coach.voice.conversation.playback import Playback

MS = 48
TEXT = "One two three four five six seven eight nine ten."


def item(**fields):
    made = OutputItem("i", "r", 0, 1)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def spoken(text, ms, heard_ms, *, done=True):
    made = item(spoken=True)
    made.add_text(text)
    made.received_bytes = ms * MS
    made.played_ms = heard_ms
    made.done = done
    return made


def test_all_heard_is_the_whole_text():
    assert spoken(TEXT, 3000, 2990).heard_text() == TEXT


def test_half_heard_is_cut_at_a_word():
    heard = spoken(TEXT, 3000, 1500).heard_text()
    assert TEXT.startswith(heard)
    assert heard == "One two three four five"


@pytest.mark.parametrize("ms", range(0, 3000, 37))
def test_a_cut_never_splits_a_word(ms):
    heard = spoken(TEXT, 3000, ms).heard_text()
    assert TEXT.startswith(heard)
    assert heard == "" or TEXT[len(heard) :][:1] in ("", " ")


def test_nothing_heard_is_nothing():
    assert spoken(TEXT, 3000, 0).heard_text() == ""


def test_words_without_their_audio_yet_are_not_heard():
    """Two seconds of audio came for a text of twenty: all of that was played, but not the text."""
    text = "word " * 60
    heard = spoken(text, 2000, 2000, done=False).heard_text()
    assert 0 < len(heard) < len(text) / 5


def test_sentences_that_come_with_their_audio_are_cut_by_their_own_time():
    """A slow first sentence (4 s) and a quick second one: at 4 s all of the first was heard."""
    made = item(spoken=True)
    made.add_text("Hello there, Maya, so good. ")
    made.received_bytes = 4000 * MS
    made.add_text("You have eaten ten eggs today.")
    made.received_bytes = 5500 * MS
    made.done = True
    made.played_ms = 4010
    assert made.heard_text() == "Hello there, Maya, so good."


def test_shown_text_counts_as_it_stands():
    made = item(text="Only text", done=True)
    assert made.heard_text() == "Only text"


def test_audio_is_held_back_beyond_four_seconds_and_follows_what_was_heard():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    sent = [p for _ in range(100) for p in playback.receive(opened, bytes(100 * MS), 0.0)]
    assert len(sent) == 40
    playback.report(1, 0, 1000, 0.0)
    assert len(playback.release(0.5)) == 10


def test_a_page_that_reports_nothing_gets_audio_by_the_clock():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    for _ in range(100):
        playback.receive(opened, bytes(100 * MS), 0.0)
    assert len(playback.release(3.0)) == 10


def test_clear_drops_what_was_held_and_old_reports():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    for _ in range(100):
        playback.receive(opened, bytes(100 * MS), 0.0)
    assert playback.clear() == 2
    assert playback.release(100.0) == []
    assert playback.report(1, 0, 5000, 0.0) is None


def test_no_more_is_heard_than_was_sent():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    playback.receive(opened, bytes(500 * MS), 0.0)
    playback.report(1, 0, 90_000, 0.0)
    assert opened.played_ms == 500


def test_reports_never_run_backwards():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    playback.receive(opened, bytes(500 * MS), 0.0)
    playback.report(1, 0, 400, 0.0)
    playback.report(1, 0, 100, 0.0)
    assert opened.played_ms == 400


# --- whatever comes -------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=3000), max_size=30))
def test_every_whole_sample_goes_out_once_and_in_order(deltas):
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    sent = [play for delta in deltas for play in playback.receive(opened, delta, 0.0)]
    for second in range(1, 10):
        sent += playback.release(100.0 * second)
    received = b"".join(deltas)
    assert b"".join(play.pcm for play in sent) == received[: len(received) // 2 * 2]
    assert all(len(play.pcm) % 2 == 0 for play in sent)
    assert playback.queued_ms == 0


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 3000)), max_size=30))
def test_the_page_is_never_sent_more_than_the_limit_ahead_of_what_it_has_played(steps):
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0)
    sent_ms = 0
    for received_ms, played_ms in steps:
        out = playback.receive(opened, bytes(received_ms * MS), 0.0)
        playback.report(1, 0, played_ms, 0.0)
        out += playback.release(0.0)
        sent_ms += sum(len(play.pcm) for play in out) // MS
        longest = max(ms for ms, _ in steps)
        assert sent_ms <= limits.PLAY_AHEAD_MS + opened.played_ms + longest
        assert opened.played_ms <= sent_ms


def test_items_are_numbered_in_their_order_and_the_numbers_wrap():
    playback = Playback()
    playback._next_index = limits.LIVE_INDEX - 1
    first, second = (playback.open(name, "r", 1, "", 0) for name in ("a", "b"))
    assert (first.index, second.index) == (limits.LIVE_INDEX - 1, 0)


def test_a_closed_item_takes_its_queued_audio_along():
    playback = Playback()
    first, second = (playback.open(name, "r", 1, "", 0) for name in ("a", "b"))
    for _ in range(50):
        playback.receive(first, bytes(100 * MS), 0.0)
    playback.receive(second, bytes(100 * MS), 0.0)
    playback.close(first)
    assert playback.queued_ms == 100
    assert "a" in playback.closed
    assert [play.index for play in playback.release(100.0)] == [second.index]


def test_a_page_that_reports_nothing_is_taken_to_have_played_all_of_it_in_the_end():
    playback = Playback()
    opened = playback.open("i", "r", 1, "", 0.0)
    playback.receive(opened, bytes(2000 * MS), 0.0)
    opened.done = True
    playback.presume_played(2.0 + limits.PLAYBACK_GRACE_S)
    assert playback.playing
    playback.presume_played(2.1 + limits.PLAYBACK_GRACE_S)
    assert not playback.playing
