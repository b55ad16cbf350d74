"""The short way of sound and of reports does what `handle` does, whatever came before."""

from collections import deque

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.voice.conversation import Conversation
from coach.voice.effects import ShowState
from coach.voice.engine_events import (
    EngineLost,
    EngineReady,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.inputs import FloorChanged, Interrupt, PlaybackProgress, ScreeningDone
from tests.support.conversation_events import anything

FRAME = bytes(range(240)) * 8  # 40 ms
SPEAKS = (EngineReady(), ResponseCreated("r1"), SpokenAudio("r1", "c1", FRAME))

sound = st.builds(
    SpokenAudio,
    st.sampled_from(["r1"] * 9 + ["r2"]),
    st.sampled_from(["c1"] * 9 + ["c2"]),
    st.sampled_from([FRAME, FRAME[:960], FRAME * 60, b"", b"\0"]),
    st.sampled_from([0] * 9 + [1]),
)
reports = st.builds(
    PlaybackProgress,
    st.sampled_from([1, 1, 1, 2]),
    st.sampled_from([0, 0, 1]),
    st.sampled_from([0, 40, 80, 400, 5000]),
)
turns = st.sampled_from(
    [
        ItemDone("r1", "c1"),
        ResponseDone("r1", "completed"),
        Interrupt(),
        ScreeningDone("m1", "member", final=True, hold=True),
        FloorChanged("expert", 2),
        EngineLost(),
        EngineReady(),
        SpokenDelta("r1", "c2", "Hello."),
        SpokenAudio("r1", "c1", FRAME * 110),
    ]
)
# Mostly what is usual; `one_of` would choose among all kinds of `anything`.
events = st.sampled_from([sound] * 8 + [reports] * 4 + [turns, anything]).flatmap(lambda kind: kind)
pauses = st.sampled_from([0.0, 0.0, 0.25, 4.0, 15.0])
scripts = st.lists(st.tuples(events, pauses), min_size=12, max_size=25)


def short(conversation, event, at):
    """The effects, if this event has a short way."""
    if isinstance(event, PlaybackProgress):
        return [] if conversation.note_played(event, at) else None
    if isinstance(event, SpokenAudio):
        play = conversation.pass_on(event, at)
        return None if play is None else [play]
    return None


def everything(thing, seen=None):
    """All that is in an object, as something that can be compared."""
    seen = set() if seen is None else seen
    if isinstance(thing, dict):
        return [(key, everything(value, seen)) for key, value in thing.items()]
    if isinstance(thing, list | tuple | deque):
        return [everything(value, seen) for value in thing]
    if isinstance(thing, msgspec.Struct):
        return everything(msgspec.structs.asdict(thing), seen)
    if callable(thing):
        return None
    if not hasattr(thing, "__dict__"):
        return thing
    if id(thing) in seen:
        return type(thing)
    seen.add(id(thing))
    return everything({k: v for k, v in vars(thing).items() if k != "effects"}, seen)


def state_of(conversation):
    parts = {k: v for k, v in vars(conversation._parts).items() if k != "table"}
    return everything([conversation._state, *parts.values()])


@settings(deadline=None, max_examples=60)
@given(scripts)
def test_both_ways_have_the_same_effects_and_leave_the_same_state(script):
    general, other = Conversation(greeting="Hello."), Conversation(greeting="Hello.")
    at = 100.0
    for event, pause in [*((event, 0.0) for event in SPEAKS), *script]:
        at += pause
        before = state_of(other) if isinstance(event, SpokenAudio | PlaybackProgress) else None
        effects = short(other, event, at)
        if effects is None:
            assert before is None or state_of(other) == before
            effects = other.handle(event, at)
        assert effects == general.handle(event, at)
    assert state_of(other) == state_of(general)


def test_what_is_usual_goes_the_short_way():
    conversation, at = Conversation(greeting="Hello."), 100.0
    for event in SPEAKS:
        conversation.handle(event, at)
    for number in range(1, 500):
        at += 0.04
        play = conversation.pass_on(SpokenAudio("r1", "c1", FRAME), at)
        assert play is not None
        assert play.pcm == FRAME
        assert conversation.note_played(PlaybackProgress(1, 0, 40 * number), at)
    assert conversation.pass_on(SpokenAudio("r2", "c9", FRAME), at) is None


def test_the_page_hears_first_that_the_coach_speaks_again():
    conversation = Conversation(greeting="Hello.")
    for event in (*SPEAKS, SpokenDelta("r1", "c2", "And you?"), PlaybackProgress(1, 0, 40)):
        conversation.handle(event, 100.0)
    conversation.handle(ItemDone("r1", "c1"), 100.0)
    assert conversation.page_state == "thinking"
    audio = SpokenAudio("r1", "c2", FRAME)
    assert conversation.pass_on(audio, 100.0) is None
    assert ShowState("speaking") in conversation.handle(audio, 100.0)
    assert conversation.pass_on(audio, 100.0) is not None
