"""What each mail of the outbox says, to whom it goes, and whether anybody needs it still.

A mail names the case or the page, and nothing that a member or an expert said. Its subject is also
what a device is shown.
"""

from datetime import datetime
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from coach.talk.language import language_of
from coach.talk.models import Message
from handoff.health import NAMES
from handoff.models import Expert, Heartbeat, Outbox
from handoff.outside.outcome import SENT, Outcome, failed

log = structlog.get_logger(__name__)
Kind = Outbox.Kind


def deliver(row: Outbox) -> Outcome:
    """Send the mail of one row."""
    to = recipients(row)
    if not to:
        # It stays due: somebody may be named before its tries are over.
        log.error("outbox_nobody_to_write_to", outbox=row.pk)
        return failed("nobody_to_write_to")
    subject, body = words(row)
    mail = EmailMessage(subject, body, to=to, headers={"Message-ID": f"<{row.event_id}@coachline>"})
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: a header it cannot carry
        return failed(error)
    return SENT


def recipients(row: Outbox) -> list[str]:
    """Whom the mail is for; nobody is said by an empty list."""
    if row.recipient is None:
        return supervisors()
    return [row.recipient.email] if row.recipient.email else []


def supervisors() -> list[str]:
    """Where the supervisors who work here are written to."""
    here = Expert.objects.filter(active=True, supervisor=True).exclude(user__email="")
    return list(here.values_list("user__email", flat=True))


def is_moot(row: Outbox, at: datetime) -> bool:
    """Whether what it tells is over: somebody has the case, the message was read …"""
    if row.kind == Kind.CALL and row.escalation is not None:
        here = Expert.objects.filter(user=row.recipient, active=True).first()
        return here is None or here.answers(at) or not row.escalation.waits
    if row.kind == Kind.MESSAGE and row.escalation is not None:
        talk = row.escalation.session_id
        return not Message.objects.unread().filter(turn__session=talk).exists()
    if row.kind == Kind.STOPPED:
        back = Heartbeat.objects.filter(name=row.facts["process"], at__gt=row.created_at)
        return back.exists()
    return False


def words(row: Outbox) -> tuple[str, str]:
    """Subject and body, in the language of who gets it."""
    if row.recipient is None:
        return _to_supervisors(row)
    with translation.override(language_of(row.recipient)):
        if row.kind == Kind.TEST:
            return _("A test: you are told on this device"), ""
        return _to_expert(row) if row.kind == Kind.CALL else _to_member(row)


def page(row: Outbox) -> str:
    """The path of the page that it leads to."""
    if row.kind == Kind.MESSAGE and row.escalation is not None:
        return f"/talk/{row.escalation.session_id}/"
    return str(row.facts.get("path", "/desk/"))


def _to_supervisors(row: Outbox) -> tuple[str, str]:
    if row.kind == Kind.HOOK_OFF:
        subject = _("A web hook was switched off: %(hook)s") % {"hook": row.facts["hook"]}
        body = _(
            "It has taken nothing for a day, or answered that it wants nothing more. "
            "Look at its deliveries: %(url)s/admin/"
        )
        return subject, body % {"url": settings.PUBLIC_URL}
    if row.kind == Kind.STOPPED:
        subject = _("Not at work: %(process)s") % {"process": NAMES[row.facts["process"]]}
        body = _(
            "It has done nothing for a minute, so calls may ring late or not be told. Look at the "
            "processes and their log; %(url)s/healthz tells how each stands."
        )
        return subject, body % {"url": settings.PUBLIC_URL}
    subject = _("%(kind)s: %(escalation)s") % {
        "kind": row.get_kind_display(),
        "escalation": row.escalation,
    }
    return subject, _("Please look at the desk: %(url)s/desk/") % {"url": settings.PUBLIC_URL}


def _to_member(row: Outbox) -> tuple[str, str]:
    assert row.escalation is not None  # a message is of a case
    link = f"{settings.PUBLIC_URL}{page(row)}"
    body = _("A person of our team has written to you. Read it and answer here: %(url)s")
    return _("You have a message"), body % {"url": link}


def _to_expert(row: Outbox) -> tuple[str, str]:
    assert row.escalation is not None  # it is of a case
    subject = _("%(tier)s: a person is needed at the desk, case %(case)d") % {
        "tier": row.escalation.get_tier_display(),
        "case": row.escalation.pk,
    }
    body = _("Nobody answers at your desk, or it is not open. Take the case there: %(url)s")
    return subject, body % {"url": f"{settings.PUBLIC_URL}/desk/"}
