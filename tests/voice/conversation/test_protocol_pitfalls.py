"""What has broken other relays, rule by rule, without a loop."""

import pytest

from coach.voice import limits
from coach.voice.effects import ClearPlayback, Play, RunTool, ShowError
from coach.voice.engine_commands import AddMessage, CancelResponse, DeleteItem, ToolOutput, Truncate
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import Interrupt, ToolFinished
from tests.support.conversation_driver import MS, creates, of, played_ms, states, turns


@pytest.fixture
def thinking(asked):
    asked.starts_response()
    return asked


def call(number, arguments="{}", response="resp1"):
    return ToolCalled(response, f"call{number}", "log_meal", arguments)


# --- one response at a time ----------------------------------------------------------------------


def test_a_create_refused_for_a_response_not_ours_is_repeated_once_after_its_end(asked):
    [create] = creates(asked.all)
    asked(EngineFault("conversation_already_has_active_response", "no", create.event_id))
    assert creates(asked.ticks(3)) == []
    [again] = creates(asked(ResponseDone("theirs", "completed")))
    out = asked(EngineFault("conversation_already_has_active_response", "no", again.event_id))
    assert of(out, ShowError) == [ShowError("failed")]
    assert creates(asked.ticks(25)) == []


def test_a_response_that_was_announced_twice_is_one(thinking):
    assert thinking(ResponseCreated("resp1")) == []
    assert played_ms(thinking.speaks("resp1", "c1", "Hello", 300)) == 300
    assert thinking(ResponseCreated("resp1"), ResponseDone("resp1", "completed")) == []
    thinking.heard(300)
    assert states(thinking.all)[-1] == "listening"


def test_a_response_that_ends_without_having_begun_is_ours(asked):
    out = asked(ResponseDone("r9", "failed", code="insufficient_quota"))
    assert of(out, ShowError) == [ShowError("insufficient_quota")]
    assert len(creates(asked.says("m2"))) == 1


def test_the_end_of_a_response_that_was_given_up_is_not_that_of_the_next(asked):
    asked.ticks(limits.RESPONSE_CREATED_S + 2)
    [first, _] = creates(asked.all)
    assert asked(ResponseDone("late", "cancelled", tag=first.event_id)) == []
    assert asked.conversation.page_state == "thinking"


def test_a_response_that_speaks_without_having_begun_is_ours(asked):
    out = asked(SpokenDelta("r9", "c1", "Hello"), SpokenAudio("r9", "c1", bytes(300 * MS)))
    assert played_ms(out) == 300


def test_a_create_that_nothing_comes_of_is_repeated_whatever_was_said_before(asked):
    asked.answers("c1", "Hi.", 300)
    asked.heard(300)
    asked.says("m2")
    asked(InputTranscript("m2", "Go on"))
    out = asked.ticks(limits.RESPONSE_CREATED_S + 2)
    assert len(creates(out)) == 1
    out = asked.ticks(30)
    assert of(out, ShowError) == [ShowError("no_answer")]
    assert creates(out) == []


# --- losses --------------------------------------------------------------------------------------


def test_a_short_loss_is_not_shown(talk):
    talk(EngineLost())
    talk.ticks(limits.RECONNECTING_SHOWN_S - 0.5)
    talk(EngineReady(resumed=True))
    talk.ticks(3)
    assert states(talk.all) == ["listening"]


def test_a_long_loss_is_shown_from_the_second_second_on(talk):
    talk(EngineLost())
    talk.ticks(limits.RECONNECTING_SHOWN_S - 0.25)
    assert states(talk.all) == ["listening"]
    talk.ticks(0.5)
    assert states(talk.all) == ["listening", "reconnecting"]
    talk(EngineLost())
    assert states(talk.all) == ["listening", "reconnecting"]


def test_results_that_no_answer_was_made_of_are_told_to_the_next_engine(thinking):
    thinking(call(1), ResponseDone("resp1", "completed", calls=(call(1),)))
    thinking(ToolFinished("call1", '{"kcal": 150}'))
    thinking.starts_response()
    thinking(EngineLost())
    out = thinking(EngineReady(resumed=True))
    [told] = of(out, AddMessage)
    assert told.role == "system"
    assert "150" in told.text
    assert out.index(told) < out.index(creates(out)[0])


