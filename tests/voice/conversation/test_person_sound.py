"""An expert's voice in a talk: it is played under one epoch, and the coach does nothing."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.effects import ClearPlayback, Play, RecordTurn, RunTool
from coach.voice.engine_commands import CreateResponse
from coach.voice.engine_events import (
    EngineReady,
    InputCommitted,
    InputTranscript,
    SpeechStarted,
    SpeechStopped,
    ToolCalled,
)
from coach.voice.inputs import FloorChanged, Interrupt, PersonSound, TalkEnded, Tick
from tests.support.conversation_driver import creates, of

PCM = bytes(960)
FLOORS = ("coach", "coach_waiting", "guided", "expert", "safety_hold")


def plays(effects):
    return [(play.generation, play.index, play.live) for play in of(effects, Play)]


def test_the_experts_sound_is_played_at_once_and_a_hand_back_clears_it(talk):
    talk(FloorChanged("expert", 2, "Asha", voice=True))
    generation = talk.conversation.generation
    assert plays(talk(PersonSound(2, PCM))) == [(generation, limits.LIVE_INDEX, True)]
    out = talk(FloorChanged("coach", 3))
    assert of(out, ClearPlayback) == [ClearPlayback(generation + 1)]
    assert talk(PersonSound(2, PCM)) == []


def test_a_floor_that_moves_without_a_voice_clears_nothing(talk):
    talk(FloorChanged("expert", 2, "Asha"))
    assert of(talk(FloorChanged("coach", 3)), ClearPlayback) == []


def test_the_member_speaks_with_the_expert_and_the_engine_only_transcribes(talk):
    talk(FloorChanged("expert", 2, "Asha", voice=True), PersonSound(2, PCM))
    out = talk(SpeechStarted("m1", 0), PersonSound(2, PCM), SpeechStopped("m1"))
    assert plays(out)  # who speaks over a person does not silence them
    out += talk(InputCommitted("m1"), InputTranscript("m1", "I had two eggs"), Interrupt())
    out += talk(ToolCalled("resp9", "call1", "log_meal", "{}"))
    out += talk.ticks(20)
    assert creates(out) == []
    assert of(out, RunTool, ClearPlayback) == []
    assert [turn.text for turn in of(out, RecordTurn)] == ["I had two eggs"]


events = st.one_of(
    st.builds(PersonSound, epoch=st.integers(0, 6), pcm=st.just(PCM)),
    st.builds(FloorChanged, floor=st.sampled_from(FLOORS), epoch=st.integers(0, 6)),
    st.sampled_from(
        [
            Tick(),
            Interrupt(),
            EngineReady(),
            SpeechStarted("m1", 0),
            InputCommitted("m1"),
            InputTranscript("m1", "Hello"),
            TalkEnded(),
        ]
    ),
)


@given(st.lists(events, max_size=25))
def test_sound_is_only_heard_under_the_epoch_of_the_expert_who_has_the_floor(course):
    conversation, at, generation = Conversation(), 0.0, 1
    for event in course:
        at += 0.1
        before = conversation.generation
        effects = conversation.handle(event, at)
        for effect in effects:
            if isinstance(effect, ClearPlayback):
                generation = effect.generation
            if isinstance(effect, Play) and effect.live:
                assert isinstance(event, PersonSound)
                assert (conversation.floor, conversation.epoch) == ("expert", event.epoch)
                assert effect.generation == generation == before
            if isinstance(effect, CreateResponse):
                assert conversation.floor != "expert"


@given(st.integers(0, 5))
def test_what_was_sent_is_void_once_the_floor_has_moved(frames):
    conversation = Conversation()
    conversation.handle(FloorChanged("expert", 2), 0.0)
    for _ in range(frames):
        conversation.handle(PersonSound(2, PCM), 0.1)
    sent_under = conversation.generation
    conversation.handle(FloorChanged("coach_waiting", 3), 0.2)
    assert conversation.generation == sent_under + (frames > 0)
