"""The mail of a due reminder. It says that one is due, and nothing of what it is about."""

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from coach import clock
from coach.after_commit import enqueue
from coach.reminders.limits import BATCH
from coach.reminders.models import DueReminder
from coach.talk.language import language_of

log = structlog.get_logger(__name__)
SEND_ONE = "coach.reminders.tasks.send_mail"
AGAIN = timedelta(seconds=60)  # doubled with each try


def ring_mails(at: datetime) -> int:
    """Ring again for mails whose bell or sender was lost; returns how many wait."""
    waiting = list(DueReminder.objects.mails(at).values_list("pk", flat=True)[:BATCH])
    for pk in waiting:
        enqueue(SEND_ONE, pk)
    return len(waiting)


def send_mail(pk: int) -> bool:
    """Send one mail if it is due and nobody else has it; whether it went out."""
    row = _claim(pk)
    if row is None:
        return False
    member = row.reminder.member
    with translation.override(language_of(member)):
        subject = _("A reminder is due")
        body = _("You asked to be reminded. What of, stands here: %(url)s/reminders/") % {
            "url": settings.PUBLIC_URL
        }
    try:
        EmailMessage(subject, body, to=[member.email]).send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: a header it cannot carry
        log.warning("reminder_mail_not_sent", due=row.pk, error=type(error).__name__)
        return False
    DueReminder.objects.filter(pk=row.pk).update(mail_at=None)
    return True


def _claim(pk: int) -> DueReminder | None:
    """Take the mail until its next try. A crash meanwhile only sends it once more."""
    at = clock.now()
    row = DueReminder.objects.mails(at).select_related("reminder__member").filter(pk=pk).first()
    if row is None:
        return None
    again = at + AGAIN * 2**row.mail_attempts
    mine = DueReminder.objects.mails(at).filter(pk=pk, mail_attempts=row.mail_attempts)
    tried = mine.update(mail_attempts=row.mail_attempts + 1, mail_at=again)
    return row if tried else None
