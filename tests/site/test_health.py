"""/healthz proves that work can be done, says what cannot, and waits for nothing that hangs."""

import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from coach.site.pages import health
from handoff.health import LIMITS
from handoff.models import Heartbeat

TABLE = "CREATE TABLE handoff_heartbeat (name varchar(20) PRIMARY KEY, at datetime NOT NULL)"


@pytest.fixture
def file(db, tmp_path, monkeypatch):
    """A database in a file, as `make run` has it, that the site asks."""
    path = tmp_path / "site.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute(TABLE)
    told = {**connection.settings_dict, "NAME": str(path), "OPTIONS": {"timeout": 20}}
    own = DatabaseWrapper(told, "default")
    monkeypatch.setattr(health, "connection", own)
    return path


def rows(path):
    with sqlite3.connect(path) as asked:
        return asked.execute("SELECT name, at FROM handoff_heartbeat").fetchall()


def test_a_database_that_takes_a_row_is_well_and_has_one_row_however_often(file):
    for _ask in range(5):
        assert health.database() == {"ok": True}
    ((name, at),) = rows(file)
    assert name == "web"
    assert at.startswith("20")


def test_a_locked_database_is_not_well_and_costs_little_time(file):
    with sqlite3.connect(file) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert health.database() == {"ok": False, "error": "OperationalError"}
        assert time.monotonic() - started < health.PATIENCE_S
        other.rollback()
    assert health.database()["ok"]


def test_a_database_that_can_only_be_read_is_not_well(file):
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE handoff_heartbeat")
    assert not health.database()["ok"]


def test_a_redis_that_hangs_is_not_well_and_costs_little_time(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:  # accepts, and never says a word
        settings.BROKER_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        started = time.monotonic()
        assert health.broker() == {"ok": False, "error": "TimeoutError"}
        assert time.monotonic() - started < health.PATIENCE_S


@pytest.fixture
def hanging(monkeypatch):
    """All parts are well but the database, which hangs until it is let go."""
    let_go, asked = threading.Event(), []

    def hangs():
        asked.append(1)
        let_go.wait(30)
        return {"ok": True}

    probes = {
        "database": health.Probe(hangs),
        "redis": health.Probe(lambda: {"ok": True}),
        "engine": health.Probe(lambda: {"ok": True}),
    }
    monkeypatch.setattr(health, "PROBES", probes)
    monkeypatch.setattr(health, "PATIENCE_S", 0.3)
    yield asked
    let_go.set()


def test_what_hangs_is_named_and_the_others_answer_for_themselves(client, hanging):
    started = time.monotonic()
    answer = client.get("/healthz")
    assert time.monotonic() - started < 2
    assert answer.status_code == 503
    assert answer.json()["parts"] == {
        "database": {"ok": False, "error": "TimeoutError"},
        "redis": {"ok": True},
        "engine": {"ok": True},
    }


def test_however_many_ask_there_is_one_question_at_a_time(hanging):
    with ThreadPoolExecutor(10) as people:
        found = list(people.map(lambda _n: health.answers(), range(10)))
    assert all(not one["database"]["ok"] for one in found)
    health.answers()
    assert hanging == [1]


@pytest.mark.django_db
def test_what_is_written_down_of_the_web_changes_nobody_elses_health(client, monkeypatch):
    well = {name: health.Probe(lambda: {"ok": True}) for name in ("database", "redis", "engine")}
    monkeypatch.setattr(health, "PROBES", well)
    Heartbeat.objects.create(name="web", at="2026-01-01T00:00Z")
    parts = client.get("/healthz").json()["parts"]
    assert set(parts) == {"database", "redis", "engine", "models", *LIMITS}
