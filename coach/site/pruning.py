"""Delete by age what nobody asks for any more, and what would otherwise grow for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session as WebSession
from django.db.models import Model, QuerySet

from coach import clock

SIGN_INS_KEPT = timedelta(days=180)  # who has signed in, or tried to, from where
AT_ONCE = 1_000  # rows in one transaction: members go on meanwhile
Old = Callable[[datetime], "QuerySet[Model]"]

# The rows of each kind that have been kept long enough.
OLD: tuple[Old, ...] = (
    lambda now: WebSession.objects.filter(expire_date__lt=now),
    lambda now: AccessLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT),
    lambda now: AccessFailureLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT),
)


def prune() -> int:
    """Delete sign-ins that have run out, and the logs of old ones; returns how many rows."""
    now = clock.now()
    return sum(delete_in_parts(old(now).order_by("pk")) for old in OLD)


def delete_in_parts(old: "QuerySet[Model]") -> int:
    """Delete the rows in their order, `AT_ONCE` at a time; returns how many there were."""
    deleted, rows = 0, old.model._base_manager
    while pks := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += rows.filter(pk__in=pks).delete()[0]
    return deleted
