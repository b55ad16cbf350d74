"""A supervisor takes a live talk to the desk, without any flag or wish of the member."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.errors import Refused
from coach.talk.models import Session
from handoff.actions import locks
from handoff.actions.ownership import claim
from handoff.actions.raising import raise_escalation
from handoff.models import Escalation, Expert, Tier

PULLED = "SUV"


@transaction.atomic
def pull(session: Session, expert: Expert) -> Escalation:
    """Make the live talk a case of `expert`, a supervisor. What is called already, they take over.

    Raises Refused, or AlreadyTaken when a colleague has it.
    """
    if not expert.supervisor:
        raise Refused(_("Only a supervisor takes a talk that nobody has called for."))
    session = locks.lock_session(session.pk)
    if session.ended_at is not None:
        raise Refused(_("This talk has ended."), code="ended")
    case = Escalation.objects.filter(session=session).open().first()
    if case is not None and case.owner_id == expert.pk:
        return case
    if case is None:
        reason = _("%(name)s looked in on the talk.") % {"name": expert.user}
        case = raise_escalation(session, PULLED, Tier.P2, "", reason)
    return claim(case, expert)
