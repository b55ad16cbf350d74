"""SQLite has one writer at a time. Who finds it busy sleeps and looks again, up to a tenth of a
second later, and whoever looks at the right moment is next: some wait for seconds while nobody
writes. So the writers of a process stand in line, and SQLite's own lock is between processes.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from coach.sqlite.turns import Turns

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

_turns: dict[str, Turns] = {}  # by the file's name
os.register_at_fork(after_in_child=_turns.clear)  # a child has no transaction of its parent's


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection; each writer waits for its turn, as long as SQLite would wait.

    Its stubs do not have the methods that begin and end a transaction.
    """

    _turn: Turns | None = None  # while it writes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_in_line)

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        with self._leaving():
            super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        with self._leaving():
            super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        with self._leaving():
            super()._close()  # type: ignore[misc]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For a statement that may be a transaction of its own."""
        if self._turn is not None:
            yield
            return
        self._stand_in_line()
        with self._leaving():
            yield

    def _stand_in_line(self) -> None:
        settings: dict[str, Any] = self.settings_dict
        turns = _turns.setdefault(str(settings["NAME"]), Turns())  # all threads get the same
        if not turns.take(settings["OPTIONS"].get("timeout", 5.0)):
            raise OperationalError("database is locked")
        self._turn = turns

    @contextmanager
    def _leaving(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()


def _in_line(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if not sql.startswith(WRITES):
        return execute(sql, params, many, context)
    with context["connection"].writing():
        return execute(sql, params, many, context)
