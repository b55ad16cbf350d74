"""`Conversation.handle` for any order of events: pure, total, and within a few invariants."""

import copy
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.voice.conversation import Conversation
from coach.voice.effects import ClearPlayback, CountUsage, Play, RecordTurn, ShowFloor
from coach.voice.engine_commands import CreateResponse, ToolOutput
from coach.voice.engine_events import (
    EngineReady,
    InputCommitted,
    ResponseDone,
    SpeechStarted,
    ToolCalled,
)
from coach.voice.inputs import Event, TalkEnded, Tick
from tests.support.conversation_events import anything, pauses

scripts = st.lists(st.tuples(anything, pauses), max_size=40)


def run(conversation, script):
    at, out = 100.0, []
    for event, pause in script:
        at += pause
        out.append(conversation.handle(event, at))
    return out


def flat(steps):
    return [effect for step in steps for effect in step]


def test_every_event_has_a_handler():
    conversation = Conversation()
    for kind in Event.__subclasses__():
        assert kind in conversation._handlers, kind


@settings(deadline=None)
@given(scripts)
def test_the_same_events_have_the_same_effects_and_are_not_changed(script):
    before = copy.deepcopy(script)
    first = run(Conversation(greeting="Hello."), script)
    assert script == before
    assert run(Conversation(greeting="Hello."), script) == first


@settings(deadline=None)
@given(scripts, st.integers(1, 10**6))
def test_only_differences_of_time_matter(script, origin):
    def with_origin(start):
        conversation, at, out = Conversation(), start, []
        for event, pause in script:
            at += pause
            out.append(conversation.handle(event, at))
        return out

    assert with_origin(float(origin)) == with_origin(1000.0)


def test_no_clock_is_read(monkeypatch):
    def forbidden(*args):
        raise AssertionError("a clock was read")

    conversation = Conversation()
    for name in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, name, forbidden)
    for event in (EngineReady(), SpeechStarted("m1"), InputCommitted("m1"), Tick(), TalkEnded()):
        conversation.handle(event, 1.0)


@settings(deadline=None)
@given(scripts)
def test_audio_carries_the_last_generation_and_generations_only_rise(script):
    generation = 1
    for effect in flat(run(Conversation(), script)):
        if isinstance(effect, ClearPlayback):
            assert effect.generation > generation
            generation = effect.generation
        if isinstance(effect, Play):
            assert effect.generation == generation
            assert len(effect.pcm) % 2 == 0


@settings(deadline=None)
@given(scripts)
def test_nothing_of_the_coach_is_played_while_an_expert_has_the_floor(script):
    floor = "coach"
    for effect in flat(run(Conversation(), script)):
        if isinstance(effect, ShowFloor):
            floor = effect.floor
        assert not (floor == "expert" and isinstance(effect, Play | CreateResponse))


@settings(deadline=None)
@given(scripts)
def test_no_response_is_requested_after_the_end(script):
    ended = False
    for event, effects in zip((e for e, _ in script), run(Conversation(), script), strict=True):
        ended = ended or isinstance(event, TalkEnded)
        assert not (ended and any(isinstance(effect, CreateResponse) for effect in effects))


@settings(deadline=None)
@given(scripts)
def test_usage_is_counted_once_and_a_typed_text_written_once(script):
    out = flat(run(Conversation(), script))
    counted = [(e.kind, e.ref) for e in out if isinstance(e, CountUsage)]
    assert len(counted) == len(set(counted))
    typed = [e.client_id for e in out if isinstance(e, RecordTurn) and e.client_id]
    assert len(typed) == len(set(typed))


@settings(deadline=None)
@given(scripts)
def test_a_call_has_no_more_outputs_than_it_was_made(script):
    out = flat(run(Conversation(), script))
    outputs = [e.call_id for e in out if isinstance(e, ToolOutput)]
    made = [e for e, _ in script if isinstance(e, ToolCalled)]
    made += [call for e, _ in script if isinstance(e, ResponseDone) for call in e.calls]
    for call_id in ("call1", "call2"):
        assert outputs.count(call_id) <= sum(call.call_id == call_id for call in made)


@settings(deadline=None)
@given(scripts)
def test_the_properties_can_be_read_at_any_moment(script):
    conversation, at = Conversation(), 100.0
    for event, pause in script:
        at += pause
        conversation.handle(event, at)
        assert conversation.unheard_since <= at
        assert conversation.generation >= 1
        assert conversation.idle in (True, False)
        assert conversation.speech_in_progress in (True, False)


@pytest.mark.parametrize("kind", ["coach", "guided"])
def test_a_conversation_begins_with_the_floor_of_its_session(kind):
    conversation = Conversation(floor=kind, epoch=7)
    assert (conversation.floor, conversation.epoch) == (kind, 7)
