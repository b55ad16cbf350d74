"""A supervisor joins a talk that a colleague has, and the case becomes theirs."""

from django.db import transaction

from coach import clock
from handoff.actions import locks, transitions
from handoff.actions.offers import change_owner
from handoff.actions.ownership import accepted_offer
from handoff.actions.supervising import check_supervisor, reason_of
from handoff.models import OWNED_STATES, Escalation, Expert, Offer


@transaction.atomic
def take_over(escalation: Escalation, supervisor: Expert, reason: str) -> Escalation:
    """Make the case of a colleague one of `supervisor`, who says why.

    Nobody is asked, but the member is not alone: a colleague who writes stays with them until the
    supervisor takes the floor, as after a warm transfer. Raises Refused, or AlreadyTaken when the
    colleague has it no longer.
    """
    check_supervisor(supervisor)
    reason = reason_of(reason)
    _session, escalation = locks.lock_escalation(escalation)
    supervisor = locks.lock_expert(supervisor.pk, escalation.owner_id)
    colleague = escalation.owner
    if colleague is None or colleague == supervisor or escalation.state not in OWNED_STATES:
        raise transitions.taken()
    at = clock.now()
    transitions.end_ownership(escalation, Offer.State.RELEASED, at)
    accepted_offer(escalation, supervisor, at, passed_by=colleague, warm=True)
    transitions.move(escalation, "taken_over", actor=supervisor.user, at=at, note=reason)
    change_owner(escalation, supervisor, at, warm=True)
    transitions.end_offers(escalation, Offer.State.CANCELED, at)  # who was asked to take it over
    return escalation
