"""The requests that wait: which goes first, which are joined, which are dropped."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.conversation.request_queue import RequestQueue, ResponseRequest

kinds = st.sampled_from(["answer", "greeting", "hand_back", "script", "word"])
requests = st.builds(
    ResponseRequest, kind=kinds, instructions=st.sampled_from(["", "a", "b"]), ref=st.integers(0, 9)
)


def queue_of(*requests):
    queue = RequestQueue()
    for request in requests:
        queue.add(request)
    return queue


def script(text):
    return ResponseRequest(kind="script", script=text)


def test_plain_answers_coalesce():
    assert queue_of(ResponseRequest(), ResponseRequest()).pending == (ResponseRequest(),)


def test_the_last_instructions_count_for_the_joined_answer():
    picture, other = ResponseRequest(instructions="a"), ResponseRequest(instructions="b")
    assert queue_of(ResponseRequest(), picture).pending == (picture,)
    assert queue_of(picture, ResponseRequest()).pending == (picture,)
    assert queue_of(picture, other).pending == (other,)


def test_scripts_go_first_in_their_order_and_do_not_coalesce():
    queue = queue_of(ResponseRequest(), script("a"), script("b"))
    assert [request.script for request in queue.pending] == ["a", "b", ""]


def test_the_queue_is_bounded_and_a_script_replaces_the_last():
    queue = queue_of(*(script(str(number)) for number in range(20)))
    assert len(queue.pending) == limits.PENDING_REQUESTS
    assert queue.pending[-1].script == "19"


def test_nothing_replaces_a_script_but_another_script():
    full = [script(str(number)) for number in range(limits.PENDING_REQUESTS)]
    assert queue_of(*full, ResponseRequest(kind="hand_back")).pending == tuple(full)


def test_a_retry_goes_before_everything_else():
    queue = queue_of(script("a"))
    queue.add_first(ResponseRequest().retry())
    assert queue.pop().attempt == 1
    assert queue.pop().script == "a"
    assert not queue


def test_only_a_plain_answer_is_what_an_engine_says_unasked():
    assert queue_of(ResponseRequest()).plain_answer_is_first
    assert not queue_of(ResponseRequest(instructions="a")).plain_answer_is_first
    assert not queue_of(script("a"), ResponseRequest()).plain_answer_is_first
    assert not RequestQueue().plain_answer_is_first


@given(st.lists(requests, max_size=30))
def test_whatever_is_added_scripts_stand_first_and_one_answer_waits_at_most(added):
    queue = queue_of(*added)
    pending = queue.pending
    assert len(pending) <= limits.PENDING_REQUESTS
    assert bool(queue) == bool(added)
    assert sum(request.kind == "answer" for request in pending) <= 1
    places = [{"script": 0, "word": 2}.get(request.kind, 1) for request in pending]
    assert places == sorted(places)  # reviewed words first, an expert's word last
    assert set(pending) <= set(added)


@given(st.lists(requests, max_size=30), st.booleans(), st.booleans())
def test_what_is_dropped_and_what_stays_are_the_whole_queue(added, scripts, hand_backs):
    queue = queue_of(*added)
    before = queue.pending
    dropped = queue.drop(scripts=scripts, hand_backs=hand_backs)
    spared = {"script"} - ({"script"} if scripts else set())
    spared |= set() if hand_backs else {"hand_back", "word"}
    assert queue.pending == tuple(r for r in before if r.kind in spared)
    assert dropped == [r for r in before if r.kind not in spared]
