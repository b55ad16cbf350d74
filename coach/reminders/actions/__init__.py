"""The verbs of reminders."""

from coach.reminders.actions.changing import cancel, cancel_all, change, make, put_back, seen
from coach.reminders.actions.delivering import deliver_due, follow_zone, prune_due
from coach.reminders.actions.mailing import ring_mails, send_mail

__all__ = [
    "cancel",
    "cancel_all",
    "change",
    "deliver_due",
    "follow_zone",
    "make",
    "prune_due",
    "put_back",
    "ring_mails",
    "seen",
    "send_mail",
]
