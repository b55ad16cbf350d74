"""Words, answers and tools that fail, come late, or come to nothing."""

import json

import pytest

from coach.voice import limits
from coach.voice.effects import DropCaption, RecordTurn, RunTool, ShowError
from coach.voice.engine_commands import AddMessage, CancelResponse, LeaveEngine, ToolOutput
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    ToolCalled,
)
from coach.voice.inputs import FloorChanged, Interrupt, ScriptGiven, TextTyped, ToolFinished
from tests.support.conversation_driver import MS, creates, of, played_ms, turns


@pytest.fixture
def thinking(asked):
    asked.starts_response()
    return asked


def call(number, arguments="{}", response="resp1"):
    return ToolCalled(response, f"call{number}", "log_meal", arguments)


def rounds(talk, count, words=""):
    """The model calls a tool in each response, with other arguments each time."""
    response = "resp1"
    for number in range(count):
        if words:
            talk(SpokenDelta(response, f"c{number}", words, spoken=False))
        talk(call(number, f'{{"number": {number}}}', response))
        out = talk(ResponseDone(response, "completed"))
        out += talk(ToolFinished(f"call{number}", "{}"))
        if not creates(out):
            return
        response = talk.starts_response()


# --- transcripts ---------------------------------------------------------------------------------


def test_turns_stand_in_the_order_in_which_they_were_said(talk):
    talk.says("m1")
    talk.answers("c1", "Hi.", 300)
    assert turns(talk.heard(300)) == []
    talk.says("m2")
    assert turns(talk(InputTranscript("m2", "Second"))) == []
    out = talk(InputTranscript("m1", "First"))
    assert [t[1] for t in turns(out)] == ["First", "Hi.", "Second"]


@pytest.mark.parametrize("how", ["failed", "never", "empty"])
def test_words_that_never_come_do_not_hold_up_the_others(talk, how):
    talk.says("m1")
    talk.answers("c1", "Hi.", 300)
    talk.heard(300)
    if how == "failed":
        talk(InputFailed("m1", "server_error"))
    elif how == "empty":
        talk(InputTranscript("m1", "  "))
    else:
        talk.ticks(limits.TRANSCRIPT_S + 0.5)
    assert [t[1] for t in turns(talk.all)] == ["Hi."]
    assert of(talk.all, DropCaption) == [DropCaption("m1")]


def test_words_that_come_late_are_written_once(talk):
    talk.says("m1")
    talk.ticks(limits.TRANSCRIPT_S + 0.5)
    words = InputTranscript("m1", "Late")
    assert turns(talk(words, words, InputFailed("m1", "x"))) == [("member", "Late", False)]


def test_an_utterance_told_twice_is_answered_once(talk):
    talk.says("m1")
    out = talk(SpeechStarted("m1"), SpeechStopped("m1"), InputCommitted("m1"))
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "Hi.", 300)
    out += talk(InputCommitted("m1"), InputTranscript("m1", "Hello")) + talk.ticks(15)
    assert creates(out) == []
    assert of(talk.all, ShowError) == []


# --- failures that say nothing -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "shown"),
    [("inference_rate_limit_exceeded", "busy"), ("server_error", "failed"), ("", "failed")],
)
def test_what_may_pass_is_tried_once_more_then_shown(thinking, code, shown):
    thinking(ResponseDone("resp1", "failed", code=code))
    assert len(creates(thinking.ticks(2))) == 1
    out = thinking(ResponseCreated("r2"), ResponseDone("r2", "failed", code=code))
    assert of(out, ShowError) == [ShowError(shown)]
    assert creates(thinking.ticks(20)) == []


@pytest.mark.parametrize(
    ("done", "shown"),
    [
        (ResponseDone("resp1", "failed", code="content_filter"), ShowError("filtered")),
        (ResponseDone("resp1", "failed", code="invalid_value"), ShowError("failed")),
        (ResponseDone("resp1", "incomplete", "content_filter"), ShowError("filtered")),
        (ResponseDone("resp1", "incomplete", "max_output_tokens"), ShowError("incomplete")),
        (
            ResponseDone("resp1", "failed", code="billing_hard_limit_reached"),
            ShowError("billing_hard_limit_reached"),
        ),
    ],
)
def test_what_cannot_pass_is_shown_at_once(thinking, done, shown):
    assert of(thinking(done), ShowError) == [shown]
    assert creates(thinking.ticks(20)) == []


def test_a_fatal_error_in_the_middle_is_shown(talk):
    out = talk(EngineFault("insufficient_quota", "no"))
    assert of(out, ShowError) == [ShowError("insufficient_quota")]


def test_a_response_that_the_engine_itself_took_back_is_asked_for_again(thinking):
    thinking(ResponseDone("resp1", "cancelled", "turn_detected"))
    assert len(creates(thinking.ticks(2))) == 1


