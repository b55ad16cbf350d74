"""What happens when nobody does anything, one timer at a time, and that each looks again first."""

import pytest

from coach.errors import Refused
from coach.talk.actions import end_session
from handoff import actions, sweeper
from handoff.actions import timers
from handoff.models import Escalation, Expert, Offer, Outbox
from handoff.timeouts import FIRST_WORD, LEASE, OFFER_LIFE, PARKED, REMIND, TARGET

State = Escalation.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(session):
    """A call for a person of P2, and how it stands now."""
    escalation = actions.raise_escalation(session, "MED-S", 2, "x")

    def stands():
        escalation.refresh_from_db()
        return escalation

    return stands


def kinds(escalation):
    return list(escalation.events.values_list("kind", flat=True))


# --- overdue --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tier", "after"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 4)])
def test_overdue_makes_today_soon_and_leaves_the_rest(session, time, tier, after):
    escalation = actions.raise_escalation(session, "SI-3" if tier == 0 else "ASK", tier, "x")
    assert not timers.mark_overdue(escalation)  # in time
    time.advance(seconds=TARGET[tier].total_seconds() + 1)
    assert timers.mark_overdue(escalation)
    assert not timers.mark_overdue(escalation)  # said once
    escalation.refresh_from_db()
    assert (escalation.tier, escalation.overdue, escalation.state) == (after, True, State.QUEUED)
    assert Outbox.objects.get().kind == Outbox.Kind.OVERDUE


def test_a_call_that_was_taken_meanwhile_is_not_overdue(call, asha, time):
    escalation = call()
    time.advance(seconds=TARGET[2].total_seconds() + 1)
    actions.touch_presence(asha)
    actions.claim(escalation, asha)
    assert not timers.mark_overdue(escalation)  # `escalation` is as it was read before
    assert not Outbox.objects.exists()


# --- the first word -------------------------------------------------------------------------------


def test_a_silent_expert_is_warned_and_then_relieved(call, asha, time, pushes):
    escalation = actions.claim(call(), asha)
    timers.first_word_late(escalation)
    assert not call().warned  # not due
    for kind in ("warned", "released"):
        time.advance(seconds=FIRST_WORD[2].total_seconds() + 1)
        actions.touch_presence(asha)
        timers.first_word_late(escalation)
        assert kinds(escalation)[-1] == kind
    assert (call().state, call().owner, call().at_head) == (State.QUEUED, None, True)
    assert not call().warned
    offer = Offer.objects.get(kind=Offer.Kind.CLAIMED)
    assert (offer.state, offer.reason) == (Offer.State.RELEASED, "no first word")


def test_whoever_has_joined_is_not_hurried(call, asha, time):
    escalation = actions.claim(call(), asha)
    actions.take_floor(escalation, asha, "text")
    time.advance(seconds=10 * FIRST_WORD[2].total_seconds())
    timers.first_word_late(escalation)
    assert (call().state, call().owner) == (State.ACTIVE, asha)


# --- parked, to follow up -------------------------------------------------------------------------


def test_a_parked_call_is_followed_up_and_told_again(call, asha, time):
    escalation = actions.claim(call(), asha)
    actions.park(escalation, asha)
    timers.parked_too_long(escalation)
    assert call().state == State.PARKED
    time.advance(seconds=PARKED.total_seconds() + 1)
    timers.parked_too_long(escalation)
    assert call().state == State.FOLLOW_UP
    for told in (1, 2):
        time.advance(seconds=REMIND.total_seconds() + 1)
        timers.remind(escalation)
        timers.remind(escalation)  # the next one is not due
        assert Outbox.objects.count() == told
    assert call().overdue


def test_an_emergency_is_never_parked(session, asha):
    escalation = actions.claim(actions.raise_escalation(session, "SI-3", 0, "x"), asha)
    with pytest.raises(Refused):
        actions.park(escalation, asha)


# --- passing on -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("joined", "state"), [(True, State.ACTIVE), (False, State.ASSIGNED)])
def test_a_transfer_that_nobody_answers_stays_with_its_owner(
    call, asha, make_expert, time, joined, state
):
    bea = make_expert("Bea")
    escalation = actions.claim(call(), asha)
    if joined:
        actions.take_floor(escalation, asha, "text")
    offer = actions.transfer(escalation, asha, bea)
    timers.transfer_stuck(escalation)
    assert call().state == State.TRANSFERRING  # it still rings
    time.advance(seconds=OFFER_LIFE[2].total_seconds() + 1)
    actions.expire(offer)
    assert (call().state, call().owner) == (state, asha)


def test_a_transfer_whose_offer_is_gone_is_noticed(call, asha, make_expert, time):
    bea = make_expert("Bea")
    escalation = actions.claim(call(), asha)
    actions.transfer(escalation, asha, bea)
    Offer.objects.filter(expert=bea).delete()  # as if its row had been lost
    time.advance(seconds=OFFER_LIFE[2].total_seconds() + 1)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    assert (call().state, call().owner) == (State.ASSIGNED, asha)
    assert kinds(call())[-1] == "transfer_ended"


@pytest.mark.parametrize("who", ["herself", "away", "closed"])
def test_only_a_colleague_at_the_desk_is_asked(call, asha, make_expert, who):
    escalation = actions.claim(call(), asha)
    to = {
        "herself": lambda: asha,
        "away": lambda: make_expert("Bea", here=False),
        "closed": lambda: make_expert("Cleo", active=False),
    }[who]()
    with pytest.raises(Refused, match="not at the desk"):
        actions.transfer(escalation, asha, to)
    assert call().state == State.ASSIGNED


# --- presence -------------------------------------------------------------------------------------


def test_a_lease_runs_from_the_last_sign_of_life(asha, time):
    actions.touch_presence(asha)
    asha.refresh_from_db()
    assert asha.lease_until - asha.last_seen_at == LEASE
    assert asha.live(time.now())
    time.advance(seconds=LEASE.total_seconds())
    assert not asha.live(time.now())
    assert not Expert(lease_until=None).live(time.now())


@pytest.mark.parametrize(
    ("verb", "status"),
    [(actions.go_away, "away"), (actions.drain, "draining"), (actions.go_offline, "offline")],
)
def test_whoever_is_not_available_is_not_asked_and_keeps_their_cases(
    make_session, call, asha, verb, status
):
    mine = actions.claim(call(), asha)
    verb(asha)
    assert asha.status == status
    assert actions.dispatch(actions.ask_for_person(make_session())) == []
    mine.refresh_from_db()
    assert mine.owner == asha


def test_an_answer_makes_an_unresponsive_expert_count_anew(call, asha, time):
    Expert.objects.filter(pk=asha.pk).update(missed_offers=1)
    (offer,) = actions.dispatch(call())
    actions.decline(offer, asha)
    asha.refresh_from_db()
    assert asha.missed_offers == 0


def test_what_was_followed_up_by_nobody_is_still_somebodys(session, call, asha, time):
    escalation = actions.claim(call(), asha)
    end_session(session)
    time.advance(seconds=LEASE.total_seconds() + 1)
    assert not actions.lose(escalation)  # to follow up: no lease runs on it
    assert (call().state, call().owner) == (State.FOLLOW_UP, asha)
