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
    EngineDialled,
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import (
    ButtonHeld,
    Event,
    FloorChanged,
    GuidanceGiven,
    HandedBack,
    HoldReleased,
    Interrupt,
    MemberVoice,
    MicrophoneMuted,
    NoteAdded,
    PersonSaid,
    PictureShown,
    PlaybackProgress,
    ScreeningDone,
    ScriptGiven,
    TalkClosing,
    TalkEnded,
    TalkMode,
    TextTyped,
    Tick,
    ToolFinished,
    UsageCounted,
)

responses = st.sampled_from(["r1", "r2", "r3"])
items = st.sampled_from(["c1", "c2", "m1", "m2"])
texts = st.sampled_from(["", "Hello.", "I had two eggs and a leek for lunch today."])
calls = st.sampled_from(["call1", "call2"])
floors = st.sampled_from(["coach", "coach_waiting", "guided", "expert", "safety_hold"])
statuses = st.sampled_from(["completed", "cancelled", "incomplete", "failed"])
keys = st.sampled_from(["text-t1", "text-t2", "picture-p1", "m1", "c1"])
refs = st.integers(0, 3)
flags = st.booleans()
usage = st.none() | st.just({"total_tokens": 3})
tool_calls = st.builds(ToolCalled, responses, calls, st.just("log_meal"), st.just("{}"), flags)

of_engine = st.one_of(
    st.builds(EngineDialled),
    st.builds(EngineReady, flags),
    st.builds(EngineLost),
    st.builds(SoundReplayed),
    st.builds(SpeechStarted, items, st.integers(0, 300)),
    st.builds(SpeechStopped, items),
    st.builds(InputCommitted, items),
    st.builds(InputDelta, items, texts),
    st.builds(InputTranscript, items, texts, usage),
    st.builds(InputFailed, items, st.just("x")),
    st.builds(ResponseCreated, responses),
    st.builds(SpokenDelta, responses, items, texts),
    st.builds(SpokenText, responses, items, texts),
    st.builds(SpokenAudio, responses, items, st.binary(max_size=9600)),
    st.builds(ItemDone, responses, items, flags),
    tool_calls,
    st.builds(
        ResponseDone,
        responses,
        statuses,
        calls=st.tuples() | st.tuples(tool_calls),
        usage=usage,
    ),
    st.builds(EngineFault, st.sampled_from(["server_error", "invalid_api_key"]), st.just("no")),
)
of_page = st.one_of(
    st.builds(TextTyped, st.sampled_from(["t1", "t2"]), texts),
    st.builds(PlaybackProgress, st.integers(1, 3), st.integers(0, 3), st.integers(0, 5000)),
    st.builds(Interrupt),
    st.builds(MicrophoneMuted, flags),
    st.builds(PictureShown, st.just("p1"), st.just("data:"), texts, texts),
    st.builds(TalkMode, flags),
    st.builds(ButtonHeld, flags, st.integers(0, 500)),
    st.builds(MemberVoice, st.integers(0, 300)),
)
of_host = st.one_of(
    st.builds(FloorChanged, floors, st.integers(1, 6)),
    st.builds(ScreeningDone, keys, st.sampled_from(["member", "coach"]), flags, flags),
    st.builds(HoldReleased),
    st.builds(UsageCounted),
    st.builds(TalkClosing, flags),
    st.builds(HandedBack, st.just("note"), texts, refs),
    st.builds(GuidanceGiven, texts, refs),
    st.builds(ScriptGiven, st.just("Please call 988 now."), refs),
    st.builds(PersonSaid, st.just("Asha"), texts),
    st.builds(NoteAdded, st.just("user"), texts),
    st.builds(ToolFinished, calls, st.just("{}")),
    st.builds(Tick),
    st.builds(TalkEnded),
)
pauses = st.sampled_from([0.0, 0.25, 1.0, 4.0, 15.0])
scripts = st.lists(st.tuples(st.one_of(of_engine, of_page, of_host), pauses), max_size=40)


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
        assert not (conversation.push_to_talk and conversation.speech_in_progress)


@pytest.mark.parametrize("kind", ["coach", "guided"])
def test_a_conversation_begins_with_the_floor_of_its_session(kind):
    conversation = Conversation(floor=kind, epoch=7)
    assert (conversation.floor, conversation.epoch) == (kind, 7)
