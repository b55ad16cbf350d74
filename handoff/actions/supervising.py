"""What supervisors alone may do, and what is asked of whoever changes how urgent a call is."""

from django.utils.translation import gettext as _

from coach.bounds import whole_text
from coach.errors import Conflict, Refused
from handoff.limits import REASON_MAX_CHARS
from handoff.models import Escalation, Expert


def check_supervisor(expert: Expert) -> None:
    """Raise Refused unless `expert` is a supervisor with a place at the desk."""
    if not (expert.active and expert.supervisor):
        raise Refused(_("Only a supervisor does that."), code="not_supervisor")


def reason_of(text: str) -> str:
    """The reason as it is kept. Raises Refused where there is none, or too long a one."""
    reason = whole_text(text, REASON_MAX_CHARS)
    if not reason:
        raise Refused(_("Say why."), code="reason_required")
    return reason


def check_regraded(escalation: Escalation, seen: int | None) -> None:
    """Raise where the locked call is closed, or no longer of the tier that the person has `seen`.

    A rule or a colleague may have raised it meanwhile: nobody lowers a danger unseen.
    """
    if not escalation.is_open:
        raise Refused(_("This case is closed."), code="ended")
    if seen is not None and escalation.tier != seen:
        now = _("It is P%(tier)s by now: somebody or something changed it. Look at it again.")
        raise Conflict(now % {"tier": escalation.tier})
