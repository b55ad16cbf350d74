"""The outbox: mails to supervisors, written as rows with the change and sent at least once."""

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from handoff.models import Escalation, Expert, Outbox

log = structlog.get_logger(__name__)
BATCH = 20
MAX_ATTEMPTS = 8


def post(kind: str, escalation: Escalation, at: datetime) -> None:
    """Write a mail about `escalation`, in the caller's transaction; the sweeper sends it."""
    Outbox.objects.create(kind=kind, escalation=escalation, created_at=at, next_try_at=at)


def send_waiting() -> int:
    """Send what is due, and return how many were sent.

    What fails is tried again after 30 s, 60 s, 120 s and so on, at most `MAX_ATTEMPTS` times.
    """
    due = Outbox.objects.filter(
        sent_at__isnull=True, next_try_at__lte=clock.now(), attempts__lt=MAX_ATTEMPTS
    )
    return sum(_send(row.pk) for row in due[:BATCH])


def _send(pk: int) -> bool:
    at = clock.now()
    with transaction.atomic():
        row = (
            Outbox.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("escalation")
            .filter(pk=pk, sent_at__isnull=True, next_try_at__lte=at)
            .first()
        )
        if row is None:
            return False
        # Taken for a while before it is sent: a second sender does not send it beside us, and
        # a crash between the two only means that it is sent once more.
        row.attempts += 1
        row.next_try_at = at + timedelta(seconds=15 * 2**row.attempts)
        row.save(update_fields=["attempts", "next_try_at"])
    to = addresses()
    if not to:
        # It stays due: somebody may be named before its tries are over.
        log.error("outbox_nobody_to_write_to", outbox=row.pk)
        return False
    try:
        _mail(row, to)
    except (SMTPException, OSError, ValueError) as error:  # ValueError: a header it cannot carry
        log.warning("outbox_not_sent", outbox=row.pk, error=type(error).__name__)
        return False
    Outbox.objects.filter(pk=row.pk).update(sent_at=clock.now())
    return True


def addresses() -> list[str]:
    """Where the supervisors who work here are written to."""
    here = Expert.objects.filter(active=True, supervisor=True).exclude(user__email="")
    return list(here.values_list("user__email", flat=True))


def _mail(row: Outbox, to: list[str]) -> None:
    """Write to the supervisors. The mail names the case and nothing that a member said."""
    subject = _("%(kind)s: %(escalation)s") % {
        "kind": row.get_kind_display(),
        "escalation": row.escalation,
    }
    body = _("Please look at the desk: %(url)s/desk/") % {"url": settings.PUBLIC_URL}
    EmailMessage(subject, body, to=to, headers={"Message-ID": f"<{row.event_id}@coachline>"}).send()
