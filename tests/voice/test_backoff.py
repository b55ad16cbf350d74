"""Backoff: pauses that grow to a limit, and an end."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.backoff import Backoff


@given(st.floats(0, 1e6))
def test_pauses_double_up_to_the_limit_with_jitter(now):
    backoff = Backoff()
    for attempt in range(20):
        assert backoff.attempts == attempt
        pause_s = backoff.next_pause(now)
        most = min(limits.BACKOFF_MAX_S, limits.BACKOFF_FIRST_S * 2**attempt)
        assert pause_s is not None
        assert 0.75 * most <= pause_s <= most


@given(st.floats(0, 1e6))
def test_the_time_for_attempts_counts_from_the_first_failure(start):
    backoff, now, waited = Backoff(), start, 0.0
    while (pause_s := backoff.next_pause(now)) is not None:
        now += pause_s
        waited += pause_s
        assert now - start <= limits.RECONNECT_FOR_S + limits.BACKOFF_MAX_S
    assert waited > limits.RECONNECT_FOR_S - 1e-6


@given(st.floats(0, 1e6))
def test_a_server_that_asks_for_a_pause_is_given_it_within_reason(asked_s):
    pause_s = Backoff().next_pause(0.0, asked_s)
    assert pause_s is not None
    assert pause_s >= min(asked_s, limits.RETRY_AFTER_MAX_S)
    assert pause_s <= max(limits.BACKOFF_FIRST_S, 1.1 * limits.RETRY_AFTER_MAX_S)


def test_a_connection_that_lasted_begins_a_new_time():
    backoff = Backoff()
    assert backoff.next_pause(0.0) is not None
    assert backoff.next_pause(limits.RECONNECT_FOR_S + 1.0) is None
    backoff.reset()
    pause_s = backoff.next_pause(limits.RECONNECT_FOR_S + 1.0)
    assert pause_s is not None
    assert pause_s <= limits.BACKOFF_FIRST_S
