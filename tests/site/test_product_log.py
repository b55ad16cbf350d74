"""What is read in the logs of every product that a test has started."""

from tests.support.product_log import complaints

FRAME = '  File "{}", line 7, in run\n    await self.serve()\n'
TRACEBACK = "Traceback (most recent call last):\n{}ValueError: no\n"
HUNG = (
    "WARNING daphne.server Application instance <Task> took too long to shut down and was killed."
)


def test_a_socket_that_did_not_end_is_a_fault():
    assert complaints(f"one\n{HUNG}\ntwo\n") == [HUNG]


def test_a_traceback_of_ours_is_one():
    frames = FRAME.format("/usr/lib/x.py") + FRAME.format("/srv/coach/talk/live/consumer.py")
    (found,) = complaints("one\n" + TRACEBACK.format(frames) + "two\n")
    assert found.endswith("ValueError: no")
    assert "two" not in found


def test_a_traceback_of_others_is_none():
    assert complaints(TRACEBACK.format(FRAME.format("/srv/.venv/lib/redis/client.py"))) == []


def test_of_two_tracebacks_each_is_read_by_itself():
    ours = TRACEBACK.format(FRAME.format("/srv/handoff/sweeper.py"))
    theirs = TRACEBACK.format(FRAME.format("/srv/.venv/lib/redis/client.py"))
    between = "During handling of the above exception, another exception occurred:"
    assert len(complaints(f"{theirs}\n{between}\n\n{ours}{theirs}")) == 1


def test_plain_lines_are_none():
    assert complaints("2026-11-29 [info] usage\nINFO picows.client Disconnected\n") == []
