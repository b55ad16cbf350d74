"""Row locks of the desk, always taken in one order: session, escalation, expert, offer.

`no_key` leaves room for rows that merely point at a locked one. SQLite has one writer at a time
and needs none of them.
"""

from uuid import UUID

from coach.talk.models import Session
from handoff.models import Escalation, Expert


def lock_session(pk: UUID) -> Session:
    """Lock the session's row; its member and persona are read with it, its brief when needed."""
    return (
        Session.objects.select_related("member", "persona")
        .defer("brief")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=pk)
    )


def lock_escalation(escalation: Escalation) -> tuple[Session, Escalation]:
    """Lock the escalation's session and then the escalation; both as they are now."""
    session = lock_session(escalation.session_id)
    fresh = Escalation.objects.select_for_update(no_key=True).get(pk=escalation.pk)
    fresh.session = session
    return session, fresh


def lock_expert(pk: int, *others: int | None) -> Expert:
    """Lock an expert's row: their load is only ever counted and changed under it.

    `others` whose rows change too are locked with it in the order of their keys: two who take
    cases of each other would otherwise wait for each other. Raises Expert.DoesNotExist.
    """
    rows = (
        Expert.objects.select_related("user")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    wanted = {pk, *(other for other in others if other is not None)}
    found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    if pk not in found:
        raise Expert.DoesNotExist
    return found[pk]
