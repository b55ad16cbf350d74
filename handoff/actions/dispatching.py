"""Offer waiting escalations to experts.

Who waits and who is there is read before any lock; what is written is checked again under it. A
call that nobody can take writes nothing, however long it waits.
"""

from collections.abc import Callable, Hashable
from datetime import datetime

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from handoff import assignment
from handoff.actions import transitions
from handoff.actions.capacity import load_of
from handoff.actions.roster import CALLING, Call, Roster, anybody_calls, calls, candidate, case_of
from handoff.actions.transitions import State
from handoff.models import Escalation, Expert, Offer
from handoff.timeouts import OFFER_LIFE

MOST_AT_ONCE = 50


def dispatch(escalation: Escalation) -> list[Offer]:
    """Offer `escalation` to whoever should be asked now; returns the new offers.

    Safe to call at any time and by several processes at once: a row that another one has locked or
    changed is skipped, and one that needs nothing stays as it is.
    """
    at = clock.now()
    for call in calls(at, escalation.pk):
        plan = call.plan(Roster.read(at), at)
        if plan.experts:
            return _offer_to(call, plan, at)
    return []


def dispatch_queue(
    at: datetime | None = None, attempt: Callable[[Escalation], object] = dispatch
) -> int:
    """Offer all that waits at `at` (default: now), most urgent first, so that nobody is overtaken.

    Only calls that somebody could take are given to `attempt`: at most `MOST_AT_ONCE`, since other
    timers wait meanwhile. Returns how many those were.
    """
    at, tried = at or clock.now(), 0
    if not anybody_calls():
        return 0
    roster = Roster.read(at)
    if not roster.has_room():
        return 0
    nobody_for: set[Hashable] = set()  # places are only given out here, so this holds for the walk
    for call in calls(at):
        if (kind := call.kind(at)) in nobody_for:
            continue
        experts = call.plan(roster, at).experts
        if experts:
            roster.count(experts)
            attempt(call.row)
            tried += 1
            if tried == MOST_AT_ONCE:
                break
        else:
            nobody_for.add(kind)
    return tried


@transaction.atomic
def _offer_to(call: Call, plan: assignment.Plan, at: datetime) -> list[Offer]:
    """Make the planned offers, unless the row has changed since it was read."""
    row = (
        Escalation.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=call.row.pk, state__in=CALLING, last_event=call.row.last_event)
        .first()
    )
    if row is None:
        return []
    offers = [offer for pk in plan.experts if (offer := _offer(row, pk, plan.ring, at))]
    if offers:
        transitions.move(
            row,
            "offered",
            at=at,
            state=State.OFFERED,
            ring=plan.ring,
            ring_since=at,
            next_action_at=at,  # each walk looks at it, as long as it calls
            offered_at=row.offered_at or at,
        )
    return offers


def _offer(row: Escalation, expert_pk: int, ring: int, at: datetime) -> Offer | None:
    """Make the offer to one expert, after looking again under the lock of their row."""
    expert = (
        Expert.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=expert_pk, active=True, status=Expert.Status.AVAILABLE, lease_until__gt=at)
        .first()
    )
    if expert is None or not _still_has_room(row, expert, ring):
        return None
    offer = Offer.objects.create(
        escalation=row,
        expert=expert,
        ring=ring,
        created_at=at,
        expires_at=at + OFFER_LIFE[row.tier],
    )
    publish(expert.group, wire.OfferMade(offer.pk))
    return offer


def _still_has_room(row: Escalation, expert: Expert, ring: int) -> bool:
    ringing = expert.offers.filter(state=Offer.State.PENDING).count()
    fresh = candidate(expert, owned=load_of(expert), spoken=False, ringing=ringing)
    return assignment.has_room(case_of(row), fresh, ring)
