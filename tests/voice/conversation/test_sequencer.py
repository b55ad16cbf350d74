"""One response at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
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


# --- whatever happens -----------------------------------------------------------------------------

CODES = ["conversation_already_has_active_response", "server_error", "response_cancel_not_active"]
KINDS = ["answer", "script", "hand_back", "greeting", "word"]
steps = st.one_of(
    st.tuples(
        st.just("request"), st.sampled_from(["answer", "script", "hand_back", "greeting", "word"])
    ),
    st.tuples(st.just("send"), st.none()),
    st.tuples(st.just("created"), st.sampled_from(["r1", "r2", "r3"])),
    st.tuples(st.just("done"), st.sampled_from(["r1", "r2", "r3", "foreign"])),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("fail"), st.sampled_from(CODES)),
    st.tuples(st.just("wait"), st.sampled_from([0.1, 1.0, 5.0, 30.0])),
    st.tuples(st.just("reset"), st.none()),
)


class Engine:
    """Applies steps to a sequencer, and counts the creates that have no end yet."""

    def __init__(self):
        self.sequencer = Sequencer()
        self.at = 0.0
        self.created = set()
        self.create_id = ""

    def apply(self, step, value):
        sequencer, at = self.sequencer, self.at
        match step:
            case "request":
                sequencer.request(ResponseRequest(kind=value))
            case "send" if sequencer.peek(at) is not None:
                assert sequencer.state == "free"
                self.create_id = sequencer.send(at).event_id
                assert sequencer.busy
            case "created" if value not in self.created:
                self.created.add(value)
                sequencer.created(value, "", at)
            case "done":
                sequencer.done(value, at)
            case "cancel":
                sequencer.cancel(at)
                assert not sequencer.busy
            case "fail":
                sequencer.command_failed(self.create_id or "create-0", value, at)
            case "wait":
                self.at += value
                sequencer.expire(self.at)
            case "reset":
                sequencer.reset(at)
                self.created.clear()
                assert sequencer.state == "free"


@given(st.lists(steps, max_size=40))
def test_at_most_one_response_may_speak_and_none_while_the_sequencer_is_free(script):
    engine = Engine()
    for step, value in script:
        engine.apply(step, value)
        sequencer = engine.sequencer
        speaking = [name for name in ("r1", "r2", "r3") if sequencer.accepts_output(name)]
        assert len(speaking) <= 1
        if speaking:
            assert sequencer.state == "active"
            assert speaking == [sequencer.response_id]
        if sequencer.state == "free":
            assert (sequencer.current, sequencer.response_id) == (None, "")


@given(st.lists(steps, max_size=40))
def test_the_sequencer_is_free_again_after_a_while_of_silence(script):
    """No lost confirmation, refusal or end may block the coach for good."""
    engine = Engine()
    for step, value in script:
        engine.apply(step, value)
    sequencer = engine.sequencer
    stuck_at = engine.at + limits.RESPONSE_CREATED_S + 0.1
    sequencer.expire(stuck_at)
    if sequencer.state == "active":
        assert sequencer.stalled(stuck_at + limits.RESPONSE_IDLE_S)
        sequencer.cancel(stuck_at)
    sequencer.expire(stuck_at + limits.CANCEL_DONE_S + 0.1)
    assert sequencer.state == "free"


def test_a_presumed_end_is_taken_back_when_more_comes(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    sequencer.touch(1)
    assert not sequencer.idle(1 + limits.RESPONSE_END_S)
    assert sequencer.idle(1.1 + limits.RESPONSE_END_S)
    assert sequencer.presume_done() == "r1"
    sequencer.done("r1", 5)
    assert sequencer.state == "free"
    sequencer.resume("r1", 6)
    assert sequencer.accepts_output("r1")


def test_a_presumed_end_is_final_once_another_response_is_sent(sequencer):
    requested(sequencer)
    sequencer.created("r1", "", 0)
    sequencer.presume_done()
    sequencer.done("r1", 5)
    requested(sequencer, 6)
    sequencer.created("r2", "", 6)
    sequencer.resume("r1", 7)
    assert sequencer.accepts_output("r2")
    assert not sequencer.accepts_output("r1")


def test_an_unsolicited_response_takes_the_plain_answer_that_waits(sequencer):
    sequencer.request(ResponseRequest())
    assert sequencer.created("r1", "", 0) == []
    assert sequencer.unsolicited
    assert sequencer.queue.pending == ()
    assert sequencer.accepts_output("r1")


def test_an_unsolicited_response_is_cancelled_when_no_answer_is_due(sequencer):
    [cancel] = sequencer.created("r1", "", 0, answer_due=False)
    assert cancel.response_id == "r1"
    assert "r1" in sequencer.rejected
    assert sequencer.state == "free"


def test_a_retry_waits_for_its_time(sequencer):
    sequencer.retry_at = 10.0
    sequencer.request(ResponseRequest(attempt=1))
    assert sequencer.peek(9.9) is None
    assert sequencer.peek(10.0) == ResponseRequest(attempt=1)


def test_an_error_without_a_command_shortens_the_wait(sequencer):
    requested(sequencer)
    assert sequencer.command_failed("", "server_error", 0) is None
    assert sequencer.expire(limits.FAULT_TIMEOUT_S) is None
    assert sequencer.expire(limits.FAULT_TIMEOUT_S + 0.1) == ResponseRequest()
