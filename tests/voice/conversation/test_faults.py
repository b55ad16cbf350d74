"""Tools, failures, silence, and the engine's coming and going."""

import json

import pytest

from coach.voice import limits
from coach.voice.effects import DropCaption, RecordTurn, RunTool, ShowError
from coach.voice.engine_commands import (
    AddMessage,
    AddSilence,
    CancelResponse,
    CreateResponse,
    ToolOutput,
)
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    ResponseDone,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    ToolCalled,
)
from coach.voice.inputs import Interrupt, MemberVoice, MicrophoneMuted, TalkEnded, ToolFinished
from tests.support.conversation_driver import Driver, creates, notices, of, states, turns


@pytest.fixture
def thinking(talk):
    """A response is under way and has said nothing yet."""
    talk.says("m1")
    talk(InputTranscript("m1", "I had eggs"))
    talk.starts_response()
    return talk


def call(number, *, complete=True):
    return ToolCalled("resp1", f"call{number}", "log_meal", f'{{"number": {number}}}', complete)


# --- tools ----------------------------------------------------------------------------------------


def test_a_call_runs_once_and_is_answered_once(thinking):
    out = thinking(call(1), ResponseDone("resp1", "completed", calls=(call(1),)))
    assert [r.call_id for r in of(out, RunTool)] == ["call1"]
    out = thinking(ToolFinished("call1", '{"say": "Done."}'), ToolFinished("call1", "again"))
    assert [o.output for o in of(out, ToolOutput)] == ['{"say": "Done."}']
    assert len(creates(out)) == 1


def test_one_response_follows_the_last_of_several_calls(thinking):
    thinking(call(1), call(2), ResponseDone("resp1", "completed"))
    assert creates(thinking(ToolFinished("call2", "{}"))) == []
    assert len(creates(thinking(ToolFinished("call1", "{}")))) == 1


def test_a_quick_tool_waits_for_the_end_of_its_response(thinking):
    thinking(call(1))
    assert creates(thinking(ToolFinished("call1", "{}"))) == []
    assert len(creates(thinking(ResponseDone("resp1", "completed", calls=(call(1),))))) == 1


def test_a_call_cut_off_is_answered_and_does_not_run(thinking):
    out = thinking(call(1, complete=False))
    assert of(out, RunTool) == []
    [output] = of(out, ToolOutput)
    assert json.loads(output.output)["error"] == "interrupted"


def test_calls_known_only_from_the_end_of_the_response_are_run(thinking):
    out = thinking(ResponseDone("resp1", "cancelled", calls=(call(7),)))
    assert [r.call_id for r in of(out, RunTool)] == ["call7"]


def test_too_many_calls_at_once_are_refused(thinking):
    out = thinking(*[call(n) for n in range(12)])
    assert len(of(out, RunTool)) == 8
    assert len(of(out, ToolOutput)) == 4


def test_after_a_tap_the_result_is_sent_but_not_spoken_of(thinking):
    thinking(call(1))
    thinking(Interrupt(), ResponseDone("resp1", "cancelled"))
    out = thinking(ToolFinished("call1", "{}"))
    assert of(out, ToolOutput)
    assert creates(out) == []


