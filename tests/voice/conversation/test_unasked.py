"""Engines that are told to answer speech by themselves, and whether they do."""

import pytest

from coach.voice import limits
from coach.voice.engine_events import InputCommitted, InputTranscript, SpeechStarted, SpeechStopped
from coach.voice.inputs import ButtonHeld, TalkMode, TextTyped
from tests.support.conversation_driver import Driver, creates


@pytest.fixture
def talk():
    return Driver(answers_itself=True)


def say(talk, item):
    """The member says something; the creates that follow at once."""
    out = talk(SpeechStarted(item), after=1.0)
    out += talk(SpeechStopped(item), after=1.0)
    return creates(out + talk(InputCommitted(item), InputTranscript(item, "Hello")))


def test_one_that_does_is_never_asked(talk):
    for turn in range(3):
        assert say(talk, f"m{turn}") == []
        talk.answers(f"c{turn}", "One two three", 1000)
        talk.heard(1000)
    assert creates(talk.all) == []


def test_one_that_does_not_costs_one_silence(talk):
    assert say(talk, "m1") == []
    assert len(creates(talk.ticks(limits.RESPONSE_CREATED_S + 1))) == 1
    talk.answers("c1", "One two three", 1000)
    talk.heard(1000)
    for turn in range(2, 5):
        assert len(say(talk, f"m{turn}")) == 1
        talk.answers(f"c{turn}", "One two three", 1000)
        talk.heard(1000)


def test_what_is_typed_is_asked_for_all_the_same(talk):
    assert len(creates(talk(TextTyped("t1", "Hello")))) == 1


def test_what_a_button_ends_is_asked_for_at_once(talk):
    talk(TalkMode(True), ButtonHeld(True))
    talk(ButtonHeld(False, 800), after=0.8)
    assert len(creates(talk(InputCommitted("m1")))) == 1
