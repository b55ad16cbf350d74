"""A supervisor takes a live talk to the desk, without any flag or wish of the member."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.errors import Refused
from coach.talk.models import Session
from handoff.actions import locks
from handoff.actions.ownership import claim
from handoff.actions.raising import raise_escalation
from handoff.actions.supervising import check_supervisor, reason_of
from handoff.models import Escalation, Expert, Tier

PULLED = "SUV"


@transaction.atomic
def pull(session: Session, expert: Expert, reason: str = "") -> Escalation:
    """Make the live talk a case of `expert`, a supervisor. What is called already, they take over.

    Where nobody has called, the supervisor says why they look in: `reason` stands in the case.
    Raises Refused, or AlreadyTaken when a colleague has it.
    """
    check_supervisor(expert)
    session = locks.lock_session(session.pk)
    if session.ended_at is not None:
        raise Refused(_("This talk has ended."), code="ended")
    case = Escalation.objects.filter(session=session).open().first()
    if case is not None and case.owner_id == expert.pk:
        return case
    if case is None:
        why = _("%(name)s looked in on the talk: %(reason)s")
        why %= {"name": expert.user, "reason": reason_of(reason)}
        case = raise_escalation(session, PULLED, Tier.P2, "", why)
    return claim(case, expert)