def test_speech_during_a_tool_is_answered_together_with_its_result(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"))
    assert creates(thinking.says("m2")) == []
    assert len(creates(thinking(ToolFinished("call1", "{}")))) == 1


# --- failures -------------------------------------------------------------------------------------


def test_a_failed_response_is_tried_once_more_after_a_pause(thinking):
    out = thinking(ResponseDone("resp1", "failed", code="inference_rate_limit_exceeded"))
    assert creates(out) == []
    assert of(out, ShowError) == []
    assert len(creates(thinking.ticks(2))) == 1


def test_the_second_failure_is_shown(thinking):
    thinking(ResponseDone("resp1", "failed", code="server_error"))
    thinking.ticks(2)
    response = thinking.starts_response()
    out = thinking(ResponseDone(response, "failed", code="server_error"))
    assert of(out, ShowError) == [ShowError("failed")]
    assert creates(thinking.ticks(20)) == []


def test_a_fatal_failure_is_not_tried_again(thinking):
    out = thinking(ResponseDone("resp1", "failed", code="insufficient_quota"))
    assert of(out, ShowError) == [ShowError("insufficient_quota")]
    assert creates(thinking.ticks(5)) == []


def test_a_silent_response_is_tried_once_more_then_shown(thinking):
    thinking(ResponseDone("resp1", "completed"))
    assert len(creates(thinking.ticks(2))) == 1
    response = thinking.starts_response()
    out = thinking(ResponseDone(response, "completed"))
    assert of(out, ShowError) == [ShowError("silent")]


def test_an_incomplete_response_is_shown_as_such(thinking):
    thinking.speaks("resp1", "c1", "One two", 500, done=False)
    out = thinking(ResponseDone("resp1", "incomplete", "max_output_tokens"))
    assert of(out, ShowError) == [ShowError("incomplete")]


def test_a_create_that_failed_is_tried_once_more(talk):
    [create] = creates(talk.says("m1"))
    talk(EngineFault("server_error", "no", create.event_id))
    assert len(creates(talk.ticks(2))) == 1


def test_a_create_that_was_refused_for_good_is_told_at_once(talk):
    [create] = creates(talk.says("m1"))
    out = talk(EngineFault("invalid_value", "no", create.event_id))
    assert of(out, ShowError) == [ShowError("failed")]
    assert creates(talk.ticks(5)) == []


def test_an_error_of_nobodys_command_is_ignored(thinking):
    assert thinking(EngineFault("response_cancel_not_active", "no", "cancel-77")) == []


def test_a_response_that_never_begins_is_asked_for_again_then_shown(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    out = talk.ticks(12)
    assert len(creates(out)) == 1
    out = talk.ticks(20)
    assert ShowError("no_answer") in of(out, ShowError)


def test_an_answer_in_which_there_is_nothing_is_asked_for_again_then_told(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    for number in (1, 2):
        response = talk.starts_response()
        talk(SpokenDelta(response, f"c{number}", " "), ResponseDone(response, "completed"))
        out = talk.ticks(limits.RESPONSE_CREATED_S + 1)
        assert len(creates(out)) == (1 if number == 1 else 0)
    assert of(talk.all, ShowError) == [ShowError("no_answer")]
    assert creates(talk.ticks(60)) == []


def test_speech_that_is_never_committed_is_shown(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 20, SpeechStopped("m1"))
    assert notices(talk.ticks(4)) == ["not_heard"]
    assert states(talk.all)[-1] == "listening"


def test_a_response_that_stops_sending_is_given_up(thinking):
    out = thinking.ticks(21)
    assert of(out, CancelResponse)
    assert ShowError("no_answer") in out


# --- the engine's coming and going ----------------------------------------------------------------


def test_without_an_engine_nothing_is_asked_of_it(talk):
    talk(EngineLost())
    assert creates(talk(ToolFinished("x", "{}")) + talk.ticks(2)) == []
    assert states(talk.all)[-1] == "reconnecting"


def test_an_answer_under_way_is_asked_for_again_on_the_next_connection(thinking):
    thinking(EngineLost())
    out = thinking(EngineReady(resumed=True))
    assert len(creates(out)) == 1


def test_an_answer_that_is_lost_after_its_first_words_is_asked_for_again(thinking):
    thinking(SpokenDelta("resp1", "c1", "You had"))
    out = thinking(EngineLost())
    assert of(out, DropCaption) == [DropCaption("c1")]
    out = thinking(EngineReady(resumed=True))
    assert len(creates(out)) == 1
    assert of(thinking.all, ShowError) == []


def test_an_answer_that_the_engine_takes_back_before_a_sound_is_asked_for_again(thinking):
    thinking(SpokenDelta("resp1", "c1", "You had"))
    out = thinking(ResponseDone("resp1", "cancelled"), after=0.1) + thinking.ticks(2)
    assert of(out, DropCaption) == [DropCaption("c1")]
    assert len(creates(out)) == 1


def test_what_the_page_has_plays_on_and_is_written_as_far_as_it_came(thinking):
    thinking.speaks("resp1", "c1", "One two three four five six seven eight.", 1000, done=False)
    thinking(EngineLost())
    out = thinking.heard(1000)
    coach, notice = of(out, RecordTurn)
    assert not coach.interrupted  # nobody cut in
    assert coach.text.startswith("One")
    assert coach.text.endswith("…")
    assert "eight" not in coach.text
    assert (notice.speaker, notice.notice) == ("system", "line_broke")


def test_an_answer_that_breaks_off_with_the_line_goes_on_once_the_page_has_played_it(thinking):
    thinking.speaks("resp1", "c1", "One two three four five six seven eight.", 1000, done=False)
    assert creates(thinking(EngineLost(), EngineReady(resumed=True))) == []
    [create] = creates(thinking.heard(1000))
    assert "broke off" in create.instructions
    thinking.answers("c2", "Nine.", 300)
    assert creates(thinking.heard(300, index=1) + thinking.ticks(20)) == []


def test_an_answer_of_which_the_page_played_too_little_for_a_word_goes_on_too(thinking):
    thinking.speaks("resp1", "c1", "Wonderful, you had two eggs.", 100, done=False)
    out = thinking(EngineLost(), EngineReady(resumed=True)) + thinking.heard(100)
    assert of(out, DropCaption) == [DropCaption("c1")]
    assert len(creates(out)) == 1
    assert of(out, RecordTurn) == []  # nothing was heard, so nothing broke off


def test_an_answer_that_no_line_carries_to_its_end_is_told(thinking):
    response = "resp1"
    for number in range(limits.ENGINES_PER_ANSWER):
        thinking.speaks(response, f"c{number}", "One two three four five.", 1000, done=False)
        thinking(EngineLost(), EngineReady(resumed=True))
        if creates(thinking.heard(1000, index=number)):
            response = thinking.starts_response()
    assert of(thinking.all, ShowError) == [ShowError("failed")]
    assert len(creates(thinking.all)) == limits.ENGINES_PER_ANSWER


def test_an_answer_that_the_engine_takes_back_in_its_middle_goes_on_once_then_is_told(thinking):
    thinking.speaks("resp1", "c1", "One two three four five.", 1000, done=False)
    thinking(ResponseDone("resp1", "cancelled", "turn_detected"))
    assert len(creates(thinking.heard(1000))) == 1
    response = thinking.starts_response()
    thinking.speaks(response, "c2", "Four five six seven.", 1000, done=False)
    out = thinking(ResponseDone(response, "cancelled", "turn_detected"))
    assert of(out, ShowError) == [ShowError("incomplete")]
    assert creates(thinking.heard(1000, index=1) + thinking.ticks(20)) == []


def test_a_failed_answer_of_which_nothing_was_heard_is_asked_for_again(thinking):
    thinking(SpokenDelta("resp1", "c1", "You had"))
    thinking(ResponseDone("resp1", "failed", code="server_error"))
    assert len(creates(thinking.ticks(2))) == 1


def test_what_broke_off_is_not_gone_on_with_once_the_member_speaks(thinking):
    thinking.speaks("resp1", "c1", "One two three four five.", 1000, done=False)
    thinking(ResponseDone("resp1", "cancelled", "turn_detected"))
    out = thinking.says("m2") + thinking.ticks(1)
    assert [create.instructions for create in creates(out)] == [""]


def test_ids_of_the_old_connection_mean_nothing(thinking):
    thinking(EngineLost(), EngineReady(resumed=True))
    thinking.starts_response()
    assert of(thinking(SpokenAudio("resp1", "c1", bytes(480))), SpokenAudio) == []
    assert thinking(SpokenAudio("resp1", "c1", bytes(480))) == []


def test_words_that_went_with_the_engine_are_heard_again_by_the_next(talk):
    began = talk.at
    talk.says("m1")
    talk.starts_response()
    talk.ticks(2)
    assert talk.conversation.unheard_since == began - limits.MIC_PREROLL_S
    out = talk(EngineLost(), EngineReady(resumed=True), SoundReplayed())
    assert of(out, ShowError, CreateResponse) == []
    talk(SpeechStarted("n1", 0), SpeechStopped("n1"), InputCommitted("n1"))
    out = talk(InputTranscript("n1", "I had eggs"))
    assert turns(out) == [("member", "I had eggs", False)]
    assert len(creates(out)) == 1


def test_lost_again_before_they_were_heard_again(talk):
    talk.says("m1")
    since = talk.conversation.unheard_since
    talk(EngineLost(), EngineReady(resumed=True), SoundReplayed())
    talk.ticks(1)
    talk(SpeechStarted("n1", 0))
    assert talk.conversation.unheard_since == since
    talk(EngineLost(), EngineReady(resumed=True), SoundReplayed(), after=1)
    assert talk.conversation.unheard_since == since


def test_words_that_are_answered_already_are_not_heard_again(talk):
    talk.says("m1")
    response = talk.starts_response()
    talk.speaks(response, "c1", "One two", 500)
    talk.ticks(3)
    assert talk.conversation.unheard_since == talk.at - limits.MIC_PREROLL_S
    talk(EngineLost())
    assert creates(talk(EngineReady(resumed=True), SoundReplayed())) == []


def test_words_that_have_come_are_not_heard_again(talk):
    talk.says("m1")
    committed = talk.at
    talk(InputTranscript("m1", "Hello"), after=0.2)
    assert talk.conversation.unheard_since == committed


def test_a_muted_microphone_ends_what_is_heard_again(talk):
    talk(SpeechStarted("m1"), MicrophoneMuted(True), EngineLost())
    out = talk(EngineReady(resumed=True), SoundReplayed())
    assert len(of(out, AddSilence)) == 1


def test_a_tool_of_the_old_connection_becomes_history(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"))
    thinking(EngineLost(), EngineReady(resumed=True))
    out = thinking(ToolFinished("call1", '{"say": "Logged."}'))
    assert of(out, ToolOutput) == []
    [message] = of(out, AddMessage)
    assert message.role == "system"
    assert "Logged." in message.text
    assert len(creates(out)) == 1


def test_a_greeting_that_was_lost_is_spoken_on_the_next_connection():
    talk = Driver(ready=False, greeting="Hi!")
    talk(EngineReady())
    talk.starts_response()
    talk(EngineLost())
    [create] = creates(talk(EngineReady(resumed=True)))
    assert '"Hi!"' in create.instructions


def test_the_end_writes_down_what_was_heard_and_asks_nothing_more(thinking):
    thinking.speaks("resp1", "c1", "One two three four five six.", 2000, done=False)
    thinking.heard(1000)
    out = thinking(TalkEnded())
    assert states(out) == ["ended"]
    [(_, text, interrupted)] = turns(out)
    assert (text.endswith("…"), interrupted) == (True, False)  # nobody spoke over it
    assert creates(thinking.says("m2") + thinking.ticks(5)) == []


def test_quiet_is_when_nothing_is_under_way(talk):
    assert talk.conversation.idle
    talk.says("m1")
    assert not talk.conversation.idle
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "Hi.", 500)
    assert not talk.conversation.idle
    talk.heard(500)
    assert talk.conversation.idle
