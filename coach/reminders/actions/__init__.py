"""The verbs of reminders."""

from coach.reminders.actions.changing import (
    cancel,
    cancel_named,
    change,
    make,
    put_back,
    put_back_cancelled,
    seen,
)
from coach.reminders.actions.delivering import deliver_due, follow_zone, prune
from coach.reminders.actions.mailing import ring_mails, send_mail

__all__ = [
    "cancel",
    "cancel_named",
    "change",
    "deliver_due",
    "follow_zone",
    "make",
    "prune",
    "put_back",
    "put_back_cancelled",
    "ring_mails",
    "seen",
    "send_mail",
]
