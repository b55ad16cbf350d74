"""A handshake that is answered with an HTTP status: what it says about another attempt."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice.realtime.http_refusal import refused, retry_after_s

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC).timestamp()


class Answer:
    def __init__(self, status, **headers):
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504])
def test_a_status_that_means_later_may_be_tried_again(status):
    assert refused(Answer(status)).retryable


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 413])
def test_any_other_is_a_refusal(status):
    error = refused(Answer(status, Retry_After="7"))
    assert (error.code, error.retryable, error.retry_after_s) == (f"http_{status}", False, 7.0)


def test_no_answer_at_all_is_one_too():
    assert refused(None).code == "http_0"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Sun, 29 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 29 Nov 2026 12:00:30 -0000", 30.0),
        ("Sun, 29 Nov 2026 11:00:00 GMT", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("1e9", 0.0),
        (f"Sun, 29 Nov {'9' * 30} 12:00:30 GMT", 0.0),
    ],
)
def test_the_pause_that_a_server_asks_for(value, seconds):
    assert retry_after_s(value, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_the_dialling(value):
    assert retry_after_s(value, NOW) >= 0.0
