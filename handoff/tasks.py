"""Celery tasks: they carry an id or nothing, may be lost and may come twice. Rows are the truth.

Those of the desk save it a second, since whatever they do, the sweeper does too. Mail is theirs
alone, in a queue of its own: the sweeper rings for it and does not wait for a mail server.
Verbs enqueue them by name.
"""

from coach.after_commit import enqueue
from coach.celery import app
from handoff import actions, outbox, sweeper
from handoff.actions.queue import DISPATCH_NOW, SWEEP_NOW
from handoff.health import beat


@app.task(name=DISPATCH_NOW)
def dispatch_now() -> None:
    """Somebody calls: walk the queue in order, so that nobody is overtaken."""
    beat("worker")
    actions.dispatch_queue()


@app.task(name=SWEEP_NOW)
def sweep_now() -> None:
    """Sweep once. Beat sends it every few seconds."""
    beat("worker")
    sweeper.sweep_once()


@app.task(name="handoff.tasks.beat_now")
def beat_now() -> None:
    """Proof that beat sends and a worker receives."""
    beat("worker")
    beat("beat")


@app.task(name="handoff.tasks.mail_now")
def mail_now() -> None:
    """Proof that a worker takes what is in the queue of mail."""
    beat("mail")


@app.task(name=outbox.SEND_ONE)
def send_mail(outbox_id: int) -> None:
    """Send one mail to the supervisors, if it is still due."""
    beat("mail")  # many silent mail servers in a row are no silent worker
    outbox.send(outbox_id)


@app.task(name=outbox.SEND_WAITING)
def send_waiting_mails() -> None:
    """Hand out the mails that are due, each to a task of its own."""
    for pk in outbox.waiting():
        enqueue(outbox.SEND_ONE, pk)
