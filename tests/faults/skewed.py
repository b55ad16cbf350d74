"""A host whose clock is wrong: `python -m tests.faults.skewed SECONDS PROGRAM ARGUMENTS…`."""

import runpy
import sys
import time
from datetime import datetime, timedelta

from django.utils import timezone


def skew(seconds: int) -> None:
    """From now on Python's clock and Django's are wrong by that; the database's is not."""
    right_time, right_now = time.time, timezone.now

    def wrong_time() -> float:
        return right_time() + seconds

    def wrong_now() -> datetime:
        return right_now() + timedelta(seconds=seconds)

    time.time, timezone.now = wrong_time, wrong_now


if __name__ == "__main__":
    seconds, program = int(sys.argv[1]), sys.argv[2]
    sys.argv = sys.argv[2:]
    skew(seconds)
    if program.endswith(".py"):
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
