"""Bells ring on a thread of their own: nobody waits for a broker, whatever it does."""

import threading
import time

import pytest

from coach import bells as bells_module
from coach.bells import Bells


@pytest.fixture
def lost(monkeypatch):
    found = []
    for level in ("warning", "error"):
        monkeypatch.setattr(
            bells_module.log, level, lambda event, **fields: found.append(fields["error"])
        )
    return found


def test_they_ring_in_order_on_one_other_thread():
    bells, rung = Bells("test"), []
    for number in range(100):
        bells.ring(lambda number=number: rung.append((number, threading.get_ident())))
    assert bells.finish(15)
    assert [number for number, _ in rung] == list(range(100))
    assert {thread for _, thread in rung} ^ {threading.get_ident()} > {threading.get_ident()}


def test_a_broker_that_hangs_holds_up_nobody_and_loses_only_what_is_too_much(lost, monkeypatch):
    monkeypatch.setattr(bells_module, "WAITING_BELLS", 3)
    bells, hangs, rung = Bells("test"), threading.Event(), []
    bells.ring(lambda: hangs.wait(15))
    while bells._waiting.qsize():
        time.sleep(0.001)
    for number in range(5):
        bells.ring(lambda number=number: rung.append(number))
    assert not bells.finish(0.01)
    hangs.set()
    assert bells.finish(15)
    assert rung == [0, 1, 2]
    assert lost == ["too_many", "too_many"]


def test_what_waited_too_long_does_not_ring(lost):
    bells, rung = Bells("test", stale_s=-1), []
    bells.ring(lambda: rung.append(1))
    assert bells.finish(15)
    assert (rung, lost) == ([], ["stale"])


def test_a_bell_that_breaks_is_told_and_the_next_one_rings(lost):
    bells, rung = Bells("test"), []
    bells.ring(lambda: [][0])
    bells.ring(lambda: rung.append(1))
    assert bells.finish(15)
    assert (rung, lost) == ([1], ["IndexError"])


def test_a_forked_process_rings_with_a_thread_of_its_own():
    bells = Bells("test")
    bells.ring(lambda: None)
    assert bells.finish(15)
    bells._begin()  # what the fork calls in the child
    bells.ring(lambda: None)
    assert bells.finish(15)
