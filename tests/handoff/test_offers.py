"""Who is asked, who takes it, and who gets it next."""

import pytest

from coach.errors import Conflict, Refused
from coach.talk.actions import claim_directives
from coach.talk.models import Floor
from handoff import actions
from handoff.models import Escalation, Expert, Offer

State = Escalation.State
pytestmark = pytest.mark.django_db


def test_dispatch_offers_to_who_is_there(session, asha, make_expert, pushes):
    make_expert("Away", here=False)
    make_expert("German", languages={"de": "fluent"})
    make_expert("Teacher", domains=["language"])
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    (offer,) = actions.dispatch(escalation)
    assert offer.expert == asha
    escalation.refresh_from_db()
    assert escalation.state == State.OFFERED
    assert actions.dispatch(escalation) == []


def test_accept_rescinds_the_others(session, asha, make_expert):
    bea = make_expert("Bea")
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    offers = {offer.expert_id: offer for offer in actions.dispatch(escalation)}
    assert set(offers) == {asha.pk, bea.pk}
    actions.accept(offers[bea.pk], bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ASSIGNED, bea)
    assert Offer.objects.get(expert=asha).state == Offer.State.RESCINDED
    with pytest.raises(Conflict):
        actions.accept(offers[asha.pk], asha)
    with pytest.raises(Conflict):
        actions.claim(escalation, asha)


def test_nobody_accepts_for_somebody_else(session, asha, make_expert):
    (offer,) = actions.dispatch(actions.raise_escalation(session, "ASK", 3, "x"))
    with pytest.raises(Refused):
        actions.accept(offer, make_expert("Bea"))


def test_accepting_late_fails_cleanly(session, asha, time):
    (offer,) = actions.dispatch(actions.raise_escalation(session, "ASK", 3, "x"))
    time.advance(seconds=61)
    with pytest.raises(Conflict):
        actions.accept(offer, asha)
    escalation = Escalation.objects.get()
    assert escalation.owner is None
    assert Offer.objects.get().state == Offer.State.PENDING  # the sweeper ends it


def test_decline_asks_somebody_else(session, asha, make_expert, time):
    bea = make_expert("Bea")
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    (offer,) = actions.dispatch(escalation)
    actions.decline(offer, offer.expert, "lunch")
    escalation.refresh_from_db()
    assert escalation.state == State.QUEUED
    (other,) = actions.dispatch(escalation)
    assert {offer.expert, other.expert} == {asha, bea}
    actions.decline(other, other.expert)
    assert actions.dispatch(escalation) == []
    time.advance(minutes=5)
    actions.touch_presence(asha)
    assert len(actions.dispatch(escalation)) == 1


def test_two_missed_offers_make_an_expert_unresponsive(make_session, asha, time):
    for _ in range(2):
        (offer,) = actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x"))
        actions.touch_presence(asha)
        time.advance(seconds=61)
        actions.touch_presence(asha)
        assert actions.expire(offer)
        assert not actions.expire(offer)
        Escalation.objects.update(next_action_at=time.now())
        Escalation.objects.filter(state="queued").update(state="cancelled")
    asha.refresh_from_db()
    assert asha.status == Expert.Status.UNRESPONSIVE
    assert actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x")) == []
    actions.go_available(asha)
    assert asha.missed_offers == 0


def test_capacity_holds(make_session, make_expert):
    one = make_expert(capacity=1)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), one)
    other = actions.raise_escalation(make_session(), "ASK", 3, "x")
    assert actions.dispatch(other) == []
    with pytest.raises(Refused, match="as many"):
        actions.claim(other, one)


def test_one_place_is_kept_for_emergencies(make_session, make_expert):
    two = make_expert(capacity=2)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), two)
    assert actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x")) == []
    assert len(actions.dispatch(actions.raise_escalation(make_session(), "MED-U", 1, "x"))) == 1


def test_a_spoken_conversation_takes_all_of_an_expert(make_session, make_expert):
    expert = make_expert(capacity=3)
    escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
    actions.claim(escalation, expert)
    actions.take_floor(escalation, expert, "voice")
    assert actions.dispatch(actions.raise_escalation(make_session(), "MED-U", 1, "x")) == []


def test_release_goes_to_the_head_and_tells_the_member(session, with_expert, asha, make_session):
    older = actions.raise_escalation(make_session(), "ASK", 3, "x")
    older.clocks.filter(kind="accept").update(due_at=older.created_at)
    escalation = with_expert()
    actions.release(escalation, asha, "shift is over")
    escalation.refresh_from_db()
    session.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.QUEUED, None)
    assert session.floor == Floor.COACH_WAITING
    assert "had to leave" in session.turns.last().text
    assert Escalation.objects.filter(state="queued").in_order().first() == escalation


def test_lost_lease_returns_to_safety_hold(session, with_expert, asha, time):
    escalation = with_expert(0, "SI-3")
    assert not actions.lose(escalation)
    time.advance(seconds=31)
    assert actions.lose(escalation)
    assert not actions.lose(escalation)
    session.refresh_from_db()
    escalation.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    assert (escalation.state, escalation.at_head) == (State.QUEUED, True)
    assert "lost the connection to Asha" in session.turns.last().text
    assert "was lost" in claim_directives(session)[-1].spoken


def test_who_takes_over_from_a_voice_has_not_spoken_yet(session, asha, make_expert):
    bea = make_expert("Bea")
    case = actions.claim(actions.raise_escalation(session, "ASK", 2, "x"), asha)
    actions.take_floor(case, asha, "voice")
    case = actions.accept(actions.transfer(case, asha, bea), bea)
    assert (case.state, case.owner, case.mode) == (State.ASSIGNED, bea, Escalation.Mode.NONE)


def test_transfer_keeps_the_owner_until_the_colleague_accepts(with_expert, asha, make_expert):
    escalation = with_expert()
    bea = make_expert("Bea")
    actions.decline(actions.transfer(escalation, asha, bea), bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ACTIVE, asha)
    actions.accept(actions.transfer(escalation, asha, bea), bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ASSIGNED, bea)
    assert Offer.objects.filter(state="accepted", ended_at=None).get().expert == bea