def test_a_response_that_completed_before_its_cancel_came_is_not_asked_for_again(thinking):
    thinking(Interrupt())
    out = thinking(ResponseDone("resp1", "completed"))
    assert creates(out + thinking.ticks(20)) == []
    assert of(thinking.all, ShowError) == []


def test_reviewed_words_that_the_engine_takes_back_are_said_again_from_their_beginning(talk):
    talk(ScriptGiven("Please call 112.", 7))
    for number in (1, 2):
        response = talk.starts_response()
        talk.speaks(response, f"c{number}", "Please call", 400, done=False)
        talk(ResponseDone(response, "cancelled", "turn_detected"))
        talk.heard(400, index=number - 1)
        talk.ticks(2)
    assert len({create.instructions for create in creates(talk.all)}) == 1
    assert len(creates(talk.all)) == 2
    assert of(talk.all, RecordTurn)[-1].text == "Please call 112."


def test_reviewed_words_that_no_response_speaks_are_read(talk):
    talk(ScriptGiven("Please call 112.", 7))
    talk(ResponseCreated("r1"), ResponseDone("r1", "failed", code="insufficient_quota"))
    [turn] = of(talk.all, RecordTurn)
    assert (turn.text, turn.source) == ("Please call 112.", "script")


# --- tools ---------------------------------------------------------------------------------------


ENDLESS = '{"said": "' + "egg" * limits.TOOL_ARGUMENTS_MAX_CHARS + '"}'
DEEP = '{"said":' + "[" * 9_000  # deeper than a decoder goes


@pytest.mark.parametrize("arguments", ['{"said": "two eg', "[1]", "two eggs", ENDLESS, DEEP])
def test_arguments_that_are_cut_off_are_refused_and_the_coach_hears_of_it(thinking, arguments):
    out = thinking(call(1, arguments), call(1, arguments))
    assert of(out, RunTool) == []
    [output] = of(out, ToolOutput)
    assert json.loads(output.output)["error"] == "invalid_arguments"
    done = ResponseDone("resp1", "completed", calls=(call(1, arguments),))
    assert len(creates(thinking(done))) == 1


def test_tools_that_only_lead_to_tools_come_to_an_end(thinking):
    rounds(thinking, limits.TOOL_ROUNDS_SILENT + 2)
    assert len(of(thinking.all, RunTool)) == limits.TOOL_ROUNDS_SILENT
    assert of(thinking.all, ShowError) == [ShowError("only_tools")]
    assert [create.tools for create in creates(thinking.all)] == [True, True, True, False]
    assert creates(thinking.ticks(20)) == []
    assert len(creates(thinking.says("m2"))) == 1


def test_tools_with_a_word_to_the_member_each_time_come_to_an_end_too(thinking):
    rounds(thinking, limits.TOOL_ROUNDS + 2, words="Let me see.")
    assert len(of(thinking.all, RunTool)) == limits.TOOL_ROUNDS + 1
    assert of(thinking.all, ShowError) == [ShowError("only_tools")]


def test_the_same_call_again_is_answered_from_its_result_and_done_once(thinking):
    """In whatever order its arguments stand."""
    thinking(call(1, '{"a": 1, "b": 2}'), ResponseDone("resp1", "completed"))
    out = thinking(ToolFinished("call1", '{"say": "Logged."}'))
    response = thinking.starts_response()
    out = thinking(call(2, '{"b": 2, "a": 1}', response), ResponseDone(response, "completed"))
    assert of(out, RunTool) == []
    [output] = of(out, ToolOutput)
    assert (output.call_id, output.output) == ("call2", '{"say": "Logged."}')
    assert len(creates(out)) == 1


def test_two_calls_that_are_the_same_are_done_once_and_both_answered(thinking):
    out = thinking(call(1), call(2), ResponseDone("resp1", "completed"))
    assert len(of(out, RunTool)) == 1
    out = thinking(ToolFinished("call1", "{}"))
    assert {output.call_id for output in of(out, ToolOutput)} == {"call1", "call2"}
    assert len(creates(out)) == 1


