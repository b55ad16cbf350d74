"""However long a practice has been running, no page asks more of the database: all are tried."""

import logging
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import transaction

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from tests.bench.practice.fill import fill
from tests.bench.practice.sizes import SMALL_M, S
from tests.bench.practice.survey import survey

pytestmark = pytest.mark.django_db  # else no database is made

MOST = 40  # queries of one page
# What is asked once a process, once a day, or at the first look at a case.
FIRST = (
    *("home", "talk:start", "nutrition:diary", "lessons:catalogue"),
    *("handoff:desk", "handoff:case", "admin:index"),
)
# Forms and lists of changes are one view for all models; the rest counts all that would be deleted,
# or sends all that there is.
LEFT_OUT = ("_add", "_history", "_delete", "_export")


def is_page(page):
    return not page.view.startswith("admin:") or not page.view.endswith(LEFT_OUT)


@contextmanager
def silence():
    """What a page that is refused writes into the log is not looked at here."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def practices(django_db_setup, django_db_blocker):
    """What stood in the way, and how often each page asked in a small and in a larger practice."""
    faults, asked = [], {}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), silence():
        patch.setattr(store, "load_index", index_from_files)
        # An asynchronous view would close the connection that all of it stands on.
        patch.setattr("channels.db.close_old_connections", lambda: None)
        for size in (S, SMALL_M):
            with transaction.atomic():
                fill(size)
                list(survey([], only=lambda page: page.view in FIRST))
                for page, seen in survey(faults, only=is_page):
                    asked.setdefault(page.view, []).append(seen.queries)
                transaction.set_rollback(True)
            for cache in caches.all(initialized_only=True):
                cache.clear()
    return faults, asked


@pytest.mark.timeout(900)  # the first of these tests waits for the pages of both
def test_every_page_can_be_opened_by_whom_it_is_for(practices):
    faults, asked = practices
    assert faults == []
    assert len(asked) > 150


def test_no_page_asks_more_of_a_larger_practice(practices):
    _faults, asked = practices
    assert {view: counts for view, counts in asked.items() if counts[-1] > counts[0]} == {}


def test_no_page_asks_more_than_forty_times(practices):
    _faults, asked = practices
    assert {view: counts for view, counts in asked.items() if max(counts) > MOST} == {}
