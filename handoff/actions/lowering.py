"""Make a call less urgent. No rule does this, only a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.actions import move_floor
from coach.talk.models import Floor
from handoff.actions import locks, queue, transitions
from handoff.limits import REASON_MAX_CHARS
from handoff.models import Escalation, Expert, Tier


@transaction.atomic
def lower(escalation: Escalation, expert: Expert, tier: int, reason: str) -> Escalation:
    """Give the call the later `tier` and its times; `reason` is required. Raises Refused."""
    reason = whole_text(reason, REASON_MAX_CHARS)
    session, escalation = locks.lock_escalation(escalation)
    if not reason:
        raise Refused(_("Say why."), code="reason_required")
    if not escalation.tier < tier <= Tier.P4:
        raise Refused(_("That is not lower than it is now."))
    was_p0 = escalation.tier == Tier.P0
    transitions.move(
        escalation,
        "lowered",
        actor=expert.user,
        tier=tier,
        reason=reason,
    )
    queue.tell_owner(escalation)
    if was_p0 and session.ended_at is None:
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.SAFETY_HOLD,))
    return escalation
