"""Offer waiting escalations to experts.

Who waits and who is there is read before any lock; what is written is checked again under it. A
call that nobody can take writes nothing, however long it waits.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from coach import clock, wire
from coach.after_commit import publish
from handoff import assignment, line
from handoff.actions import offers, roster, transitions
from handoff.actions.capacity import load_of
from handoff.actions.transitions import State
from handoff.models import Escalation, Expert, Offer, Tier
from handoff.opening import intake
from handoff.timeouts import OFFER_LIFE

MOST_AT_ONCE = 50

Step = Callable[[], list[Offer]]


def dispatch(escalation: Escalation) -> list[Offer]:
    """Make the offers of `escalation` that a walk of the whole line gives it; returns them.

    Safe to call at any time and by several processes at once: a row that another one has locked or
    changed is skipped, and one that needs nothing stays as it is.
    """
    made: list[Offer] = []

    def only_this(row: Escalation, step: Step) -> None:
        if row.pk == escalation.pk:
            made.extend(step())

    dispatch_queue(attempt=only_this)
    return made


def _run(_row: Escalation, step: Step) -> None:
    step()


def dispatch_queue(
    at: datetime | None = None, attempt: Callable[[Escalation, Step], object] = _run
) -> int:
    """Offer all that waits at `at` (default: now), most urgent first, so that nobody is overtaken.

    Only calls that somebody could take are given to `attempt`, each with the step that rings: at
    most `MOST_AT_ONCE`, since other timers wait meanwhile. Returns how many those were.
    """
    at, tried = at or clock.now(), 0
    if not roster.anybody_calls():
        return 0
    experts = roster.candidates(at)
    if not any(expert.supervisor or expert.load < expert.capacity for expert in experts):
        return 0
    calls = roster.calls(at)
    if any(call.row.tier > Tier.P1 for call in calls):
        taken = intake(at)  # what does not ring yet keeps its place
        calls = [call for call in calls if taken.rings(call.row.tier, call.row.created_at)]
    rows = {call.row.pk: call.row for call in calls}
    # In the order of the line no walk rings for a later tier before an earlier one.
    ringing_later = {
        tier: {expert.pk for expert in experts if any(rung > tier for rung in expert.rung_for)}
        for tier in {call.row.tier for call in calls}
    }
    for waiting, plan in line.walk((call.waiting(at) for call in calls), experts):
        row = rows[waiting.case.pk]
        attempt(row, partial(_ring, row, plan, ringing_later[row.tier], at))
        tried += 1
        if tried == MOST_AT_ONCE:
            break
    return tried


def _ring(
    row: Escalation, plan: assignment.Plan, in_the_way: set[int], at: datetime
) -> list[Offer]:
    """Make the planned offers. Something rings for a later tier at the desks of `in_the_way`."""
    if in_the_way.intersection(plan.experts):
        if not _as_read(row).exists():
            return []  # nothing gives way to a call that somebody has
        for expert in in_the_way.intersection(plan.experts):
            _give_way(expert, row.tier, at)
    return _offer_to(row, plan, at)


def _as_read(read: Escalation) -> QuerySet[Escalation]:
    """The row, while it calls and has not changed since it was read."""
    return Escalation.objects.filter(roster.CALLING, pk=read.pk, last_event=read.last_event)


def _ready(experts: list[int], tier: int, at: datetime) -> QuerySet[Expert]:
    """Those of `experts` at whose desks a call of `tier` may ring."""
    ready = [Expert.Status.AVAILABLE]
    if tier == Tier.P0:
        ready.append(Expert.Status.UNRESPONSIVE)
    return Expert.objects.filter(pk__in=experts, active=True, status__in=ready, lease_until__gt=at)


def _give_way(expert_pk: int, tier: int, at: datetime) -> None:
    """Take back what rings at the expert's desk for later tiers, where it has no room beside."""
    expert = _ready([expert_pk], tier, at).first()
    if expert is None:
        return
    ringing = list(
        expert.offers.filter(state=Offer.State.PENDING)
        .select_related("escalation")
        .order_by("-escalation__tier", "-created_at")
    )
    over = load_of(expert) + len(ringing) + 1 - expert.capacity
    later = [offer for offer in ringing if offer.escalation.tier > tier]
    for offer in later[: max(0, over)]:
        offers.withdraw(offer)


@transaction.atomic
def _offer_to(read: Escalation, plan: assignment.Plan, at: datetime) -> list[Offer]:
    """Make the planned offers, unless the row has changed since it was read."""
    row = _as_read(read).select_for_update(skip_locked=True, no_key=True).first()
    if row is None:
        return []
    made = _make_offers(row, plan, at)
    if made:
        changes: transitions.EscalationChanges = {
            "ring": plan.ring,
            "ring_since": at,
            "offered_at": row.offered_at or at,
        }
        if row.state != State.FOLLOW_UP:  # which rings and stays what it is: nobody waits in a talk
            # Each walk looks at it, as long as it calls.
            changes |= {"state": State.OFFERED, "next_action_at": at}
        transitions.move(row, "offered", at=at, **changes)
    return made


def _make_offers(row: Escalation, plan: assignment.Plan, at: datetime) -> list[Offer]:
    """An offer to each expert of `plan` who has room, as is seen under the lock of their row."""
    ready = _ready(plan.experts, row.tier, at).order_by("pk")
    experts = {e.pk: e for e in ready.select_for_update(skip_locked=True, no_key=True)}
    fresh = {one.pk: one for one in roster.as_candidates(experts.values(), at)}
    wanted = [experts[pk] for pk in plan.experts if pk in experts]
    made = Offer.objects.bulk_create(
        Offer(
            escalation=row,
            expert=expert,
            ring=plan.ring,
            created_at=at,
            expires_at=at + OFFER_LIFE[row.tier],
        )
        for expert in wanted
        if _still_has_room(row, fresh[expert.pk], plan.ring)
    )
    for offer in made:
        publish(offer.expert.group, wire.OfferMade(offer.pk))
    return made


def _still_has_room(row: Escalation, expert: assignment.Candidate, ring: int) -> bool:
    """Whether one more may ring. A later tier that began to ring gives way in the next walk."""
    later = any(tier > row.tier for tier in expert.rung_for)
    if later and expert.load + len(expert.rung_for) + 1 > expert.capacity:
        return False
    return assignment.has_room(roster.case_of(row), expert, ring)
