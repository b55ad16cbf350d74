"""The laws of the desk's rows: each sees what breaks it, and nothing in rows that verbs wrote."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.talk.actions import end_session, record_turn
from coach.talk.models import Session, Turn
from handoff import actions
from handoff.models import Escalation, EscalationEvent, Expert, Offer, ServiceClock
from tests.support.laws import broken_laws, left_lying

pytestmark = pytest.mark.django_db
LATE = timedelta(seconds=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def rows(make_session, make_expert):
    """A case that its expert writes in, and one that rings."""
    asha = make_expert("Asha", capacity=2)
    session = make_session()
    record_turn(session, "coach", "Hi.", item_id="k1")
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "Hello.", "c1")
    ringing = actions.raise_escalation(make_session(), "MED-U", 1, "x")
    actions.dispatch(ringing)
    assert ringing.offers.filter(state="pending").exists()


def coach_spoke_meanwhile():
    epoch = Turn.objects.get(speaker="expert").floor_epoch
    Turn.objects.filter(speaker="coach").update(floor_epoch=epoch)


def nobody_lowered_it():
    event = EscalationEvent.objects.filter(kind="first_word").get()
    EscalationEvent.objects.filter(pk=event.pk).update(
        changes={**event.changes, "tier": 4}, actor=None
    )


def ran_out_early():
    offer = Offer.objects.filter(state="pending").get()
    Offer.objects.filter(pk=offer.pk).update(
        state="timed_out", answered_at=offer.created_at, ended_at=offer.created_at
    )


BREAKS = {
    "I1: case": lambda: Offer.objects.filter(state="accepted").update(ended_at=None, state="lost"),
    "I4: expert": lambda: Expert.objects.update(capacity=0),
    "I5: talk": coach_spoke_meanwhile,
    "I6: talk": lambda: Session.objects.update(last_seq=99),
    "I7: case": lambda: Escalation.objects.filter(state="active").update(
        first_human_at=None, wrap_at=LONG_AGO
    ),
    "I8: case": lambda: Escalation.objects.filter(state="active").update(reason="another"),
    "I8: case 1 was lowered": nobody_lowered_it,
    "I11: offer": lambda: Expert.objects.update(languages={"de": "fluent"}),
    "I13: offer": ran_out_early,
    "I14: offer": lambda: Escalation.objects.filter(state="offered").update(state="queued"),
    "clocks: case": lambda: ServiceClock.objects.update(stopped_at=LONG_AGO, next_at=None),
}


def test_what_verbs_have_written_keeps_every_law(rows):
    assert broken_laws() == []
    assert left_lying(LATE) == []


@pytest.mark.parametrize("told", BREAKS)
def test_what_breaks_a_law_is_told(rows, told):
    BREAKS[told]()
    first = Escalation.objects.order_by("pk")[0].pk
    told = told.replace("case 1", f"case {first}")
    assert any(found.startswith(told) for found in broken_laws()), broken_laws()


def test_what_a_timer_has_left_lying_is_told(rows, time):
    time.advance(seconds=31)
    found = left_lying(LATE)
    assert any("rung beyond its time" in one for one in found)
    assert any("somebody who is gone" in one for one in found)


def test_a_clock_that_strikes_unheard_is_told(rows, time):
    time.advance(seconds=30)
    assert not any("unheard" in one for one in left_lying(LATE))
    time.advance(hours=1)
    assert any("unheard" in one for one in left_lying(LATE))


@pytest.mark.parametrize("talk_ends", [False, True])
def test_who_waits_although_somebody_is_free_is_told(make_session, make_expert, time, talk_ends):
    session = make_session()
    actions.raise_escalation(session, "ASK", 3, "x")
    if talk_ends:
        end_session(session)
    time.advance(seconds=5)
    assert left_lying(LATE) == []
    make_expert("Asha")
    time.advance(seconds=5)
    assert any("rings nowhere" in one for one in left_lying(LATE))
