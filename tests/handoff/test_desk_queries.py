"""What the desk reads of the database: little, and no more for a long queue than for a short."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handoff import actions
from handoff.models import Expert

pytestmark = pytest.mark.django_db
BRIEF = '"talk_session"."brief"'


@pytest.fixture
def statements():
    with CaptureQueriesContext(connection) as caught:
        yield lambda: [query["sql"] for query in caught.captured_queries]


@pytest.mark.parametrize("name", ["desk", "queue", "offers"])
@pytest.mark.parametrize("supervisor", [False, True])
def test_the_briefs_of_talks_stay_where_they_are(
    name, supervisor, client, make_session, make_expert, statements
):
    """A brief is 8 kB, and the queue is fetched again at each change by every page."""
    asha, bea = make_expert("Asha", supervisor=supervisor), make_expert("Bea")
    cases = [actions.raise_escalation(make_session(), "ASK", 3, "x") for _ in range(4)]
    actions.claim(cases[0], asha)
    actions.claim(cases[1], bea)
    actions.dispatch(cases[2])
    client.force_login(asha.user)
    before = len(statements())
    assert client.get(reverse(f"handoff:{name}")).status_code == 200
    assert not [sql for sql in statements()[before:] if BRIEF in sql]


def test_a_verb_that_says_nothing_for_the_coach_reads_no_brief(session, asha, statements):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    before = len(statements())
    actions.dispatch(case)
    actions.claim(case, asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "hello", "c1")
    actions.release(case, asha)
    assert not [sql for sql in statements()[before:] if BRIEF in sql]
    assert Expert.objects.get().missed_offers == 0
