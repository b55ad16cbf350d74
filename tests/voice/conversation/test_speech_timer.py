"""How long the member speaks, pauses, and thinks: by the sound, whatever an engine tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.effects import RecordTurn, SpeechTiming
from coach.voice.engine_events import (
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    SpeechStarted,
    SpeechStopped,
)
from coach.voice.inputs import (
    ButtonHeld,
    FloorChanged,
    MemberVoice,
    MicrophoneMuted,
    TalkMode,
    TextTyped,
)
from tests.support.conversation_driver import Driver, of

FRAME_S = 0.02


@pytest.fixture
def answered(talk):
    """The coach has said something, and all of it was heard."""
    coach_says(talk)
    return talk


def coach_says(talk, index=0, *, heard=1000):
    talk(TextTyped(f"t{index}", "Hello"))
    talk.answers(f"c{index}", "How are you?", 1000)
    talk.heard(heard, index)


def sounds(talk, *spans_ms):
    """Sound and quiet in turns, in frames of 20 ms, as the relay tells of them."""
    quiet_ms = 0
    for number, span_ms in enumerate(spans_ms):
        for _ in range(span_ms // 20):
            talk.at += FRAME_S
            if number % 2:
                quiet_ms += 20
            else:
                talk(MemberVoice(20, quiet_ms))
                quiet_ms = 0


def speaks(talk, item, *spans_ms, after=0.0):
    """One utterance that a detector of voice delimits; returns what was measured of it."""
    talk.at += after
    talk(SpeechStarted(item))
    sounds(talk, *spans_ms)
    talk(SpeechStopped(item), InputCommitted(item), after=0.5)
    return timing(talk, item)


def timing(talk, item):
    (turn,) = of(talk(InputTranscript(item, "Fine, thank you.")), RecordTurn)
    return turn.timing


def test_an_answer_is_timed_from_the_end_of_the_coachs_sound(answered):
    assert speaks(answered, "m1", 800, after=1.4) == SpeechTiming(800, response_ms=1400)


def test_the_sound_before_an_engine_noticed_it_counts(answered):
    answered.at += 1.5
    answered(SpeechStarted("m1", loud_ms=300))
    sounds(answered, 400)
    answered(SpeechStopped("m1"), InputCommitted("m1"), after=0.5)
    assert timing(answered, "m1") == SpeechTiming(700, response_ms=1200)


def test_a_word_that_was_over_when_an_engine_noticed_it_is_timed(answered):
    answered.at += 2.0
    answered(SpeechStarted("m1", loud_ms=700, quiet_ms=400))
    answered(SpeechStopped("m1"), InputCommitted("m1"), after=0.3)
    assert timing(answered, "m1") == SpeechTiming(300, response_ms=1300)


def test_only_long_quiet_times_are_pauses(answered):
    measured = speaks(answered, "m1", 600, 480, 200, 500, 200, 900, 300, after=1)
    assert (measured.pauses, measured.longest_pause_ms) == (2, 900)
    assert measured.spoken_ms == 3180


def test_a_turn_that_the_engine_cut_in_two_has_a_pause_between(answered):
    speaks(answered, "m1", 600, after=1)
    second = speaks(answered, "m2", 400, after=0.7)
    assert second == SpeechTiming(400, 1, 1200)  # 0.5 s until the engine heard the end, and 0.7


def test_the_next_answer_is_timed_from_what_the_coach_said_last(answered):
    speaks(answered, "m1", 600, after=1)
    answered.answers("c1", "Good.", 1000)
    answered.at += 1
    answered.heard(1000, 1)
    assert speaks(answered, "m2", 600, after=0.6).response_ms == 600


def test_a_button_times_the_first_sound_and_not_the_press(answered):
    answered(TalkMode(True))
    answered.at += 1
    answered(ButtonHeld(True))
    assert answered.conversation.speech_in_progress
    sounds(answered, 0, 400, 500)
    answered(ButtonHeld(False, 900), InputCommitted("m1"), after=0.1)
    assert timing(answered, "m1") == SpeechTiming(500, response_ms=1400)


def test_a_press_is_not_timed_by_the_commit_of_the_one_before(answered):
    answered(TalkMode(True), ButtonHeld(True))
    sounds(answered, 500)
    answered(ButtonHeld(False, 500), ButtonHeld(True))
    sounds(answered, 300)
    answered(InputCommitted("m1"))
    assert timing(answered, "m1") is None
    answered(ButtonHeld(False, 300), InputCommitted("m2"))
    assert timing(answered, "m2").spoken_ms == 300


# --- what is not known is not told ----------------------------------------------------------------


def test_who_speaks_over_the_coach_answers_nothing(talk):
    coach_says(talk, heard=400)
    assert speaks(talk, "m1", 600).response_ms is None


def test_a_page_that_reports_nothing_tells_no_end_of_the_coach(talk):
    talk(TextTyped("t0", "Hello"))
    talk.answers("c0", "How are you?", 1000)
    talk.ticks(2 + limits.PLAYBACK_GRACE_S)
    assert speaks(talk, "m1", 600) == SpeechTiming(600)


@pytest.mark.parametrize(
    "event",
    [
        MicrophoneMuted(True),
        TextTyped("t9", "Fine"),
        FloorChanged("expert", 2, "Dr Rao"),
    ],
    ids=["mute", "text", "expert"],
)
def test_what_comes_between_makes_an_answer_unmeasured(answered, event):
    answered(event)
    assert speaks(answered, "m1", 600, after=1).response_ms is None


def test_a_member_who_was_away_has_not_thought_so_long(answered):
    assert speaks(answered, "m1", 600, after=limits.RESPONSE_MAX_S + 1).response_ms is None


def test_endless_noise_is_not_measured(answered):
    answered.at += 1
    answered(SpeechStarted("m1", loud_ms=limits.ONSET_MS))
    sounds(answered, 600)
    answered(SpeechStopped("m1"), InputCommitted("m1"), after=0.5)
    assert timing(answered, "m1") is None


def test_an_end_in_the_middle_of_noise_is_not_measured(answered):
    answered(SpeechStarted("m1"), after=1)
    sounds(answered, 3000)
    answered(SpeechStopped("m1"), InputCommitted("m1"))
    assert timing(answered, "m1") is None


def test_speech_that_no_loud_sound_came_with_is_not_measured(answered):
    answered(SpeechStarted("m1"), SpeechStopped("m1"), InputCommitted("m1"), after=1)
    assert timing(answered, "m1") is None


def test_what_an_engine_hears_again_is_not_measured_and_the_next_is(answered):
    answered(SpeechStarted("m1"), after=1)
    sounds(answered, 600)
    answered(EngineLost(), EngineReady(resumed=True))
    assert speaks(answered, "m2", 600) is None
    assert speaks(answered, "m3", 600) == SpeechTiming(600)


def test_what_was_said_before_there_was_an_engine_is_not_measured(answered):
    answered(EngineLost())
    answered(MemberVoice(200), EngineReady(resumed=True))
    assert speaks(answered, "m2", 600) is None


def test_typed_words_have_no_times(talk):
    (turn, *_) = of(talk(TextTyped("t1", "Hello")), RecordTurn)
    assert (turn.source, turn.timing) == ("text", None)


spans = st.lists(st.integers(1, 80).map(lambda n: 20 * n), min_size=1, max_size=9)


@given(spans, st.integers(0, 500).map(lambda n: n / 10))
def test_the_measure_is_what_was_heard(spans_ms, wait_s):
    from_sound = spans_ms if len(spans_ms) % 2 else spans_ms[:-1] or [100]
    talk = Driver()
    coach_says(talk)
    measured = speaks(talk, "m1", *from_sound, after=wait_s)
    pauses = [ms for ms in from_sound[1::2] if ms >= limits.PAUSE_MS]
    expected = SpeechTiming(sum(from_sound), len(pauses), max(pauses, default=0))
    assert abs(measured.spoken_ms - expected.spoken_ms) <= 1
    assert (measured.pauses, measured.longest_pause_ms) == (len(pauses), max(pauses, default=0))
    assert abs(measured.response_ms - wait_s * 1000) <= 1
