"""One outcome of a case, whoever was first. Run by test_races_postgres.py, as `races.py`.

What comes second starts while the first has not committed: in every order that there is.
"""

import threading
import time as wall

import pytest
from django.db import connection, connections, transaction

from coach.errors import CoachError
from coach.talk.actions import end_session
from handoff import actions
from handoff.models import Escalation
from tests.handoff.races import together
from tests.support.laws import broken_laws, one_owner

State = Escalation.State
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks"),
]


def before_it_commits(first, second):
    """`second` begins when `first` has written, and before it commits: whether it was refused."""
    refused = []

    def run():
        try:
            second()
        except CoachError as error:
            refused.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        wait_for_a_lock(thread)
    thread.join(timeout=20)
    assert not thread.is_alive()
    return bool(refused)


def wait_for_a_lock(thread):
    until = wall.monotonic() + 20
    while thread.is_alive() and wall.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        wall.sleep(0.01)
    raise AssertionError("the second did not wait for the first")


@pytest.fixture
def case(make_session):
    return actions.raise_escalation(make_session(), "ASK", 3, "x")


@pytest.fixture
def ringing(case, make_expert):
    make_expert("Asha")
    (offer,) = actions.dispatch(case)
    return offer


@pytest.fixture
def passed_on(case, make_expert):
    asha, bea = make_expert("Asha"), make_expert("Bea")
    actions.claim(case, asha)
    actions.take_floor(case, asha, "text")
    return actions.transfer(case, asha, bea)


def hand_back(case):
    case.refresh_from_db()
    actions.hand_back(case, case.owner, "note", "advised")


ENDS = {
    "it is taken back": lambda case: actions.cancel(case),
    "its talk ends": lambda case: end_session(case.session),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_is_accepted_as_it_ends_is_refused(ringing, end):
    case = ringing.escalation
    assert before_it_commits(
        lambda: ENDS[end](case), lambda: actions.accept(ringing, ringing.expert)
    )
    assert broken_laws() == []
    ringing.refresh_from_db()
    assert ringing.state == "canceled"


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_as_it_is_accepted_has_an_owner_no_more_or_to_follow_up(ringing, end):
    case = ringing.escalation
    before_it_commits(lambda: actions.accept(ringing, ringing.expert), lambda: ENDS[end](case))
    assert broken_laws() == []
    case.refresh_from_db()
    assert case.state in (State.CANCELLED, State.FOLLOW_UP)


def test_what_is_handed_back_as_a_colleague_accepts_has_one_outcome(passed_on):
    case = passed_on.escalation
    assert before_it_commits(
        lambda: hand_back(case), lambda: actions.accept(passed_on, passed_on.expert)
    )
    assert broken_laws() == []
    case.refresh_from_db()
    assert (case.state, case.owner) == (State.RESOLVED, passed_on.passed_by)


def test_what_a_colleague_accepts_as_it_is_handed_back_is_theirs(passed_on):
    case, asha = passed_on.escalation, passed_on.passed_by
    assert before_it_commits(
        lambda: actions.accept(passed_on, passed_on.expert),
        lambda: actions.hand_back(case, asha, "note", "advised"),
    )
    assert broken_laws() == []
    case.refresh_from_db()
    assert (case.state, case.owner) == (State.ASSIGNED, passed_on.expert)


def test_the_laws_look_at_one_moment(case, make_session, make_expert):
    """A case that is closed between the two reads of a law has broken none."""
    asha = make_expert("Asha")
    actions.claim(case, asha)
    with closed_after_the_offers_are_read(case):
        [found] = one_owner()
    assert found.endswith(f"is resolved, and accepted by [{asha.pk}]")
    other = actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), asha)
    with closed_after_the_offers_are_read(other):
        assert broken_laws() == []
    other.refresh_from_db()
    assert other.state == State.RESOLVED


def closed_after_the_offers_are_read(case):
    """The next time that this connection reads offers, somebody else closes the case."""
    done = []

    def watch(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if 'FROM "handoff_offer"' in sql and not done:
            done.append(case)
            together(lambda: hand_back(case))
        return answer

    return connection.execute_wrapper(watch)
