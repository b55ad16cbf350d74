"""When a refusal of an engine is final: once it has repeated for long enough."""

import pytest

from coach.voice import limits
from coach.voice.realtime import EngineError
from coach.voice.refusals import Refusals

LOCKED = EngineError("refused", "http_401", False)
ELSEWHERE = EngineError("refused", "http_404", False)
BUSY = EngineError("busy", "http_503", True)


def refused_until(refusals, error, every_s=1.0, begin=0.0):
    """The seconds after which it is final."""
    now = begin
    while not refusals.is_final(error, now):
        now += every_s
        assert now - begin < 10_000
    return now - begin


def test_one_refusal_is_never_final():
    assert not Refusals(resumed=False).is_final(LOCKED, 0.0)
    assert not Refusals(resumed=True).is_final(LOCKED, 0.0)


@pytest.mark.parametrize("code", ["bad_key", "audio_format_not_served"])
def test_what_no_server_can_change_is_final_at_once(code):
    assert Refusals(resumed=True).is_final(EngineError("ours", code, False), 0.0)


def test_a_first_dial_is_refused_within_seconds():
    assert refused_until(Refusals(resumed=False), LOCKED) == limits.REFUSED_FIRST_S


@pytest.mark.parametrize("served", ["in this connection", "before"])
def test_a_talk_that_was_served_waits_for_a_server_to_be_replaced(served):
    refusals = Refusals(resumed=served == "before")
    refusals.on_served()
    assert refused_until(refusals, LOCKED) == limits.REFUSED_BACK_S


def test_however_long_it_takes_it_must_repeat():
    assert refused_until(Refusals(resumed=True), LOCKED, every_s=500.0) >= 500.0 * 2


def test_other_answers_in_between_begin_anew():
    refusals = Refusals(resumed=False)
    for second in range(100):
        assert not refusals.is_final((LOCKED, ELSEWHERE)[second % 2], float(second))
    for second in range(100):
        assert not refusals.is_final((LOCKED, LOCKED, BUSY)[second % 3], float(second))


def test_a_connection_that_lasted_begins_anew():
    refusals = Refusals(resumed=True)
    refusals.is_final(LOCKED, 0.0)
    refusals.is_final(LOCKED, 59.0)
    refusals.forget()
    assert refused_until(refusals, LOCKED, begin=100.0) == limits.REFUSED_BACK_S
