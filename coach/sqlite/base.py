"""SQLite has one writer at a time. Who finds it busy sleeps and looks again, up to a tenth of a
second later, and whoever looks at the right moment is next: some wait for seconds while nobody
writes. So the transactions of a process stand in line, and SQLite's own lock is between processes.
"""

import os
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from coach.sqlite.turns import Turns

_turns: defaultdict[str, Turns] = defaultdict(Turns)  # by the file's name
os.register_at_fork(after_in_child=_turns.clear)  # a child has no transaction of its parent's


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection; each transaction waits for its turn, as long as SQLite would wait.

    Its stubs do not have the methods that begin and end a transaction.
    """

    _turn: Turns | None = None  # while a transaction is open

    def _start_transaction_under_autocommit(self) -> None:
        settings: dict[str, Any] = self.settings_dict
        turns = _turns[str(settings["NAME"])]
        if not turns.take(settings["OPTIONS"].get("timeout", 5.0)):
            raise OperationalError("database is locked")
        self._turn = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()
