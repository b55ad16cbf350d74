"""Something fails while a member types: all is written and answered, or the page says that not."""

import contextlib
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import expect

from tests.support.browser_talk import open_talk, turns, wait_for_turn
from tests.support.product import Product

FOODS = ["pear", "kiwi", "banana", "carrot", "plum", "peach"]
EATEN = "SELECT name FROM nutrition_mealitem ORDER BY id"
TURNS = "SELECT text FROM talk_turn WHERE speaker = 'member' AND session_id = ?"
NOT_DONE = (
    "nothing was changed",
    "took too long",
)  # what the coach says of a meal it could not write
WITHOUT_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@contextlib.contextmanager
def ended(product: Product, part: str, how: int) -> Iterator[None]:
    os.killpg(product.pids()[part], how)
    yield


@contextlib.contextmanager
def locked(product: Product, seconds: float) -> Iterator[None]:
    """Somebody else writes to the database and does not end."""
    path = product.var / "coachline.sqlite3"
    with sqlite3.connect(path, isolation_level=None, timeout=30) as db:  # as others wait for it
        db.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + seconds
        yield
        time.sleep(max(0.0, until - time.monotonic()))
        db.execute("ROLLBACK")


@contextlib.contextmanager
def full(product: Product, seconds: float) -> Iterator[None]:
    """No file of the web process may grow: to it, the disk is full."""
    pid = product.pids()["web"]
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in family:
        process.rlimit(psutil.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    until = time.monotonic() + seconds
    yield
    time.sleep(max(0.0, until - time.monotonic()))
    for process in family:
        process.rlimit(psutil.RLIMIT_FSIZE, WITHOUT_LIMIT)


TROUBLES = {
    "engine killed": (ended, "engine", signal.SIGKILL),
    "web killed": (ended, "web", signal.SIGKILL),
}
if "FAULTS" in os.environ:  # `make faults`
    for name in ("engine", "web", "redis", "worker", "sweeper"):
        TROUBLES[f"{name} killed"] = (ended, name, signal.SIGKILL)
        TROUBLES[f"{name} stopped"] = (ended, name, signal.SIGTERM)
    TROUBLES["database locked for 10 s"] = (locked, 10)
    TROUBLES["database locked for 30 s"] = (locked, 30)
    TROUBLES["disk full for 10 s"] = (full, 10)
ROUNDS = int(os.environ.get("FAULTS") or 1)


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("trouble", TROUBLES)
def test_of_sentences_typed_meanwhile_none_is_lost_and_none_counts_twice(
    product, someone, trouble, turn
):
    before = len(product.rows(EATEN))
    page = someone(f"{trouble.replace(' ', '')}{turn}")
    session = open_talk(page).replace("-", "")
    wait_for_turn(page, "coach", ".")
    field = page.locator("[data-composer] textarea")
    fail, *how = TROUBLES[trouble]
    with contextlib.ExitStack() as stack:
        for number, food in enumerate(FOODS):
            field.fill(f"I had a {food}")
            field.press("Enter")
            if number == 1:
                stack.enter_context(fail(product, *how))
            time.sleep(0.7)
    expect(page.locator("main")).to_have_attribute("data-state", "listening", timeout=90_000)
    missing = _until_told(product, page, before)
    said = [row["text"] for row in product.rows(TURNS, session)]
    assert sorted(said) == sorted(f"I had a {food}" for food in FOODS)
    eaten = [row["name"].lower() for row in product.rows(EATEN)[before:]]
    for food in FOODS:
        found = [name for name in eaten if food in name]
        assert len(found) == (food not in missing), (food, eaten, missing)


def _until_told(product: Product, page, before: int) -> list[str]:
    """The foods that are not in the diary; of them the coach has told."""
    until = time.monotonic() + 60
    while True:
        eaten = [row["name"].lower() for row in product.rows(EATEN)[before:]]
        missing = [food for food in FOODS if not any(food in name for name in eaten)]
        # One answer may tell of several that were typed together.
        told = any(words in said for said in turns(page, "coach") for words in NOT_DONE)
        if told or not missing:
            return missing
        assert time.monotonic() < until, (missing, turns(page, "coach"))
        time.sleep(0.5)
