"""A supervisor takes a talk to the desk: without any flag or wish of the member, too."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.errors import Refused
from coach.talk.models import Session
from handoff.actions import locks
from handoff.actions.ownership import claim
from handoff.actions.raising import raise_escalation
from handoff.actions.supervising import check_supervisor, reason_of
from handoff.actions.taking_over import take_over
from handoff.models import OWNED_STATES, Escalation, Expert, Tier

PULLED = "SUV"


@transaction.atomic
def pull(
    session: Session,
    expert: Expert,
    reason: str = "",
    *,
    called: bool = False,
    owner: int | None = None,
) -> Escalation:
    """Make the talk a case of `expert`, a supervisor. What is called already, they take over, also
    to follow it up where the talk has ended.

    Where nobody has called, the supervisor says why they look in: `reason` stands in the case.
    `called`: they saw a call, and take that. `owner`: they saw that this colleague has it, and
    join. Raises Refused, or AlreadyTaken when another colleague has it.
    """
    check_supervisor(expert)
    session = locks.lock_session(session.pk)
    case = Escalation.objects.filter(session=session).open().first()
    if case is None:
        _check_still_there(session, called=called)
        why = _("%(name)s looked in on the talk: %(reason)s")
        why %= {"name": expert.user, "reason": reason_of(reason)}
        case = raise_escalation(session, PULLED, Tier.P2, "", why)
    elif case.owner_id == expert.pk:
        return case
    elif owner is not None and case.owner_id == owner and case.state in OWNED_STATES:
        return take_over(case, expert, reason)
    return claim(case, expert)


def _check_still_there(session: Session, *, called: bool) -> None:
    """Nobody is called for: raises Refused where that is not what the supervisor has seen."""
    if session.ended_at is not None:
        over = _("This talk has ended, and nobody is called for in it: there is nothing to take.")
        raise Refused(over, code="ended")
    if called:
        over = _(
            "The call is over: the member took it back, or a colleague closed it. The talk goes "
            "on. To look in all the same, close this and press Take again."
        )
        raise Refused(over, code="over")
