"""Offer waiting escalations to experts."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from coach import clock, wire
from coach.after_commit import publish
from handoff import assignment
from handoff.actions import transitions
from handoff.actions.transitions import State
from handoff.models import OWNED_STATES, Escalation, Expert, Offer
from handoff.timeouts import DECLINED_FOR, OFFER_LIFE, RING_STEP

MAX_WALK = 200


@transaction.atomic
def dispatch(escalation: Escalation) -> list[Offer]:
    """Offer `escalation` to whoever should be asked now; returns the new offers.

    Safe to call at any time and by several processes at once: a row that another one has locked is
    skipped, and one that needs nothing stays as it is. Experts who declined lately are asked again
    one step later, when nobody else is left.
    """
    row = (
        Escalation.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=escalation.pk, state__in=(State.QUEUED, State.OFFERED))
        .first()
    )
    if row is None:
        return []
    at = clock.now()
    ring = assignment.widened(row.ring, row.ring_since, row.tier, at)
    again = not _declined_since(row, at - RING_STEP[row.tier])
    plan = assignment.plan(_case(row), _candidates(row, at), ring, again=again)
    offers = [offer for pk in plan.experts if (offer := _offer(row, pk, plan.ring, at))]
    _advance(row, plan.ring, offers, at)
    return offers


def dispatch_queue() -> int:
    """Offer all that waits, most urgent first, so that nobody is overtaken.

    Returns how many offers were made. Looks at no more than `MAX_WALK` rows.
    """
    waiting = Escalation.objects.filter(state=State.QUEUED).in_order()[:MAX_WALK]
    return sum(len(dispatch(row)) for row in waiting)


def _case(row: Escalation) -> assignment.Case:
    return assignment.Case(row.pk, row.tier, row.code, row.domain, row.language, row.preferred_id)


def _candidates(row: Escalation, at: datetime) -> list[assignment.Candidate]:
    experts = Expert.objects.filter(active=True).annotate(
        owned=Count("escalations", filter=Q(escalations__state__in=OWNED_STATES), distinct=True),
        spoken=Count(
            "escalations",
            filter=Q(escalations__state__in=OWNED_STATES, escalations__mode="voice"),
            distinct=True,
        ),
        ringing=Count("offers", filter=Q(offers__state=Offer.State.PENDING), distinct=True),
    )
    asked = set(row.offers.filter(state=Offer.State.PENDING).values_list("expert_id", flat=True))
    declined = _declined_since(row, at - DECLINED_FOR)
    return [
        assignment.Candidate(
            pk=expert.pk,
            domains=frozenset(expert.domains),
            languages=frozenset(expert.languages),
            capacity=expert.capacity,
            load=max(expert.owned, expert.capacity) if expert.spoken else expert.owned,
            available=expert.status == Expert.Status.AVAILABLE and expert.live(at),
            ringing=expert.ringing,
            supervisor=expert.supervisor,
            asked=expert.pk in asked,
            declined=expert.pk in declined,
            idle_since=expert.last_released_at,
        )
        for expert in experts
    ]


def _declined_since(row: Escalation, since: datetime) -> set[int]:
    """Experts who declined, missed or gave back this escalation after `since`."""
    refusals = (Offer.State.DECLINED, Offer.State.TIMED_OUT, Offer.State.RELEASED)
    ended = row.offers.filter(state__in=refusals, ended_at__gt=since)
    return set(ended.values_list("expert_id", flat=True))


def _offer(row: Escalation, expert_pk: int, ring: int, at: datetime) -> Offer | None:
    """Make the offer to one expert, after looking again under the lock of their row."""
    expert = (
        Expert.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=expert_pk, active=True, status=Expert.Status.AVAILABLE, lease_until__gt=at)
        .first()
    )
    if expert is None:
        return None
    fresh = next((c for c in _candidates(row, at) if c.pk == expert_pk), None)
    if fresh is None or fresh.asked or not assignment.has_room(_case(row), fresh, ring):
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


def _advance(row: Escalation, ring: int, offers: list[Offer], at: datetime) -> None:
    """Write where the row stands now and when it must be looked at next."""
    step = row.ring_since + RING_STEP[row.tier]
    if offers or step <= at:
        step = at + RING_STEP[row.tier]
    expiries = row.offers.filter(state=Offer.State.PENDING).values_list("expires_at", flat=True)
    next_at = min([step, *expiries])
    if offers:
        transitions.move(
            row,
            "offered",
            at=at,
            state=State.OFFERED,
            ring=ring,
            ring_since=at,
            next_action_at=next_at,
            offered_at=row.offered_at or at,
        )
    elif ring != row.ring:
        transitions.move(row, "widened", at=at, ring=ring, ring_since=at, next_action_at=next_at)
    else:
        # Nothing to tell anybody: not an event, only the next look.
        Escalation.objects.filter(pk=row.pk).update(next_action_at=next_at)
