"""Rows are locked in one order everywhere: session, escalation, expert, offer."""

import pytest
from django.db import connection

from handoff import actions
from handoff.actions import locks
from handoff.models import Expert, Offer

pytestmark = pytest.mark.django_db

VERBS = {
    "expire": lambda case, offer, asha, bea: actions.expire(offer),
    "decline": lambda case, offer, asha, bea: actions.decline(offer, offer.expert),
    "accept": lambda case, offer, asha, bea: actions.accept(offer, offer.expert),
    "claim": lambda case, offer, asha, bea: actions.claim(case, asha),
    "cancel": lambda case, offer, asha, bea: actions.cancel(case),
    "release": lambda case, offer, asha, bea: actions.release(case, asha),
    "park": lambda case, offer, asha, bea: actions.park(case, asha),
    "lose": lambda case, offer, asha, bea: actions.lose(case),
    "hand_back": lambda case, offer, asha, bea: actions.hand_back(case, asha, "note", "advised"),
    "take over": lambda case, offer, asha, bea: actions.accept(offer, bea),
    "raise again": lambda case, offer, asha, bea: actions.raise_escalation(
        case.session, "MED-U", 1, "x"
    ),
}
RINGING = ("expire", "decline", "accept", "claim", "cancel")


@pytest.fixture
def touched(monkeypatch):
    """Which of the last two rows a verb locks or writes, in order."""
    seen = []
    lock = locks.lock_expert

    def locked(*pks):
        seen.append("expert")
        return lock(*pks)

    def watch(execute, sql, params, many, context):
        for row in ("expert", "offer"):
            if f'UPDATE "handoff_{row}"' in sql or f'INSERT INTO "handoff_{row}"' in sql:
                seen.append(row)
        return execute(sql, params, many, context)

    monkeypatch.setattr(locks, "lock_expert", locked)
    with connection.execute_wrapper(watch):
        yield seen


@pytest.mark.parametrize("name", VERBS)
def test_no_verb_writes_an_offer_before_it_has_the_expert(
    name, session, asha, make_expert, time, touched
):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    bea = make_expert("Bea", here=False)
    if name in RINGING:
        (offer,) = actions.dispatch(case)
    else:
        actions.claim(case, asha)
        actions.take_floor(case, asha, "text")
        actions.go_available(bea)
        offer = actions.transfer(case, asha, bea) if name == "take over" else None
    if name == "raise again":
        actions.park(case, asha)
    if name in ("expire", "lose"):
        time.advance(minutes=5)
    case.refresh_from_db()
    touched.clear()
    VERBS[name](case, offer, asha, bea)
    assert "expert" in touched or name in ("cancel", "raise again")
    if "offer" in touched and "expert" in touched:
        assert touched.index("expert") < touched.index("offer")


def test_experts_are_locked_together_and_a_missing_one_is_an_error(asha, make_expert):
    bea = make_expert("Bea")
    assert locks.lock_expert(bea.pk, asha.pk, None) == bea
    with pytest.raises(Expert.DoesNotExist):
        locks.lock_expert(999_999, asha.pk)
    assert not Offer.objects.exists()
