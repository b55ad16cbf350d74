"""Supervisors are told by mail that a process has stopped. Each looks after the others."""

from django.db import transaction

from coach import clock
from handoff.health import LIMITS
from handoff.models import Heartbeat, Outbox
from handoff.outside import outbox
from handoff.timeouts import BACK_BY_ITSELF, STOPPED_FOR


@transaction.atomic
def tell_of_stopped() -> int:
    """Write one mail for each process that has stopped, however long it stays away.

    It goes out a little later, if the process is not back by then: after a deploy or a pause of
    the whole machine all have been silent.
    """
    at = clock.now()
    gone = Heartbeat.objects.filter(name__in=LIMITS, at__lte=at - STOPPED_FOR)
    posted = 0
    for row in gone.select_for_update():
        told = Outbox.objects.filter(kind=Outbox.Kind.STOPPED, facts__process=row.name)
        if not told.filter(created_at__gt=row.at).exists():
            facts = {"process": row.name}
            outbox.post(Outbox.Kind.STOPPED, None, at, due=at + BACK_BY_ITSELF, facts=facts)
            posted += 1
    return posted
