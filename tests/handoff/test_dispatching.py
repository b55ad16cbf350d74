"""A call rings at once however many wait and however long the past is; waiting writes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coach.talk.actions import end_session
from handoff import actions, sweeper
from handoff.actions import dispatching
from handoff.actions.roster import CALLING
from handoff.models import OWNED_STATES, Escalation, Expert, Offer

State = Escalation.State
FREE = (State.QUEUED, State.OFFERED, State.PARKED)  # which nobody has: see I1 of the laws
pytestmark = pytest.mark.django_db


def statements(do):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        do()
    return [query["sql"] for query in captured if not query["sql"].startswith("SAVEPOINT")]


def writes(sql):
    return [line for line in sql if line.startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.fixture
def fill(make_session, time):
    """Waiting calls of members, `number` of them, at `tier`."""

    def make(number, tier=3):
        return [actions.raise_escalation(make_session(), "ASK", tier, "x") for _ in range(number)]

    return make


@pytest.mark.parametrize(
    ("state", "owned"),
    [
        *((state, False) for state in State if state not in OWNED_STATES),
        *((state, True) for state in State if state not in FREE),
    ],
)
def test_a_row_tells_as_the_query_does_whether_it_rings(fill, asha, state, owned):
    (case,) = fill(1)
    owner = asha if owned else None
    fields = {"state": state, "owner": owner, "note_for_coach": "She is well."}
    Escalation.objects.filter(pk=case.pk).update(**fields)
    case.refresh_from_db()
    assert case.rings == Escalation.objects.filter(CALLING).exists()


def test_nobody_is_there_so_waiting_costs_the_same_for_all_and_writes_nothing(fill, time):
    fill(2)
    few = statements(actions.dispatch_queue)
    fill(30)
    time.advance(minutes=20)  # every ring is reached
    many = statements(actions.dispatch_queue)
    assert len(few) == len(many)
    assert writes(many) == []


def test_everybody_is_full_so_waiting_writes_nothing(fill, make_expert, time):
    full = make_expert(capacity=1)
    (taken,) = fill(1)
    actions.claim(taken, full)
    fill(20)
    time.advance(minutes=20)
    actions.touch_presence(full)
    assert writes(statements(actions.dispatch_queue)) == []


def test_one_call_is_dispatched_by_as_many_statements_whatever_the_past(fill, asha, time):
    def dispatch():
        (row,) = fill(1)
        sql = statements(lambda: actions.dispatch(row))
        (offer,) = row.offers.all()
        actions.decline(offer, asha)
        Escalation.objects.filter(pk=row.pk).update(state=State.CANCELLED, resolved_at=time.now())
        return sql

    first = dispatch()
    for _ in range(10):
        dispatch()
    assert len(dispatch()) == len(first)


def test_a_call_of_a_lower_tier_is_rung_though_hundreds_wait_for_somebody_else(
    fill, make_session, make_expert
):
    """Who cannot be served now does not stand before whom somebody is free for."""
    fill(sweeper.BATCH + 10, tier=1)
    Escalation.objects.update(language="ko")
    waiting = actions.raise_escalation(make_session(), "ASK", 4, "x")
    asha = make_expert()
    sweeper.sweep_once()
    assert [offer.escalation for offer in Offer.objects.filter(expert=asha)] == [waiting]


def test_a_late_emergency_to_follow_up_rings_before_all_who_call_now(make_session, asha, time):
    """Tiers are strict over all that waits: also when the member has left the talk."""
    left = make_session()
    late = actions.raise_escalation(left, "SI-3", 0, "x")
    calling = actions.raise_escalation(make_session(), "MED-S", 2, "x")
    end_session(left)
    time.advance(hours=5)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    late.refresh_from_db()
    assert late.state == State.FOLLOW_UP
    assert [offer.escalation for offer in Offer.objects.all()] == [late]
    taken = actions.accept(Offer.objects.get(), asha)
    assert (taken.state, taken.owner) == (State.ASSIGNED, asha)
    sweeper.sweep_once()
    assert calling.offers.exists()


def ring_unanswered(time, experts, seconds):
    """Let a walk come each second, while nobody answers; the seconds in which nothing rang."""
    silent = 0
    for _ in range(seconds):
        time.advance(seconds=1)
        for expert in experts:
            actions.touch_presence(expert)
        sweeper.sweep_once()
        silent += not Offer.objects.filter(state=Offer.State.PENDING).exists()
    return silent


@pytest.mark.parametrize("member_leaves", [False, True])
def test_an_emergency_rings_as_long_as_nobody_has_it(
    make_session, make_expert, time, member_leaves
):
    """Whoever missed it is rung again, also when the desk no longer takes them for present."""
    experts = [make_expert(f"E{number}") for number in range(2)]
    session = make_session()
    late = actions.raise_escalation(session, "SI-3", 0, "x")
    if member_leaves:
        end_session(session)
    assert ring_unanswered(time, experts, 90) == 0
    assert {e.status for e in Expert.objects.all()} == {Expert.Status.UNRESPONSIVE}
    for expert in experts:
        assert late.offers.filter(expert=expert).count() >= 5
    ringing = late.offers.filter(state=Offer.State.PENDING).first()
    actions.accept(ringing, ringing.expert)
    assert Expert.objects.get(pk=ringing.expert_id).status == Expert.Status.AVAILABLE


def test_who_knows_the_member_and_is_busy_is_waited_for_twenty_seconds(
    session, make_session, make_expert, time
):
    asha, bea = make_expert("Asha", capacity=1), make_expert("Bea")
    known = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), asha)
    actions.hand_back(known, asha, "Iron was discussed.", "advised")
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), asha)
    call = actions.raise_escalation(session, "ASK", 3, "x")
    assert call.preferred == asha
    time.advance(seconds=19)
    sweeper.sweep_once()
    assert not call.offers.exists()
    time.advance(seconds=1)
    sweeper.sweep_once()
    assert call.offers.get().expert == bea


def test_what_rings_gives_way_to_a_graver_call(fill, make_expert):
    one = make_expert(capacity=1)
    (later,) = fill(1)
    actions.dispatch_queue()
    (grave,) = fill(1, tier=1)
    actions.dispatch_queue()
    assert Offer.objects.get(state=Offer.State.PENDING).escalation == grave
    later.refresh_from_db()
    assert (later.state, later.offers.get().state) == (State.QUEUED, Offer.State.WITHDRAWN)
    one.refresh_from_db()
    assert one.missed_offers == 0
    actions.decline(grave.offers.get(), one)
    actions.dispatch_queue()
    assert Offer.objects.get(state=Offer.State.PENDING).escalation == later


def test_what_began_to_ring_for_a_later_tier_meanwhile_gives_way_in_the_next_walk(
    fill, make_expert
):
    one = make_expert(capacity=1)
    (later,), (grave,) = fill(1), fill(1, tier=1)

    def meanwhile(row, step):
        if not later.offers.exists():  # another process rang for it since this one has read
            later.offers.create(
                expert=one, ring=1, created_at=row.created_at, expires_at=row.created_at
            )
            Escalation.objects.filter(pk=later.pk).update(state=State.OFFERED)
        assert step() == []

    actions.dispatch_queue(attempt=meanwhile)
    assert not grave.offers.exists()
    actions.dispatch_queue()
    assert Offer.objects.get(state=Offer.State.PENDING).escalation == grave
    assert later.offers.get().state == Offer.State.WITHDRAWN


def test_to_ring_at_many_desks_asks_no_more_than_to_ring_at_one(fill, make_expert, time):
    asked = []
    for experts in (1, 4):
        for number in range(experts):
            make_expert(f"E{experts}{number}")
        (row,) = fill(1, tier=0)
        asked.append(len(statements(lambda row=row: actions.dispatch(row))))
        assert row.offers.count() == experts
        Expert.objects.update(active=False)
    assert asked[0] == asked[1] <= 20


def test_what_was_found_after_the_end_of_a_talk_is_to_be_followed_up(make_session, asha):
    session = make_session()
    end_session(session)
    found = actions.raise_escalation(session, "SI-3", 0, "x")
    assert found.state == State.FOLLOW_UP
    actions.dispatch_queue()
    assert found.offers.exists()


def test_places_are_given_out_in_order_and_only_once(fill, make_expert):
    experts = [make_expert(f"E{number}", capacity=3) for number in range(2)]
    late, grave = fill(6, tier=3), fill(1, tier=1)
    actions.dispatch_queue()
    # P1 rings at both, and as long as it does nobody is asked for anything later.
    assert set(Offer.objects.values_list("escalation", flat=True)) == {grave[0].pk}
    actions.accept(Offer.objects.filter(expert=experts[0]).get(), experts[0])
    actions.dispatch_queue()
    rung = Offer.objects.filter(state=Offer.State.PENDING)
    # Each keeps one place for an emergency.
    assert set(rung.values_list("escalation", flat=True)) == {row.pk for row in late[:3]}
    assert rung.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"status": Expert.Status.AWAY},
        {"active": False},
        {"lease_until": None},
        {"capacity": 1, "status": Expert.Status.AVAILABLE},
    ],
)
def test_what_changed_between_reading_and_writing_is_seen_under_the_lock(
    fill, asha, monkeypatch, change
):
    (taken, waiting) = fill(2)
    actions.claim(taken, asha)
    make = dispatching._offer_to

    def meanwhile(*args):
        Expert.objects.filter(pk=asha.pk).update(**change)
        return make(*args)

    monkeypatch.setattr(dispatching, "_offer_to", meanwhile)
    assert actions.dispatch(waiting) == []
    assert not waiting.offers.exists()


def test_a_call_that_was_taken_meanwhile_rings_at_nobody(fill, asha, make_expert, monkeypatch):
    bea = make_expert("Bea")
    (waiting,) = fill(1)
    make = dispatching._offer_to

    def meanwhile(*args):
        actions.claim(waiting, bea)
        return make(*args)

    monkeypatch.setattr(dispatching, "_offer_to", meanwhile)
    assert actions.dispatch(waiting) == []
    assert waiting.offers.filter(state=Offer.State.PENDING).count() == 0


@pytest.mark.parametrize("taken", [False, True])
def test_nothing_gives_way_for_a_call_that_cannot_ring(fill, make_expert, monkeypatch, taken):
    one, bea = make_expert(capacity=1), make_expert("Bea", domains=["language"])
    (later,) = fill(1)
    (offer,) = actions.dispatch(later)
    (grave,) = fill(1, tier=1)
    ring = dispatching._ring

    def meanwhile(*args):
        if taken:
            actions.claim(grave, bea)
        else:
            actions.drain(one)
        return ring(*args)

    monkeypatch.setattr(dispatching, "_ring", meanwhile)
    actions.dispatch(grave)
    offer.refresh_from_db()
    assert offer.state == Offer.State.PENDING


def test_who_rings_still_and_went_away_counts_as_asked(fill, asha, make_expert):
    """A second expert is rung when the first offer ends, and not because the first one left."""
    (waiting,) = fill(1)
    assert len(actions.dispatch(waiting)) == 1
    Expert.objects.update(status=Expert.Status.AWAY)
    make_expert("Bea")
    assert actions.dispatch(waiting) == []
