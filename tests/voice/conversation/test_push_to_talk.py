"""Push to talk: a button says where an utterance begins and ends."""

import pytest

from coach.voice import limits
from coach.voice.effects import ClearPlayback, ShowError
from coach.voice.engine_commands import (
    AddSilence,
    CancelResponse,
    ClearInput,
    CommitInput,
    SetTurnDetection,
)
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
)
from coach.voice.inputs import ButtonHeld, FloorChanged, MicrophoneMuted, TalkMode
from tests.support.conversation_driver import Driver, creates, notices, of, states, turns


@pytest.fixture
def talk():
    driver = Driver()
    driver(TalkMode(True))
    return driver


def press(talk, ms=800):
    talk(ButtonHeld(True))
    return talk(ButtonHeld(False, ms), after=ms / 1000)


def test_the_mode_turns_the_engines_own_detection_off_and_on(talk):
    assert [e.on for e in of(talk.all, SetTurnDetection)] == [False]
    assert talk(TalkMode(True)) == []
    assert [e.on for e in of(talk(TalkMode(False)), SetTurnDetection)] == [True]


def test_a_press_is_committed_and_answered(talk):
    out = press(talk)
    assert len(of(out, CommitInput)) == 1
    assert creates(out) == []
    out = talk(InputCommitted("m1"))
    assert len(creates(out)) == 1
    assert turns(talk(InputTranscript("m1", "Hello"))) == [("member", "Hello", False)]