def test_results_that_were_spoken_of_are_not_told_again(thinking):
    thinking(call(1), ResponseDone("resp1", "completed", calls=(call(1),)))
    thinking(ToolFinished("call1", "{}"))
    thinking.answers("c1", "Logged.", 500)
    thinking.heard(500)
    assert of(thinking(EngineLost(), EngineReady(resumed=True)), AddMessage) == []


def test_a_result_of_the_old_engine_has_no_call_id_on_the_new_one(thinking):
    thinking(call(1), ResponseDone("resp1", "completed", calls=(call(1),)))
    thinking(EngineLost())
    assert of(thinking(ToolFinished("call1", '{"kcal": 150}')), ToolOutput, AddMessage) == []
    out = thinking(EngineReady(resumed=True))
    assert [("150" in m.text) for m in of(out, AddMessage)] == [True]
    assert of(out, ToolOutput) == []


def test_a_call_of_the_new_engine_may_have_the_id_of_one_of_the_old_one(thinking):
    thinking(call(1), ResponseDone("resp1", "completed", calls=(call(1),)))
    thinking(EngineLost(), EngineReady(resumed=True))
    thinking.starts_response()
    [again] = of(thinking(call(1, '{"said": "more"}')), RunTool)
    assert again.call_id != "call1"  # the old one still runs
    assert of(thinking(ToolFinished("call1", "the old one's")), ToolOutput) == []
    [output] = of(thinking(ToolFinished(again.call_id, "the new one's")), ToolOutput)
    assert (output.call_id, output.output) == ("call1", "the new one's")


def test_the_new_engine_is_told_what_the_old_one_was_saying_once_it_was_heard(thinking):
    thinking.speaks("resp1", "c1", "One two three", 1000)
    thinking(EngineLost(), EngineReady(resumed=True))
    [told] = of(thinking.heard(1000), AddMessage)
    assert (told.role, told.text) == ("assistant", "One two three")


def test_the_new_engine_is_not_asked_to_cut_items_of_the_old_one(thinking):
    thinking.speaks("resp1", "c1", "One two three", 3000, done=False)
    thinking.heard(1000)
    thinking(EngineLost(), EngineReady(resumed=True))
    out = thinking(Interrupt())
    assert of(out, ClearPlayback)
    assert of(out, Truncate, DeleteItem) == []


def test_items_of_the_new_engine_may_have_the_ids_of_the_old_one(thinking):
    thinking.speaks("resp1", "c1", "One", 300)
    thinking.heard(300)
    thinking(EngineLost(), EngineReady(resumed=True))
    thinking.says("m1")
    thinking(InputTranscript("m1", "And toast"), ResponseCreated("resp1"))
    assert played_ms(thinking.speaks("resp1", "c1", "Two", 300)) == 300


# --- what was heard ------------------------------------------------------------------------------


@pytest.mark.parametrize(("heard", "cut"), [(700, 700), (5000, 1000)])
def test_no_more_is_kept_than_was_heard_and_received(thinking, heard, cut):
    thinking.speaks("resp1", "c1", "One two three four", 1000, done=False)
    thinking.heard(heard)
    [truncate] = of(thinking(Interrupt()), Truncate)
    assert (truncate.item_id, truncate.audio_end_ms) == ("c1", cut)


def test_what_was_not_heard_at_all_is_deleted(thinking):
    thinking.speaks("resp1", "c1", "One two", 1000, done=False)
    out = thinking(Interrupt())
    assert of(out, Truncate) == []
    assert [d.item_id for d in of(out, DeleteItem)] == ["c1"]


def test_an_older_item_that_was_heard_to_its_end_is_left_alone(thinking):
    thinking.speaks("resp1", "c1", "One", 500)
    thinking.heard(500)
    thinking.says("m2")
    thinking(InputTranscript("m2", "Go on"))
    thinking.starts_response()
    out = thinking(Interrupt())
    assert of(out, CancelResponse)
    assert of(out, Truncate, DeleteItem) == []


