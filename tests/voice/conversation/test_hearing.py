"""Speech of which nothing comes is told, once and in its place."""

import pytest

from coach.voice import limits
from coach.voice.effects import DropCaption, ShowCaption
from coach.voice.engine_events import (
    EngineLost,
    EngineReady,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
)
from coach.voice.inputs import ButtonHeld, MemberVoice, TalkMode, Tick
from tests.support.conversation_driver import MS, Driver, creates, notices, of, turns

AWAY_S = limits.MIC_REPLAY_BYTES / MS / 1000


def sounds(talk, seconds):
    """The microphone is loud for so long, in samples of 200 ms."""
    out = []
    for _ in range(int(seconds / 0.2)):
        out += talk(MemberVoice(200), Tick(), after=0.2)
    return out


def lose(talk):
    talk(EngineLost())


# --- heard, and then nothing ---------------------------------------------------------------------


def test_speech_that_never_stops_is_told_once_it_is_quiet(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 30)
    assert notices(talk.ticks(limits.SPEECH_UNENDED_S - 0.5)) == []
    assert notices(talk.ticks(1)) == ["not_heard"]
    assert notices(talk.ticks(120)) == []
    assert talk.conversation.page_state == "listening"


def test_who_speaks_without_a_pause_is_told_at_the_limit(talk):
    talk(SpeechStarted("m1"))
    out = sounds(talk, limits.MEMBER_SPEECH_MAX_S + 1)
    assert notices(out) == ["not_heard"]


def test_speech_that_is_put_into_words_meanwhile_goes_on(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 30)
    for _ in range(6):
        assert notices(talk(InputDelta("m1", "and ")) + talk.ticks(5)) == []


def test_a_stop_that_no_commit_follows_is_told(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 30, SpeechStopped("m1"))
    assert notices(talk.ticks(limits.COMMIT_S + 0.5)) == ["not_heard"]


# --- never heard ---------------------------------------------------------------------------------


def test_sound_in_which_no_speech_is_found_is_told_within_ten_seconds(talk):
    assert notices(sounds(talk, 10)) == ["no_words"]


def test_noise_is_told_once_on_each_connection(talk):
    assert notices(sounds(talk, 120)) == ["no_words"]
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "Hi.", 300)
    talk.heard(300)
    assert notices(sounds(talk, 20)) == []  # which hears speech where there is some
    talk(EngineLost(), EngineReady(True))
    assert notices(sounds(talk, 20)) == ["no_words"]


def test_clicks_are_no_speech(talk):
    for _ in range(30):
        assert notices(talk(MemberVoice(200)) + talk.ticks(4)) == []