def test_a_press_stops_the_coach_at_once(talk):
    press(talk)
    talk(InputCommitted("m1"), InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three", 3000, done=False)
    out = talk(ButtonHeld(True))
    assert of(out, ClearPlayback)
    assert of(out, CancelResponse)


def test_nothing_is_answered_while_the_button_is_down(talk):
    press(talk)
    talk(ButtonHeld(True))
    assert creates(talk(InputCommitted("m1"))) == []
    assert states(talk.all)[-1] == "listening"


def test_a_short_press_is_forgotten_and_said(talk):
    out = press(talk, ms=80)
    assert of(out, CommitInput) == []
    assert len(of(out, ClearInput)) == 1
    assert of(out, ShowError) == [ShowError("too_short")]


def test_an_engine_that_finds_nothing_to_commit_is_not_waited_for(talk):
    [commit] = of(press(talk), CommitInput)
    out = talk(EngineFault("input_audio_buffer_commit_empty", "no", commit.event_id))
    assert of(out, ShowError) == [ShowError("too_short")]
    assert of(talk.ticks(20), ShowError) == []


def test_a_press_goes_on_with_the_next_engine(talk):
    talk(ButtonHeld(True))
    pressed_at = talk.at
    talk.ticks(1)
    assert talk.conversation.unheard_since == pressed_at
    talk(EngineLost())
    out = talk(EngineReady(resumed=True), SoundReplayed())
    assert [e.on for e in of(out, SetTurnDetection)] == [False]
    assert of(out, ClearInput, CommitInput) == []
    assert not talk.conversation.idle
    assert len(of(talk(ButtonHeld(False, 900)), CommitInput)) == 1


def test_a_press_that_ended_without_an_engine_is_committed_to_the_next(talk):
    talk(ButtonHeld(True))
    talk(EngineLost())
    assert of(talk(ButtonHeld(False, 900)), CommitInput, ShowError) == []
    assert of(talk(EngineReady(resumed=True)), CommitInput) == []
    assert len(of(talk(SoundReplayed()), CommitInput)) == 1


def test_what_the_engine_hears_by_itself_meanwhile_does_not_count(talk):
    assert talk(SpeechStarted("m1")) == []
    assert not talk.conversation.speech_in_progress


@pytest.mark.parametrize("late_s", [0.5, 5.0])
def test_an_engine_that_answers_before_it_says_that_it_has_the_press_is_heard_once(talk, late_s):
    press(talk)
    talk.answers("c1", "One two three", 1000)
    talk.ticks(late_s)
    talk(InputCommitted("m1"), InputTranscript("m1", "Hello"))
    talk.heard(1000)
    talk.ticks(20)
    assert of(talk.all, CancelResponse, ShowError) == []
    assert creates(talk.all) == []
    press(talk)
    assert len(creates(talk(InputCommitted("m2")))) == 1


def test_without_push_the_button_does_nothing():
    talk = Driver()
    assert talk(ButtonHeld(True), ButtonHeld(False, 800)) == []


def test_a_muted_microphone_gets_no_silence_under_the_button(talk):
    talk(ButtonHeld(True))
    assert talk(MicrophoneMuted(True)) == []


def test_a_press_while_a_person_speaks_is_committed_but_not_answered(talk):
    talk(FloorChanged("expert", 2, "Asha"))
    assert len(of(press(talk), CommitInput)) == 1
    assert creates(talk(InputCommitted("m1"))) == []


# --- an engine that finds the ends of speech all the same ----------------------------------------


def test_an_engine_that_hears_by_itself_is_given_the_silence_that_ends_the_utterance(talk):
    talk(ButtonHeld(True))
    talk(SpeechStarted("m1"), after=0.3)
    out = talk(ButtonHeld(False, 900))
    assert of(out, CommitInput) == []
    assert len(of(out, AddSilence)) == 1
    assert states(talk.all)[-1] == "thinking"
    assert len(creates(talk(SpeechStopped("m1"), InputCommitted("m1"), after=0.1))) == 1
    assert of(talk.ticks(5), ShowError, CommitInput) == []


def test_its_ends_within_a_press_are_answered_once_when_the_button_is_let_go(talk):
    talk(ButtonHeld(True))
    out = talk(SpeechStarted("m1"), SpeechStopped("m1"), InputCommitted("m1"), after=0.5)
    out += talk(InputTranscript("m1", "I had eggs"), SpeechStarted("m2"), after=0.5)
    assert creates(out) == []
    assert turns(out) == [("member", "I had eggs", False)]
    assert creates(talk(ButtonHeld(False, 2000))) == []
    out = talk(InputCommitted("m2"), InputTranscript("m2", "and toast"), after=0.2)
    assert len(creates(out)) == 1
    assert turns(out) == [("member", "and toast", False)]


def test_what_it_has_ended_before_the_button_is_let_go_is_answered_at_once(talk):
    talk(ButtonHeld(True))
    talk(SpeechStarted("m1"), InputCommitted("m1"), after=0.5)
    assert len(creates(talk(ButtonHeld(False, 1500)))) == 1
    assert of(talk.ticks(5), ShowError) == []


def test_a_commit_that_finds_nothing_left_is_no_short_press(talk):
    """One that does not tell of beginnings."""
    talk(ButtonHeld(True))
    talk(InputCommitted("m1"), after=0.5)
    [commit] = of(talk(ButtonHeld(False, 1500)), CommitInput)
    out = talk(EngineFault("input_audio_buffer_commit_empty", "no", commit.event_id))
    assert of(out, ShowError) == []
    assert len(creates(out)) == 1


def test_a_beginning_that_is_told_late_ends_by_silence_when_the_commit_brings_nothing(talk):
    assert len(of(press(talk), CommitInput)) == 1
    talk(SpeechStarted("m1"), EngineFault("not_implemented", "commit with detection on"))
    out = talk.ticks(limits.COMMIT_S + 0.5)
    assert (len(of(out, AddSilence)), of(out, ShowError)) == (1, [])
    assert len(creates(talk(InputCommitted("m1")))) == 1


def test_one_that_does_not_end_what_it_began_is_asked_to_and_then_the_member_is_told(talk):
    talk(ButtonHeld(True), SpeechStarted("m1"), ButtonHeld(False, 900))
    out = talk.ticks(limits.COMMIT_S + 0.5)
    assert (len(of(out, CommitInput)), of(out, ShowError)) == (1, [])
    out = talk.ticks(limits.COMMIT_S + 0.5)
    assert (of(out, CommitInput), notices(out)) == ([], ["not_heard"])


def test_the_next_press_begins_anew(talk):
    talk(ButtonHeld(True), SpeechStarted("m1"), ButtonHeld(False, 900), InputCommitted("m1"))
    assert len(of(press(talk), CommitInput)) == 1