def test_the_same_call_for_other_words_of_the_member_is_done(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"), ToolFinished("call1", "{}"))
    thinking.answers("c1", "Logged.", 300)
    thinking.heard(300)
    thinking.says("m2")
    response = thinking.starts_response()
    assert len(of(thinking(call(2, response=response)), RunTool)) == 1


def test_a_result_survives_the_line_on_which_it_was_asked_for(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"), ToolFinished("call1", "{}"))
    thinking(EngineLost(), EngineReady(resumed=True))
    response = thinking.starts_response()
    assert of(thinking(call(2, response=response)), RunTool) == []


# --- what the engine does not take --------------------------------------------------------------


@pytest.mark.parametrize(
    "instead",
    [
        [ToolCalled("resp1", "call1", "log_meal", "{}"), ToolFinished("call1", "{}")],
        [SpokenDelta("resp1", "c1", " ")],
        [SpokenDelta("resp1", "c1", "Please call 112")],
    ],
)
def test_reviewed_words_of_which_not_all_are_spoken_are_read(talk, instead):
    talk(FloorChanged("safety_hold", 2), ScriptGiven("Please call 112 now."))
    talk.starts_response()
    out = talk(*instead, ResponseDone("resp1", "completed"))
    assert "Please call 112 now." in [text for _, text, _ in turns(out)]


@pytest.fixture
def typed(talk):
    """A text was sent, and its answer is requested."""
    talk(TextTyped("t1", "I had a banana"))
    return talk


def refuses(talk, kind):
    """The engine refuses the last item of this kind."""
    return talk(EngineFault("invalid_value", "no", of(talk.all, kind)[-1].event_id))


def test_a_text_that_is_refused_is_sent_once_more_and_answered(typed):
    response = typed.starts_response()
    out = refuses(typed, AddMessage)
    assert [message.text for message in of(out, AddMessage)] == ["I had a banana"]
    assert len(of(out, CancelResponse)) == 1  # which does not know of it
    out = typed(ResponseDone(response, "cancelled"))
    assert len(creates(out)) == 1
    assert of(typed.all, ShowError) == []


def test_a_text_that_is_refused_twice_is_told_and_nothing_answers_without_it(typed):
    refuses(typed, AddMessage)
    out = refuses(typed, AddMessage)
    assert of(out, ShowError) == [ShowError("text_refused")]
    out = typed(ResponseCreated("r1"), ResponseDone("r1", "cancelled")) + typed.ticks(30)
    assert creates(out) == []
    assert len(of(typed.all, AddMessage)) == 2


def test_of_two_texts_the_one_that_was_taken_is_answered(typed):
    typed(TextTyped("t2", "and a leek"))
    refused = of(typed.all, AddMessage)[-1].event_id
    typed(EngineFault("invalid_value", "no", refused))
    out = refuses(typed, AddMessage)
    assert of(out, ShowError) == [ShowError("text_refused")]
    typed(ResponseCreated("r1"), ResponseDone("r1", "cancelled"))
    typed.ticks(1)
    assert typed.answers("c1", "A banana!", 300)
    assert typed.heard(300)
    assert creates(typed.ticks(30)) == []


def test_an_output_that_is_refused_is_told_to_the_engine_as_text(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"), ToolFinished("call1", '{"say": "Yes."}'))
    out = refuses(thinking, ToolOutput)
    [message] = of(out, AddMessage)
    assert (message.role, "Yes." in message.text) == ("system", True)
    out = refuses(thinking, AddMessage)
    assert of(out, ShowError) == [ShowError("result_refused")]


def test_an_output_that_is_refused_does_not_silence_the_answer_to_a_later_word(thinking):
    thinking(call(1), ResponseDone("resp1", "completed"), ToolFinished("call1", "{}"))
    thinking(TextTyped("t1", "And a leek"))
    output = of(thinking.all, ToolOutput)[-1].event_id
    thinking(EngineFault("invalid_value", "no", output))
    refuses(thinking, AddMessage)
    thinking(ResponseCreated("r8"), ResponseDone("r8", "cancelled"))
    thinking.ticks(30)
    assert len(creates(thinking.all)) > 2


# --- an engine that answers nothing ---------------------------------------------------------------


def test_an_engine_that_answers_nothing_is_left_and_each_question_told_once(asked):
    out = asked.ticks(60)
    assert of(out, ShowError) == [ShowError("no_answer")]
    assert of(out, LeaveEngine) == [LeaveEngine()]


def test_an_engine_that_begins_answers_and_says_nothing_is_left_too(asked):
    for number in range(limits.UNANSWERED_CREATES):
        asked(TextTyped(f"t{number}", "Hello?"))
        asked.starts_response()
        asked.ticks(25)
    assert [error.code for error in of(asked.all, ShowError)] == ["no_answer"] * 2
    assert of(asked.all, LeaveEngine) == [LeaveEngine()]


def test_an_engine_that_answers_in_between_is_kept(asked):
    asked.ticks(8.5)
    asked.ticks(1.5)
    response = asked.starts_response()
    asked.speaks(response, "c1", "Hello.", 300)
    asked.heard(300)
    asked.says("m2")
    asked.ticks(8.5)
    assert of(asked.all, LeaveEngine) == []


# --- too much ------------------------------------------------------------------------------------


def test_more_sound_than_anybody_will_hear_ends_the_response(thinking, monkeypatch):
    monkeypatch.setattr(limits, "SPEECH_QUEUED_MAX_MS", 2000)
    delta = SpokenAudio("resp1", "c1", bytes(1000 * MS))
    thinking(*[delta] * 6)
    assert of(thinking.all, CancelResponse) == []
    out = thinking(delta)
    assert len(of(out, CancelResponse)) == 1
    assert of(out, ShowError) == [ShowError("incomplete")]
    assert thinking(*[delta] * 50) == []
    thinking.ticks(20)
    assert played_ms(thinking.all) == 7000
