"""Writers of one process stand in line: none of them meets SQLite's lock, and sleeps before it."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from coach.personas.models import Persona, PersonaVersion
from coach.sqlite import base
from coach.sqlite.turns import Turns

WAIT_S = 20.0  # far more than anything here takes
LONG_S = 60.0
HOLD = """
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
print("holds it", flush=True)
time.sleep(600)
"""


@pytest.fixture
def of_sqlite(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite alone")


@pytest.fixture
def threads():
    def close():
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        yield pool
        for _ in range(8):
            pool.submit(close)


def impatient():
    """SQLite itself waits for no lock on this thread's connection: it refuses at once."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")


def write(slug):
    impatient()
    with transaction.atomic():
        Persona.objects.create(slug=slug, name=slug)
    connection.close()


@transaction.atomic
def break_off():
    Persona.objects.create(slug="x", name="X")
    raise ZeroDivisionError


def test_who_comes_first_is_the_first_to_have_the_turn():
    turns, had = Turns(), []
    assert turns.take(0)

    def wait(number, standing):
        standing.set()
        assert turns.take(LONG_S)
        had.append(number)
        turns.leave()

    waiting = []
    for number in range(20):
        standing = threading.Event()
        thread = threading.Thread(target=wait, args=(number, standing))
        thread.start()
        assert standing.wait(WAIT_S)
        while len(turns._waiting) <= number:  # it stands in line
            pass
        waiting.append(thread)
    turns.leave()
    for thread in waiting:
        thread.join(WAIT_S)
    assert had == list(range(20))


def test_whoever_gives_up_leaves_the_line_to_those_behind():
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.001)
    turns.leave()
    assert turns.take(0)


@pytest.mark.parametrize("came", [False, True], ids=["before", "as the turn comes"])
def test_whoever_is_interrupted_in_line_keeps_no_turn(monkeypatch, came):
    turns = Turns()

    class Interrupted(threading.Event):
        def wait(self, timeout=None):
            if came:
                turns.leave()
            raise KeyboardInterrupt

    assert turns.take(0)
    with monkeypatch.context() as patched:
        patched.setattr("coach.sqlite.turns.threading.Event", Interrupted)
        with pytest.raises(KeyboardInterrupt):
            turns.take(LONG_S)
    if not came:
        turns.leave()
    assert turns.take(0)


def test_a_transaction_waits_for_the_one_before_it_and_not_for_a_lock(of_sqlite, threads):
    with transaction.atomic():
        Persona.objects.create(slug="first", name="First")
        behind = threads.submit(write, "second")
        assert not behind.done()
    behind.result(WAIT_S)  # SQLite would have refused it
    assert {"first", "second"} <= set(Persona.objects.values_list("slug", flat=True))


def test_many_at_once_are_never_refused(of_sqlite, threads):
    for done in [threads.submit(write, f"p{number}") for number in range(80)]:
        done.result(LONG_S)
    assert Persona.objects.filter(slug__startswith="p").count() >= 80


def test_whatever_ends_a_transaction_lets_the_next_one_write(of_sqlite, threads):
    with pytest.raises(ZeroDivisionError):
        break_off()
    threads.submit(write, "after an error").result(WAIT_S)
    with transaction.atomic():
        connection.close()
    threads.submit(write, "after a close").result(WAIT_S)


def test_a_commit_that_fails_lets_the_next_one_write(of_sqlite, threads):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonaVersion.objects.create(persona_id=-1, version=1, content={})  # looked at late
    threads.submit(write, "after it").result(WAIT_S)


def test_whoever_meets_the_lock_of_another_process_does_not_keep_the_turn(of_sqlite, threads):
    """A process that is killed has its transaction taken back by SQLite; here it goes on."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(connection.settings_dict["NAME"])],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout.readline() == "holds it\n"
        for _ in range(2):  # the second does not wait for a turn that the first has kept
            with pytest.raises(OperationalError, match="database is locked"):
                threads.submit(write, "refused").result(WAIT_S)
    finally:
        other.kill()
        other.communicate(timeout=WAIT_S)
    threads.submit(write, "after it").result(WAIT_S)


def test_blocks_within_a_block_have_one_turn(of_sqlite, threads):
    with transaction.atomic(durable=True):
        with pytest.raises(ZeroDivisionError):
            break_off()
        Persona.objects.create(slug="kept", name="Kept")
        with transaction.atomic():
            behind = threads.submit(write, "behind")
        assert not behind.done()
    behind.result(WAIT_S)
    assert {"kept", "behind"} <= set(Persona.objects.values_list("slug", flat=True))


def test_a_child_of_a_process_in_a_transaction_has_a_line_of_its_own(of_sqlite):
    with transaction.atomic():
        read, write_end = os.pipe()
        child = os.fork()
        if child == 0:  # it touches no connection of its parent's
            lines = [turns.take(0) for turns in [base._turns.setdefault("x", Turns())]]
            os.write(write_end, b"free" if lines == [True] and len(base._turns) == 1 else b"held")
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(read, 4) == b"free"
        os.close(read)
        os.close(write_end)


def test_a_statement_without_a_transaction_stands_in_line_as_well(of_sqlite, threads):
    Persona.objects.create(slug="one", name="One")
    reached = threading.Event()

    def rename():
        impatient()
        reached.set()
        changed = Persona.objects.filter(slug="one").update(name="Two")
        connection.close()
        return changed

    with transaction.atomic():
        Persona.objects.create(slug="two", name="Two")
        renamed = threads.submit(rename)
        assert reached.wait(WAIT_S)
    assert renamed.result(WAIT_S) == 1
    threads.submit(write, "after it").result(WAIT_S)


def test_who_reads_waits_for_nobody(of_sqlite, threads):
    def count():
        found = Persona.objects.filter(slug="one").count()
        connection.close()
        return found

    with transaction.atomic():
        Persona.objects.create(slug="one", name="One")
        assert threads.submit(count).result(WAIT_S) == 0


def test_the_line_is_as_patient_as_the_database(of_sqlite, threads, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    with transaction.atomic(), pytest.raises(OperationalError, match="database is locked"):
        threads.submit(write, "late").result(WAIT_S)
    threads.submit(write, "in time").result(WAIT_S)
