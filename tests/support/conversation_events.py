"""Events of a conversation, in any order: more than any engine or page would send."""

from hypothesis import strategies as st

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
anything = st.one_of(of_engine, of_page, of_host)
