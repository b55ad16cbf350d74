"""Typed texts: each once, screened before it counts, and not too many at a time."""

import pytest

from coach.voice import limits
from coach.voice.effects import RecordTurn, ScreenText, ShowError
from coach.voice.engine_commands import AddMessage
from coach.voice.engine_events import SpeechStarted
from coach.voice.inputs import HoldReleased, MemberVoice, ScreeningDone, TextTyped
from tests.support.conversation_driver import Driver, creates, of, turns


def test_a_text_is_taken_whole_or_refused_with_words(talk):
    longest = "x" * (limits.TYPED_MAX_CHARS - 1) + "y"
    out = talk(TextTyped("t1", f" {longest} "))
    [screened], [turn] = of(out, ScreenText), of(out, RecordTurn)
    assert screened.text == turn.text == longest
    assert talk(TextTyped("t2", longest + "z")) == [ShowError("text_too_long")]
    assert turns(talk(TextTyped("t2", "z"))) == [("member", "z", False)]  # its id is free still


def test_a_text_is_screened_and_written_without_its_nul(talk):
    out = talk(TextTyped("t1", "two\x00 eggs\x00 "))
    [screened], [turn] = of(out, ScreenText), of(out, RecordTurn)
    assert screened.text == turn.text == "two eggs"
    assert talk(TextTyped("t2", "\x00")) == []


def test_nothing_of_a_text_counts_before_it_was_screened(talk):
    conversation = talk.conversation
    out = conversation.handle(TextTyped("t1", "Hello"), talk.at)
    assert [type(effect) for effect in out] == [ScreenText]
    out = conversation.handle(ScreeningDone("text-t1", "member", True, False), talk.at)
    assert turns(out) == [("member", "Hello", False)]
    assert conversation.handle(ScreeningDone("text-t1", "member", True, False), talk.at) == []


def test_a_turn_carries_the_pages_own_id(talk):
    [turn] = of(talk(TextTyped("t1", "Hello")), RecordTurn)
    assert (turn.client_id, turn.item_id, turn.source) == ("t1", "text-t1", "text")


def test_a_held_text_is_written_and_answered_once_the_hold_is_over(talk):
    talk.hold.add("text-t1")
    out = talk(TextTyped("t1", "something grave"))
    assert turns(out) == [("member", "something grave", False)]
    assert creates(out) == []
    assert len(creates(talk(HoldReleased()))) == 1


@pytest.mark.parametrize("ready", [True, False])
def test_texts_before_the_answer_are_answered_together(ready):
    talk = Driver(ready=ready)
    out = talk(TextTyped("t1", "A banana"), TextTyped("t2", "and a leek"))
    assert [message.text for message in of(out, AddMessage)] == ["A banana", "and a leek"]
    assert len(creates(out)) == (1 if ready else 0)


def test_a_refused_text_may_come_again_with_the_same_id(talk):
    for number in range(limits.TYPED_AT_ONCE):
        talk(TextTyped(f"t{number}", "Hello"))
    out = talk(TextTyped("late", "Hello"))
    assert [error.code for error in of(out, ShowError)] == ["too_many_texts"]
    assert turns(out) == []
    out = talk(TextTyped("late", "Hello"), after=limits.TYPED_WINDOW_S)
    assert turns(out) == [("member", "Hello", False)]


def test_who_types_after_a_sound_without_an_end_is_answered(talk):
    talk(SpeechStarted("m1"), MemberVoice(20))
    talk.ticks(2.0)
    assert len(creates(talk(TextTyped("t1", "Hello")))) == 1


def test_who_types_cuts_the_coach_off_but_talks_over_nobody():
    talk = Driver(greeting="Hello there, I am Maya. How are you today?")
    talk.answers("c1", "Hello there, I am Maya. How are you today?", 3000)
    talk.heard(2200)
    [coach, member] = of(talk(TextTyped("t1", "A banana")), RecordTurn)
    assert (coach.text, coach.interrupted) == ("Hello there, I am Maya. How …", False)
    assert member.text == "A banana"


def test_who_types_while_they_speak_is_answered_when_both_are_over(talk):
    talk(SpeechStarted("m1"))
    talk(*[MemberVoice(20)] * 20)
    assert creates(talk(TextTyped("t1", "Hello"))) == []
    assert len(creates(talk.ticks(1.5))) == 1
