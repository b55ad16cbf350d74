"""Run the desk's timers: `manage.py sweeper`."""

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from handoff.health import beat
from handoff.sweeper import sweep_once, tidy_once

log = structlog.get_logger(__name__)
TIDY_EVERY_S = 60.0


class Command(BaseCommand):
    help = "Walk everything that is due, every second. Needs the database and nothing else."
    tidy_at = float("-inf")  # by this process's monotonic clock: it only says how often to look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=1.0, help="seconds between two walks")
        parser.add_argument("--once", action="store_true", help="one walk, then end")

    def handle(self, *args: object, **options: Any) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        failures = 0
        while not stop.is_set():
            failures = 0 if self.walk(stop.is_set) else min(failures + 1, 5)
            if options["once"]:
                break
            # A database that is away is asked again soon, and then less and less often.
            stop.wait(options["every"] * 2**failures)

    def walk(self, stopping: Callable[[], bool]) -> bool:
        """One walk and its heartbeat; False when the database did not answer.

        A walk that has much to do hears between two kinds of timers that it is to stop.
        """
        try:
            close_old_connections()
            sweep_once(stopping)
            if time.monotonic() >= self.tidy_at and not stopping():
                self.tidy_at = time.monotonic() + TIDY_EVERY_S
                tidy_once()
            beat("sweeper")
        except DatabaseError as error:
            log.warning("sweep_failed", error=type(error).__name__)
            connection.close()
            return False
        return True
