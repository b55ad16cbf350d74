"""Celery tasks: they carry an id, may be lost and may come twice. Rows are the truth."""

from coach.celery import app
from coach.reminders import actions
from coach.reminders.actions.mailing import SEND_ONE


@app.task(name=SEND_ONE)
def send_mail(due_id: int) -> None:
    """Send the mail of one due reminder, if it is still to be sent."""
    actions.send_mail(due_id)
