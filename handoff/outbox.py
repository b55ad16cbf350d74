"""The outbox: mails, written as rows with the change and sent at least once.

The row is the truth. A worker sends, one task to a mail, since a mail server that does not answer
holds up whoever talks with it. The sweeper never does: it only rings again for rows that are due.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet

from coach import clock
from coach.after_commit import enqueue
from coach.types import Member
from handoff import mails
from handoff.models import Escalation, Outbox
from handoff.timeouts import REPEAT_AT_LEAST

log = structlog.get_logger(__name__)
SEND_ONE = "handoff.tasks.send_mail"
SEND_WAITING = "handoff.tasks.send_waiting_mails"
BATCH = 20  # mails that one bell of the sweeper wakes
MAX_ATTEMPTS = 8
RING_AGAIN = timedelta(seconds=30)  # so long a bell is believed to be under way


def post(
    kind: str,
    escalation: Escalation,
    at: datetime,
    recipient: Member | None = None,
    *,
    due: datetime | None = None,
) -> None:
    """Write a mail about `escalation`, in the caller's transaction; a worker sends it after.

    It is for `recipient`, or for all supervisors. One that is `due` later is rung for then.
    """
    now = due is None or due <= at
    row = Outbox.objects.create(
        kind=kind,
        escalation=escalation,
        recipient=recipient,
        created_at=at,
        next_try_at=due or at,
        rung_at=at if now else None,
    )
    if now:
        enqueue(SEND_ONE, row.pk)


def post_late(escalation: Escalation, at: datetime) -> None:
    """Tell all supervisors that the case is late; once, however many timers find it together."""
    told = Outbox.objects.filter(kind=Outbox.Kind.OVERDUE, escalation=escalation)
    if not told.filter(created_at__gt=at - REPEAT_AT_LEAST).exists():
        post(Outbox.Kind.OVERDUE, escalation, at)


def ring(at: datetime) -> int:
    """Tell a worker that mails wait: their bell was lost, or their sender. Returns how many wait.

    One bell for all, and not each second: while the broker is away, each would cost a try to
    reach it, and while the workers are away, each would stay in their queue.
    """
    unheard = _due(at).filter(Q(rung_at=None) | Q(rung_at__lte=at - RING_AGAIN))
    pks = list(unheard.values_list("pk", flat=True)[:BATCH])
    if not pks:
        return 0
    Outbox.objects.filter(pk__in=pks).update(rung_at=at)
    enqueue(SEND_WAITING)
    return len(pks)


def waiting() -> list[int]:
    """Keys of the mails that are due, the oldest first."""
    return list(_due(clock.now()).values_list("pk", flat=True)[:BATCH])


def send(pk: int) -> bool:
    """Send one mail if it is due and nobody else has it; whether it went out.

    What fails is tried again after 30 s, 60 s, 120 s and so on, at most `MAX_ATTEMPTS` times.
    """
    row = _claim(pk)
    if row is None:
        return False
    if mails.is_moot(row, clock.now()):
        row.delete()
        return False
    to = mails.recipients(row)
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


def _due(at: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(
        sent_at__isnull=True, next_try_at__lte=at, attempts__lt=MAX_ATTEMPTS
    )


def _claim(pk: int) -> Outbox | None:
    """Take the mail for a while: until its next try, which is also when a lost sender is missed.

    A crash between sending and writing so down only means that it is sent once more.
    """
    at = clock.now()
    row = _due(at).select_related("escalation", "recipient").filter(pk=pk).first()
    if row is None:
        return None
    # As it was read: of two senders who read the same, one finds it changed.
    mine = (
        _due(at)
        .filter(pk=pk, attempts=row.attempts)
        .update(
            attempts=row.attempts + 1,
            next_try_at=at + timedelta(seconds=15 * 2 ** (row.attempts + 1)),
        )
    )
    return row if mine else None


def _mail(row: Outbox, to: list[str]) -> None:
    subject, body = mails.words(row)
    EmailMessage(subject, body, to=to, headers={"Message-ID": f"<{row.event_id}@coachline>"}).send()
