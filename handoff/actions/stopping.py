"""An expert who reads along stops the coach in the middle of its words, without taking over."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.talk import actions as talk
from handoff.actions import locks, transitions
from handoff.actions.floor import check_live, tell_member
from handoff.models import OWNED_STATES, Escalation, Expert


@transaction.atomic
def stop_coach(escalation: Escalation, expert: Expert) -> Escalation:
    """End what the coach is saying now; it answers again when the member speaks. Raises Refused.

    The member reads who stopped it, since it breaks off in the middle of a sentence.
    """
    session, escalation = locks.lock_escalation(escalation)
    check_live(session)
    if escalation.owner_id != expert.pk or escalation.state not in OWNED_STATES:
        raise transitions.taken()
    if not talk.stop_coach(session):
        raise Refused(
            _("The coach says only reviewed words now, or nothing. Take the floor instead."),
            code="coach_silent",
        )
    tell_member(session, _("%(expert)s, has stopped the coach.") % {"expert": expert})
    transitions.move(escalation, "coach_stopped", actor=expert.user)
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    return escalation
