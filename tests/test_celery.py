"""Tasks that a database refuses."""

import logging

import pytest
from django.db import OperationalError

from coach.celery import app


@pytest.fixture
def nudge():
    """Registers a task that raises, and takes it away again."""
    made = []

    def make(error):
        @app.task(name="tests.nudge")
        def fail():
            raise error

        made.append(fail.name)
        return fail

    yield make
    for name in made:
        app.tasks.unregister(name)


def test_a_database_that_is_locked_is_told_in_a_line(nudge, caplog, capsys):
    with caplog.at_level(logging.WARNING):
        nudge(OperationalError("database is locked")).apply()
    assert "nudge_failed" in capsys.readouterr().out
    assert not [record for record in caplog.records if record.exc_info]


def test_a_fault_of_ours_is_told_with_its_trace(nudge, caplog):
    with caplog.at_level(logging.WARNING):
        nudge(ValueError("nobody thought of this")).apply()
    assert [record for record in caplog.records if record.exc_info]
