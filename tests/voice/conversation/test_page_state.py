"""One word for all that is under way, and which of two wins."""

import pytest

from coach.voice import limits
from coach.voice.engine_events import (
    EngineDialled,
    EngineLost,
    EngineReady,
    InputCommitted,
    SpeechStarted,
    SpeechStopped,
    ToolCalled,
)
from coach.voice.inputs import FloorChanged, MemberVoice, TalkEnded, TextTyped, Tick
from tests.support.conversation_driver import Driver, states


def state_of(talk):
    return talk.conversation.page_state


def test_a_talk_begins_connecting_and_listens_when_the_engine_is_there():
    talk = Driver(ready=False)
    assert state_of(talk) == "connecting"
    assert states(talk(EngineReady())) == ["listening"]


def test_a_state_is_shown_once(talk):
    assert states(talk(Tick(), Tick(), Tick())) == []


def test_the_end_of_an_utterance_is_thinking_before_the_engine_has_it(talk):
    talk(SpeechStarted("m1"))
    talk(*[MemberVoice(20)] * 20)
    assert state_of(talk) == "listening"
    assert states(talk(SpeechStopped("m1"))) == ["thinking"]
    assert states(talk(InputCommitted("m1"))) == []


def test_a_short_sound_is_not_worth_thinking(talk):
    talk(SpeechStarted("m1"), MemberVoice(20), SpeechStopped("m1"))
    assert state_of(talk) == "listening"


def test_a_tool_under_way_is_thinking(asked):
    response = asked.starts_response()
    asked(ToolCalled(response, "c1", "log_meal", "{}"))
    assert state_of(asked) == "thinking"


def test_the_coach_speaks_until_the_page_has_played_it_all(asked):
    asked.answers("c1", "Well done.", 1000)
    assert state_of(asked) == "speaking"
    assert states(asked.heard(500)) == []
    assert states(asked.heard(1000)) == ["listening"]


@pytest.mark.parametrize(
    ("floor", "shown"),
    [("expert", "person"), ("safety_hold", "held"), ("guided", "speaking")],
)
def test_a_floor_that_is_not_the_coachs_wins_over_what_the_coach_does(asked, floor, shown):
    asked.answers("c1", "Well done.", 1000, done=False)
    asked(FloorChanged(floor, 2))
    assert state_of(asked) == shown


def test_an_expert_is_shown_also_while_there_is_no_engine(talk):
    talk(FloorChanged("expert", 2, "Asha"), EngineLost())
    talk.ticks(60)
    assert state_of(talk) == "person"


def test_a_hold_is_shown_once_the_engine_is_back(talk):
    talk(FloorChanged("safety_hold", 2), EngineLost())
    talk.ticks(limits.RECONNECTING_SHOWN_S + 1)
    assert state_of(talk) == "reconnecting"
    assert states(talk(EngineReady(resumed=True))) == ["held"]


def test_a_second_loss_does_not_begin_the_wait_anew(talk):
    talk(EngineLost())
    talk.ticks(limits.RECONNECT_LONG_S - 1)
    talk(EngineDialled(), EngineLost())
    talk.ticks(1.5)
    assert state_of(talk) == "unreachable"


def test_what_was_typed_without_an_engine_is_not_thinking_but_connecting():
    talk = Driver(ready=False)
    talk(EngineDialled(), TextTyped("t1", "Hello"))
    assert state_of(talk) == "connecting"
    assert states(talk(EngineReady())) == ["thinking"]


def test_the_end_wins_over_everything(asked):
    asked.answers("c1", "Well done.", 1000)
    assert states(asked(TalkEnded())) == ["ended"]
    asked(FloorChanged("expert", 2))
    assert state_of(asked) == "ended"
