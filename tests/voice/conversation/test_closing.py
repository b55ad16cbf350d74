"""A talk that closes: nothing new is begun, and what must be heard is heard."""

import pytest

from coach.voice.conversation import Conversation
from coach.voice.effects import RecordTurn, ScreenText
from coach.voice.engine_events import (
    EngineReady,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.inputs import (
    FloorChanged,
    HandedBack,
    ScreeningDone,
    ScriptGiven,
    TalkClosing,
    TalkEnded,
    TextTyped,
    Tick,
    UsageCounted,
)
from tests.support.conversation_driver import Driver, creates


@pytest.fixture
def talk():
    """A talk whose engine is there and has nothing to say yet."""
    conversation = Conversation()
    conversation.handle(EngineReady(resumed=True), 0.0)
    return conversation


def test_a_talk_that_closes_is_not_greeted():
    conversation = Conversation(greeting="Hi!")
    conversation.handle(TalkClosing(True), 0.0)
    assert creates(conversation.handle(EngineReady(), 0.1)) == []
    assert conversation.idle


def test_what_is_being_said_goes_on_and_no_answer_follows(talk):
    talk.handle(TextTyped("t1", "Hello"), 1.0)
    talk.handle(ScreeningDone("text-t1", "member", final=True, hold=False), 1.0)
    said = talk.handle(ResponseCreated("r1"), 1.1)
    said += talk.handle(SpokenDelta("r1", "i1", "Hello there."), 1.2)
    talk.handle(TalkClosing(True), 1.3)
    said += talk.handle(SpokenAudio("r1", "i1", bytes(4800)), 1.4)
    assert [type(effect).__name__ for effect in said].count("Play") == 1
    assert not talk.idle
    # What the member says meanwhile is kept, and not answered.
    typed = talk.handle(TextTyped("t2", "And a banana"), 1.5)
    after = talk.handle(ResponseDone("r1", "completed"), 2.0)
    assert creates(typed + after) == []
    for at in range(3, 12):
        assert creates(talk.handle(TextTyped(f"more{at}", "Hello?"), float(at))) == []


def test_the_words_of_the_member_are_still_written_down(talk):
    talk.handle(TalkClosing(True), 1.0)
    effects = talk.handle(TextTyped("t1", "I feel awful"), 1.1)
    # Screened by the host first, as ever; then they stand in the thread.
    screens = [effect for effect in effects if isinstance(effect, ScreenText)]
    assert [screen.text for screen in screens] == ["I feel awful"]
    written = talk.handle(ScreeningDone(screens[0].key, "member", True, False), 1.2)
    assert [turn.text for turn in effects + written if isinstance(turn, RecordTurn)] == [
        "I feel awful"
    ]
    assert talk.idle


def test_reviewed_words_are_spoken(talk):
    talk.handle(TalkClosing(True), 1.0)
    talk.handle(FloorChanged("safety_hold", 2), 1.1)
    (spoken,) = creates(talk.handle(ScriptGiven("Please call 112."), 1.2))
    assert "Please call 112." in spoken.instructions


def test_the_way_back_from_a_person_is_spoken(talk):
    talk.handle(TalkClosing(True), 1.0)
    (back,) = creates(talk.handle(HandedBack("A note.", "Shall we go on?"), 1.1))
    assert "Shall we go on?" in back.instructions


def test_what_was_asked_while_a_talk_was_to_close_is_answered_if_it_does_not(talk):
    talk.handle(TalkClosing(True), 1.0)
    effects = talk.handle(TextTyped("t1", "Hello"), 1.1)
    effects += said_by_member(talk, effects, 1.1)
    assert creates(effects + talk.handle(Tick(), 30.0)) == []
    assert talk.idle
    assert len(creates(talk.handle(TalkClosing(False), 31.0))) == 1


def test_a_talk_that_does_not_close_after_all_answers_again(talk):
    talk.handle(TalkClosing(True), 1.0)
    assert creates(talk.handle(TalkClosing(False), 1.2)) == []
    effects = talk.handle(TextTyped("t2", "Hello?"), 1.3)
    assert len(creates(said_by_member(talk, effects, 1.4))) == 1


def test_between_an_utterance_and_the_answer_that_comes_unasked_a_talk_is_not_idle():
    talk = Driver(answers_itself=True)
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    assert creates(talk.all) == []
    assert not talk.conversation.idle
    talk.answers("c1", "Hi.", 300)
    talk.heard(300)
    assert talk.conversation.idle


def test_what_is_being_said_when_a_talk_ends_was_not_cut_in_on():
    talk = Driver()
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four", 1200, done=False)
    talk.heard(900)
    [turn] = [e for e in talk(TalkEnded()) if isinstance(e, RecordTurn)]
    assert (turn.interrupted, turn.partial) == (False, True)


def answer_once(talk, at):
    """One answer that says what it cost; returns what came of its end."""
    talk.handle(TextTyped(f"t{at}", "Hello"), at)
    talk.handle(ResponseCreated(f"r{at}"), at + 0.1)
    talk.handle(SpokenDelta(f"r{at}", f"i{at}", "Hello.", spoken=False), at + 0.2)
    return talk.handle(ResponseDone(f"r{at}", "completed", usage={"input_tokens": 1}), at + 0.3)


def test_with_a_budget_an_answer_waits_until_the_last_one_is_counted():
    talk = Conversation(budgeted=True)
    talk.handle(EngineReady(resumed=True), 0.0)
    answer_once(talk, 1.0)
    effects = talk.handle(TextTyped("next", "And?"), 1.4)
    assert creates(effects + said_by_member(talk, effects, 1.5)) == []
    assert len(creates(talk.handle(UsageCounted(), 1.6))) == 1


def test_a_count_that_does_not_come_silences_nobody():
    talk = Conversation(budgeted=True)
    talk.handle(EngineReady(resumed=True), 0.0)
    answer_once(talk, 1.0)
    effects = talk.handle(TextTyped("next", "And?"), 1.4)
    assert creates(effects + said_by_member(talk, effects, 1.5)) == []
    assert creates(talk.handle(Tick(), 3.2)) == []
    assert len(creates(talk.handle(Tick(), 3.4))) == 1


def test_the_end_of_an_answer_that_is_told_again_holds_up_nobody():
    talk = Conversation(budgeted=True)
    talk.handle(EngineReady(resumed=True), 0.0)
    answer_once(talk, 1.0)
    talk.handle(UsageCounted(), 1.35)
    talk.handle(ResponseDone("r1.0", "completed", usage={"input_tokens": 1}), 1.38)
    effects = talk.handle(TextTyped("next", "And?"), 1.4)
    assert len(creates(effects + said_by_member(talk, effects, 1.5))) == 1


def test_reviewed_words_wait_for_no_count():
    talk = Conversation(budgeted=True)
    talk.handle(EngineReady(resumed=True), 0.0)
    answer_once(talk, 1.0)
    assert len(creates(talk.handle(ScriptGiven("Please call 112."), 1.4))) == 1


def test_without_a_budget_nothing_waits(talk):
    answer_once(talk, 1.0)
    effects = talk.handle(TextTyped("next", "And?"), 1.4)
    assert len(creates(effects + said_by_member(talk, effects, 1.5))) == 1


def said_by_member(talk, effects, at):
    """The screeners have read what was typed."""
    screens = [effect for effect in effects if isinstance(effect, ScreenText)]
    return [
        e for s in screens for e in talk.handle(ScreeningDone(s.key, "member", True, False), at)
    ]
