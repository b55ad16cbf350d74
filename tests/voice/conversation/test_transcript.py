"""Turns are written in the order in which they were said, whenever their texts come."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.conversation.transcript import Transcript
from coach.voice.effects import RecordTurn


def test_the_members_words_wait_for_the_coach_who_was_cut_off():
    transcript = Transcript()
    transcript.reserve("coach-1", 0.0)
    transcript.reserve("text-1", 1.0)
    words = RecordTurn("member", "an apple", "text-1", "text", 1)
    assert transcript.settle("text-1", words) == []
    assert transcript.member_turn_pending()
    cut = RecordTurn("coach", "Hello", "coach-1", "voice", 1)
    assert transcript.settle("coach-1", cut) == [cut, words]
    assert not transcript.member_turn_pending()


def test_a_coach_who_still_speaks_holds_no_tool():
    transcript = Transcript()
    transcript.reserve("coach-1", 0.0)
    assert not transcript.member_turn_pending()


def turn(key):
    return RecordTurn("member", f"words of {key}", key, "voice", 1)


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)))
def test_turns_come_out_in_the_order_of_their_places_each_once(settled, empty):
    transcript = Transcript()
    for number in range(8):
        transcript.reserve(str(number), float(number), awaits_text=True)
        transcript.reserve(str(number), 99.0)
    written = []
    for number in settled:
        given_turn = None if number in empty else turn(str(number))
        written += [int(made.item_id) for made in transcript.settle(str(number), given_turn)]
    assert written == [number for number in range(8) if number not in empty]
    assert transcript.awaiting_text() == []


def test_a_text_is_overdue_unless_more_of_it_comes():
    transcript = Transcript()
    transcript.reserve("a", 0.0, awaits_text=True)
    transcript.reserve("b", 0.0)
    transcript.touch("a", 5.0)
    transcript.touch("nobody", 5.0)
    assert transcript.overdue(5.0 + limits.TRANSCRIPT_S) == []
    assert transcript.overdue(5.1 + limits.TRANSCRIPT_S) == ["a"]


def test_a_text_whose_place_was_given_up_is_written_late():
    transcript = Transcript()
    assert transcript.settle("a", turn("a")) == [turn("a")]
    assert transcript.settle("b", None) == []


def test_partial_words_are_forgotten_with_their_utterance():
    transcript = Transcript()
    transcript.reserve("a", 0.0, awaits_text=True)
    transcript.partials["a"], transcript.screened_at["a"] = "I had", 1.0
    transcript.settle("a", turn("a"))
    assert (transcript.partials, transcript.screened_at) == ({}, {})
