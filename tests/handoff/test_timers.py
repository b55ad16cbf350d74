"""What happens when nobody does anything, one timer at a time, and that each looks again first."""

import pytest

from coach.errors import Refused
from coach.talk.actions import end_session
from handoff import actions, sweeper
from handoff.actions import timers
from handoff.models import Escalation, Expert, Offer, Outbox
from handoff.timeouts import LEASE, OFFER_LIFE, PARKED, TARGET

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


# --- parked, to follow up -------------------------------------------------------------------------


def test_a_parked_call_is_followed_up_and_late_if_nobody_takes_it(call, asha, time):
    escalation = actions.claim(call(), asha)
    actions.park(escalation, asha)
    timers.parked_too_long(escalation)
    assert call().state == State.PARKED
    time.advance(seconds=PARKED.total_seconds() + 1)
    timers.parked_too_long(escalation)
    assert call().state == State.FOLLOW_UP
    assert not Outbox.objects.exists()
    time.advance(seconds=TARGET[2].total_seconds() + 1)
    for _walk in range(2):
        sweeper.sweep_once()
    assert Outbox.objects.filter(kind=Outbox.Kind.OVERDUE).count() == 1


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


def test_a_voice_that_parks_the_case_leaves_the_member_with_another(call, session, asha):
    escalation = actions.take_floor(actions.claim(call(), asha), asha, "voice")
    actions.park(escalation, asha)
    assert [line.spoken for line in session.directives.all()] == [
        "I am with you again. You can talk to me."
    ]


@pytest.mark.parametrize("verb", [actions.go_away, actions.drain, actions.go_offline])
def test_a_colleague_who_takes_nothing_new_is_not_asked(call, asha, make_expert, verb):
    bea = make_expert("Bea")
    verb(bea)
    escalation = actions.claim(call(), asha)
    with pytest.raises(Refused, match="not at the desk"):
        actions.transfer(escalation, asha, bea)


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
