"""Words, answers and tools that fail, come late, or come to nothing."""

import json

import pytest

from coach.voice import limits
from coach.voice.effects import DropCaption, RecordTurn, RunTool, ShowError
from coach.voice.engine_commands import CancelResponse, ToolOutput
from coach.voice.engine_events import (
    EngineFault,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    ToolCalled,
)
from coach.voice.inputs import Interrupt, ScriptGiven, ToolFinished
from tests.support.conversation_driver import MS, creates, of, played_ms, turns


@pytest.fixture
def thinking(asked):
    asked.starts_response()
    return asked


def call(number, arguments="{}", response="resp1"):
    return ToolCalled(response, f"call{number}", "log_meal", arguments)


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
    response = "resp1"
    for number in range(limits.TOOL_ROUNDS + 1):
        thinking(call(number, response=response), ResponseDone(response, "completed"))
        out = thinking(ToolFinished(f"call{number}", "{}"))
        if creates(out):
            response = thinking.starts_response()
    assert of(out, ShowError) == [ShowError("failed")]
    assert creates(thinking.ticks(20)) == []
    assert len(creates(thinking.says("m2"))) == 1


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
