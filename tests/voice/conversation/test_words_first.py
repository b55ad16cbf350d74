"""Final words behind an utterance that is not settled are known to be unwritten."""

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
