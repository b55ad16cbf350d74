"""Write to those who are called at any hour, when danger comes and they are not at the desk."""

from datetime import datetime

from handoff import outbox
from handoff.actions.roster import at_the_desk
from handoff.models import Escalation, Expert, Outbox, Tier
from handoff.opening import desk_hours, on_call_now


def call_in(escalation: Escalation, at: datetime) -> int:
    """Mail everybody whose turn it is; supervisors too, when nobody is at the desk or it is closed.

    For P0 and P1 alone. Returns how many mails were written.
    """
    if escalation.tier > Tier.P1:
        return 0
    here = {expert.pk for expert in at_the_desk(at)}
    wanted = on_call_now(at)
    if not here or not desk_hours().is_open(at):
        supervisors = Expert.objects.filter(active=True, supervisor=True)
        wanted |= set(supervisors.values_list("pk", flat=True))
    called = Expert.objects.filter(pk__in=wanted - here, active=True).exclude(user__email="")
    for expert in called.select_related("user"):
        outbox.post(Outbox.Kind.CALL, escalation, at, expert.user)
    return len(called)