def test_a_preamble_and_an_answer_in_one_response_are_cut_each_for_itself(thinking):
    thinking.speaks("resp1", "pre", "Let me see.", 800, done=False)
    thinking(SpokenText("resp1", "pre", "Let me see."), ItemDone("resp1", "pre"))
    thinking.speaks("resp1", "ans", "You had eggs and toast", 2000, done=False)
    thinking.heard(800, index=0)
    thinking.heard(500, index=1)
    out = thinking(Interrupt())
    assert [(t.item_id, t.audio_end_ms) for t in of(out, Truncate)] == [("ans", 500)]
    assert [t[1] for t in turns(thinking.all)][:2] == ["I had eggs", "Let me see."]


def test_parts_of_one_item_are_cut_each_for_itself(thinking):
    for part, ms in ((0, 800), (1, 2000)):
        thinking(SpokenDelta("resp1", "c1", f"Part {part} has words", True, part))
        thinking(SpokenAudio("resp1", "c1", bytes(ms * MS), part))
    assert [p.index for p in of(thinking.all, Play)] == [0, 1]
    thinking.heard(800, index=0)
    thinking.heard(600, index=1)
    cuts = [
        (t.item_id, t.content_index, t.audio_end_ms) for t in of(thinking(Interrupt()), Truncate)
    ]
    assert cuts == [("c1", 0, 800), ("c1", 1, 600)]


def test_an_item_of_which_one_part_was_heard_is_not_deleted(thinking):
    for part in (0, 1):
        thinking(SpokenAudio("resp1", "c1", bytes(500 * MS), part))
    thinking.heard(400, index=0)
    out = thinking(Interrupt())
    assert of(out, DeleteItem) == []
    assert [(t.content_index, t.audio_end_ms) for t in of(out, Truncate)] == [(0, 400), (1, 0)]


def test_an_item_of_which_no_part_was_heard_is_deleted_once(thinking):
    for part in (0, 1):
        thinking(SpokenAudio("resp1", "c1", bytes(500 * MS), part))
    assert len(of(thinking(Interrupt()), DeleteItem)) == 1


def test_deltas_cut_in_the_middle_of_a_sample_are_joined(thinking):
    sound = bytes(range(256)) * 10
    out = thinking(SpokenAudio("resp1", "c1", sound[:999]), SpokenAudio("resp1", "c1", sound[999:]))
    assert all(len(p.pcm) % 2 == 0 for p in of(out, Play))
    assert b"".join(p.pcm for p in of(out, Play)) == sound


# --- stale sound ---------------------------------------------------------------------------------


def test_a_cancel_before_the_response_began_is_repeated_by_its_id(asked):
    [first] = of(asked(Interrupt()), CancelResponse)
    assert first.response_id == ""
    out = asked(ResponseCreated("resp1"))
    assert [c.response_id for c in of(out, CancelResponse)] == ["resp1"]
    assert asked(SpokenAudio("resp1", "c1", bytes(480))) == []


def test_what_still_comes_of_a_cancelled_response_is_dropped(thinking):
    thinking.speaks("resp1", "c1", "One two", 1000, done=False)
    thinking(Interrupt())
    late = (SpokenAudio("resp1", "c1", bytes(480)), SpokenDelta("resp1", "c2", "three"))
    assert thinking(*late) == []


def test_every_frame_carries_the_generation_after_the_last_clear(thinking):
    thinking.speaks("resp1", "c1", "One two", 1000, done=False)
    [clear] = of(thinking(Interrupt(), ResponseDone("resp1", "cancelled")), ClearPlayback)
    thinking.says("m2")
    thinking(InputTranscript("m2", "Go on"))
    thinking.answers("c2", "Yes.", 300)
    assert [p.generation for p in of(thinking.all, Play)] == [
        clear.generation - 1,
        clear.generation,
    ]


def test_reports_of_an_older_generation_are_not_believed(thinking):
    from coach.voice.inputs import PlaybackProgress

    thinking.speaks("resp1", "c1", "One two", 1000, done=False)
    thinking(PlaybackProgress(0, 0, 900))
    assert of(thinking(Interrupt()), Truncate) == []


def test_an_answer_is_none_to_what_was_asked_after_it_began(asked):
    response = asked.starts_response()
    asked(SpeechStarted("m2"), InputCommitted("m2"), InputFailed("m2", "no"), after=1)
    asked.speaks(response, "c1", "Two eggs are in.", 300)
    asked.heard(300)
    assert "m2" in asked.conversation._state.questions
    assert "m1" not in asked.conversation._state.questions
