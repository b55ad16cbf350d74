"""How a member wants to be reached when nobody can come now."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.bounds import whole_text
from coach.errors import Refused
from coach.people.models import Profile
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.limits import REACH_WHEN_MAX_CHARS
from handoff.models import OPEN_STATES, Escalation


@transaction.atomic
def ask_to_be_reached(
    escalation: Escalation, by: str, phone: str = "", when: str = "", actor: Member | None = None
) -> None:
    """Keep how the member wants to be reached: called at `phone`, or written to. Raises Refused.

    The call keeps its place: a person may still come sooner.
    """
    when = whole_text(when, REACH_WHEN_MAX_CHARS)
    if by not in Profile.Reach.values:
        raise Refused(_("Choose whether we call or write."))
    if by == Profile.Reach.CALL and not phone:
        raise Refused(_("Which number may we call?"), code="phone")
    _session, escalation = locks.lock_escalation(escalation)
    moved = transitions.move(
        escalation,
        "reach",
        from_states=OPEN_STATES,
        actor=actor,
        reach_by=by,
        reach_phone=phone if by == Profile.Reach.CALL else "",
        reach_when=when,
    )
    if not moved:
        raise Refused(_("This call for a person is over. Ask again."), code="closed")
    queue.tell_owner(escalation)
