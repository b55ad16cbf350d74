"""Which audio another engine has to hear again."""

import pytest

from coach.voice import limits
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unheard_audio import UnheardAudio

PREROLL = limits.MIC_PREROLL_S


@pytest.fixture
def state():
    state = ConversationState(epoch=1, floor="coach", greeting="", silence_ms=500)
    state.at = 100.0
    return state


@pytest.fixture
def unheard(state):
    return UnheardAudio(state)


def test_in_silence_only_the_preroll_is_replayed(unheard):
    assert unheard.since(None) == 100.0 - PREROLL


def test_an_utterance_is_replayed_from_before_its_beginning(state, unheard):
    assert unheard.since(95.0) == 95.0 - PREROLL
    unheard.add("m1", 90.0)
    state.at = 110.0
    assert unheard.since(None) == 90.0 - PREROLL


def test_audio_in_words_is_not_replayed(state, unheard):
    unheard.add("m1", 90.0)
    unheard.settle("m1")
    state.at = 100.5
    assert unheard.since(None) == 100.0  # the commit; the preroll would reach before it


def test_audio_that_was_answered_without_words_is_not_replayed(state, unheard):
    unheard.add("m1", 90.0)
    state.answered_until = 100.0
    state.at = 110.0
    assert unheard.since(None) == 110.0 - PREROLL


def test_the_earliest_utterance_without_words_counts(state, unheard):
    unheard.add("m1", 80.0)
    unheard.add("m2", 90.0)
    unheard.settle("m2")
    assert unheard.since(None) == 100.0  # of m1 nothing is known to be missing before m2's end
    unheard.settle("nobody")
    assert unheard.since(99.0) == 100.0


def test_a_lost_engine_leaves_its_utterance_to_the_next_commit(state, unheard):
    unheard.on_engine_lost(95.0)
    assert unheard.replay_pending
    state.at = 120.0
    assert unheard.since(None) == 95.0 - PREROLL
    unheard.add("m1", 119.0)
    assert not unheard.replay_pending
    assert unheard.since(None) == 95.0 - PREROLL


def test_an_engine_lost_in_silence_leaves_nothing_to_replay(state, unheard):
    unheard.on_engine_lost(None)
    assert not unheard.replay_pending


def test_a_replay_that_brought_nothing_is_forgotten(state, unheard):
    unheard.on_engine_lost(95.0)
    state.at = 120.0
    unheard.tell_lost()
    assert not state.questions
    assert unheard.since(None) == 120.0


def test_words_that_engine_after_engine_is_lost_over_are_told_and_left(state, unheard):
    for _ in range(limits.ENGINES_PER_ANSWER - 1):
        assert unheard.on_engine_lost(95.0)
        assert (unheard.replay_pending, state.effects) == (True, [])
        state.at += 5
    unheard.on_engine_lost(None)
    assert [effect.notice for effect in state.effects] == ["speech_lost"]
    assert not unheard.replay_pending
    assert unheard.since(None) == state.at
    unheard.on_engine_lost(None)
    assert len(state.effects) == 1


def test_nothing_before_the_press_of_a_button_is_replayed(state, unheard):
    state.push_to_talk = True
    assert unheard.since(95.0) == 95.0
    assert unheard.since(None) == 100.0
