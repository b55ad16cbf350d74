"""One response at a time."""

import pytest

from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.sequencer import Sequencer
from coach.voice.engine_commands import CancelResponse, CreateResponse


@pytest.fixture
def sequencer():
    return Sequencer()


def requested(sequencer, at=0.0):
    sequencer.request(ResponseRequest())
    assert sequencer.peek(at)
    return sequencer.send(at)


def test_a_create_is_busy_from_the_moment_it_is_sent(sequencer):
    requested(sequencer)
    sequencer.request(ResponseRequest())
    assert sequencer.peek(0) is None
    assert sequencer.busy


def test_plain_answers_coalesce(sequencer):
    sequencer.request(ResponseRequest())
    sequencer.request(ResponseRequest())
    assert len(sequencer.queue.pending) == 1


def test_scripts_go_first_and_do_not_coalesce(sequencer):
    sequencer.request(ResponseRequest())
    sequencer.request(ResponseRequest(kind="script", script="a"))
    sequencer.request(ResponseRequest(kind="script", script="b"))
    assert [w.script for w in sequencer.queue.pending] == ["a", "b", ""]


def test_the_next_is_sent_when_the_response_is_done(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    sequencer.request(ResponseRequest())
    assert sequencer.done("r1", 1) == ResponseRequest()
    assert sequencer.peek(1) == ResponseRequest()


def test_done_of_another_response_changes_nothing(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    assert sequencer.done("r0", 1) is None
    assert sequencer.state == "active"


def test_a_cancel_before_created_is_repeated_by_id(sequencer):
    requested(sequencer)
    [first] = sequencer.cancel(0)
    assert isinstance(first, CancelResponse)
    assert first.response_id == ""
    [second] = sequencer.created("r1", "", 0)
    assert isinstance(second, CancelResponse)
    assert second.response_id == "r1"
    assert sequencer.state == "cancelling"
    assert not sequencer.accepts_output("r1")


def test_an_active_response_is_cancelled_by_id_once(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    [cancel] = sequencer.cancel(0)
    assert cancel.response_id == "r1"
    assert sequencer.cancel(0) == []


def test_a_refused_cancel_frees_the_sequencer(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    [cancel] = sequencer.cancel(0)
    sequencer.command_failed(cancel.event_id, "response_cancel_not_active", 0)
    assert sequencer.state == "free"


def test_a_create_refused_for_a_foreign_response_is_repeated_once_after_it(sequencer):
    create = requested(sequencer)
    code = "conversation_already_has_active_response"
    assert sequencer.command_failed(create.event_id, code, 0) is None
    assert sequencer.peek(0) is None
    sequencer.done("foreign", 1)
    again = sequencer.send(1)
    assert sequencer.command_failed(again.event_id, code, 1) == ResponseRequest(attempt=1)
    assert sequencer.state == "free"


def test_an_error_for_another_command_is_not_the_creates(sequencer):
    requested(sequencer)
    assert sequencer.command_failed("delete-9", "invalid_value", 0) is None
    assert sequencer.state == "requested"


def test_a_late_response_of_a_create_that_was_given_up_is_cancelled(sequencer):
    old = requested(sequencer)
    assert sequencer.expire(9) == ResponseRequest()
    new = requested(sequencer, 9)
    assert isinstance(new, CreateResponse)
    [cancel] = sequencer.created("r-old", old.event_id, 10)
    assert cancel.response_id == "r-old"
    assert sequencer.created("r-new", new.event_id, 10) == []
    assert sequencer.accepts_output("r-new")
    assert not sequencer.accepts_output("r-old")


def test_a_second_response_beside_the_active_one_is_cancelled(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    [cancel] = sequencer.created("r2", "", 0)
    assert cancel.response_id == "r2"
    assert sequencer.accepts_output("r1")


def test_a_cancel_without_an_end_is_given_up(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    sequencer.cancel(0)
    sequencer.expire(6)
    assert sequencer.state == "free"


def test_waiting_is_bounded(sequencer):
    for number in range(20):
        sequencer.request(ResponseRequest(kind="script", script=str(number)))
    assert len(sequencer.queue.pending) == 8
    assert sequencer.queue.pending[-1].script == "19"
