"""Make a call less urgent. No rule does this, only a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.talk.actions import move_floor
from coach.talk.models import Floor
from handoff.actions import locks, queue, transitions
from handoff.actions.supervising import check_regraded, reason_of
from handoff.actions.transitions import State
from handoff.models import Escalation, Expert, Tier
from handoff.timeouts import WRAP_UP


@transaction.atomic
def lower(
    escalation: Escalation, expert: Expert, tier: int, reason: str, *, seen: int | None = None
) -> Escalation:
    """Give the call the later `tier` and its times; `reason` is required.

    Raises Refused, or Conflict when it is no longer of the tier that the person has `seen`.
    """
    session, escalation = locks.lock_escalation(escalation)
    reason = reason_of(reason)
    check_regraded(escalation, seen)
    if not escalation.tier < tier <= Tier.P4:
        raise Refused(_("That is not lower than it is now."))
    was_p0 = escalation.tier == Tier.P0
    changes: transitions.EscalationChanges = {"tier": tier, "reason": reason}
    if was_p0 and escalation.state == State.WRAP_UP:  # which ends by itself, but for an emergency
        changes["next_action_at"] = clock.now() + WRAP_UP
    transitions.move(escalation, "lowered", actor=expert.user, **changes)
    queue.tell_owner(escalation)
    if was_p0 and session.ended_at is None:
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.SAFETY_HOLD,))
    return escalation