def test_what_is_loud_while_the_coach_speaks_may_be_its_echo(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    response = talk.starts_response()
    talk(SpokenAudio(response, "c1", bytes(60_000 * MS)))
    assert notices(sounds(talk, 12)) == []


def test_sound_beside_the_button_concerns_nobody(talk):
    talk(TalkMode(True))
    assert notices(sounds(talk, 12)) == []


# --- nobody there --------------------------------------------------------------------------------


@pytest.mark.parametrize("ready", [False, True])
def test_what_is_said_into_a_long_absence_is_told_once(ready):
    talk = Driver(ready=ready)
    lose(talk)
    out = sounds(talk, 2) + talk.ticks(AWAY_S + 60)
    assert notices(out) == ["speech_lost"]
    assert notices(talk(EngineReady(True), SoundReplayed()) + talk.ticks(20)) == []


def test_what_is_said_into_a_short_absence_is_heard_by_the_next_engine(talk):
    lose(talk)
    out = sounds(talk, 2) + talk(EngineReady(True), SoundReplayed()) + talk.ticks(30)
    assert notices(out) == []


def test_a_click_in_an_absence_is_no_speech(talk):
    lose(talk)
    assert notices(talk(MemberVoice(200)) + talk.ticks(AWAY_S + 5)) == []


def test_an_utterance_that_went_with_the_engine_is_told_when_none_follows_in_time(talk):
    talk.says("m1")
    lose(talk)
    assert notices(talk.ticks(AWAY_S + 5)) == ["speech_lost"]


def test_an_utterance_that_the_next_engine_does_not_find_is_told(talk):
    talk.says("m1")
    talk(EngineLost(), EngineReady(True), SoundReplayed())
    out = talk.ticks(limits.RESPONSE_CREATED_S * 3)
    assert notices(out) == ["speech_lost"]
    assert creates(out) == []  # what the engine does not know it cannot answer


def test_what_was_asked_before_it_is_answered_all_the_same(asked):
    asked.says("m2")
    asked(EngineLost(), EngineReady(True), SoundReplayed())
    out = asked.ticks(limits.RESPONSE_CREATED_S + 1)
    assert notices(out) == ["speech_lost"]
    assert len(creates(out)) == 1


def test_speech_that_a_long_absence_cost_is_told_once_and_not_answered(asked):
    asked.answers("c1", "A banana is in.", 300)
    asked.heard(300)
    asked.says("m2")
    lose(asked)
    out = asked.ticks(AWAY_S + 5)
    out += asked(EngineReady(True), SoundReplayed()) + asked.ticks(60)
    assert notices(out) == ["speech_lost"]
    assert creates(out) == []


def test_engines_that_are_lost_one_after_the_other_cost_one_notice(talk):
    talk.says("m1")
    for _ in range(20):
        lose(talk)
        talk.ticks(1)
        talk(EngineReady(True), SoundReplayed())
        talk.ticks(2)
    talk.ticks(60)
    assert notices(talk.all) == ["speech_lost"]


def test_what_is_loud_while_the_coach_plays_on_into_an_absence_may_be_its_echo(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three", 20_000)
    lose(talk)
    sounds(talk, 3)
    assert notices(talk.ticks(AWAY_S + 5)) == []


# --- no words ------------------------------------------------------------------------------------


def test_words_that_cannot_be_written_down_are_told_in_their_place(talk):
    talk.says("m1")
    talk.answers("c1", "Hi.", 300)
    talk.heard(300)
    out = talk(InputFailed("m1", "server_error"))
    assert of(out, DropCaption) == [DropCaption("m1")]
    assert notices(out) == ["unwritten"]
    assert turns(out) == [("coach", "Hi.", False)]


def test_words_that_never_come_are_told_within_ten_seconds(talk):
    talk.says("m1")
    assert notices(talk.ticks(10)) == ["unwritten"]


def test_words_that_were_answered_and_went_with_the_engine_are_told(talk):
    talk.says("m1")
    response = talk.starts_response()
    talk.speaks(response, "c1", "One two", 500)
    assert notices(talk(EngineLost())) == ["unwritten"]


def test_words_that_the_next_engine_hears_again_are_not_told(talk):
    talk.says("m1")
    out = talk(EngineLost(), EngineReady(True), SoundReplayed())
    out += talk(SpeechStarted("n1"), SpeechStopped("n1"), InputCommitted("n1"))
    out += talk(InputTranscript("n1", "Hello"))
    assert (notices(out), turns(out)) == ([], [("member", "Hello", False)])


def test_words_that_failed_are_told_once_and_shown_no_more(talk):
    talk.says("m1")
    out = talk(InputFailed("m1", "no"), InputFailed("m1", "no"), InputDelta("m1", "I had "))
    assert (notices(out), of(out, ShowCaption)) == (["unwritten"], [])
    assert turns(talk(InputTranscript("m1", "I had eggs"))) == [("member", "I had eggs", False)]


@pytest.mark.parametrize("push", [False, True])
def test_the_caption_of_what_is_given_up_goes(talk, push):
    if push:
        talk(TalkMode(True), ButtonHeld(True), InputDelta("m1", "I had "), ButtonHeld(False, 900))
    else:
        talk(SpeechStarted("m1"), *[MemberVoice(20)] * 30, InputDelta("m1", "I had "))
    out = talk.ticks(limits.SPEECH_UNENDED_S + 1)
    assert of(out, DropCaption) == [DropCaption("m1")]
    assert notices(out) == ["not_heard"]


def test_the_caption_of_what_a_lost_engine_was_hearing_goes(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 30, InputDelta("m1", "I had "))
    assert of(talk(EngineLost()), DropCaption) == [DropCaption("m1")]
