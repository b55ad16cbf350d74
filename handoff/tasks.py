"""Celery tasks: they carry an id or nothing, may be lost and may come twice. Rows are the truth.

Those of the desk save it a second, since whatever they do, the sweeper does too. What goes outside
is theirs alone, mail in one queue, web hooks and web push in another: the sweeper rings for it and
waits for nobody's server. Verbs enqueue them by name.
"""

from uuid import UUID

from coach.after_commit import enqueue
from coach.celery import app
from handoff import actions, sweeper
from handoff.actions.queue import DISPATCH_NOW, SWEEP_NOW
from handoff.actions.summarising import SUMMARISE, summarise
from handoff.actions.watching import tell_of_stopped
from handoff.health import beat
from handoff.outside import outbox


@app.task(name=DISPATCH_NOW)
def dispatch_now() -> None:
    """Somebody calls: walk the queue in order, so that nobody is overtaken."""
    actions.dispatch_queue()
    beat("worker")  # behind it: nobody who calls waits until a heartbeat is written


@app.task(name=SWEEP_NOW)
def sweep_now() -> None:
    """Sweep once. Beat sends it every few seconds."""
    sweeper.sweep_once()
    beat("worker")


@app.task(name="handoff.tasks.beat_now")
def beat_now() -> None:
    """Proof that beat sends and a worker receives, who look after the sweeper."""
    beat("worker")
    beat("beat")
    tell_of_stopped()


@app.task(name="handoff.tasks.mail_now")
def mail_now() -> None:
    """Proof that a worker takes what is in the queue of mail."""
    beat("mail")


@app.task(name="handoff.tasks.outward_now")
def outward_now() -> None:
    """Proof that a worker takes what is in the queue of web hooks and web push."""
    beat("outward")


@app.task(name=outbox.CHANNELS[outbox.Via.MAIL].send_one)
def send_mail(outbox_id: int) -> None:
    """Send one mail, if it is still due."""
    beat("mail")  # many silent mail servers in a row are no silent worker
    outbox.send(outbox_id)


@app.task(name=outbox.CHANNELS[outbox.Via.MAIL].send_waiting)
def send_waiting_mails() -> None:
    """Hand out the mails that are due, each to a task of its own."""
    _hand_out(outbox.Via.MAIL)


@app.task(name=outbox.CHANNELS[outbox.Via.HOOK].send_one)
def send_hook(outbox_id: int) -> None:
    """Send one event to its web hook, if it is still due."""
    beat("outward")
    outbox.send(outbox_id)


@app.task(name=outbox.CHANNELS[outbox.Via.HOOK].send_waiting)
def send_waiting_hooks() -> None:
    """Hand out the events that are due, each to a task of its own."""
    _hand_out(outbox.Via.HOOK)


@app.task(name=outbox.CHANNELS[outbox.Via.PUSH].send_one)
def send_push(outbox_id: int) -> None:
    """Send one message to its device, if it is still due."""
    beat("outward")
    outbox.send(outbox_id)


@app.task(name=outbox.CHANNELS[outbox.Via.PUSH].send_waiting)
def send_waiting_pushes() -> None:
    """Hand out the messages to devices that are due, each to a task of its own."""
    _hand_out(outbox.Via.PUSH)


@app.task(name=SUMMARISE)
def summarise_talk(session_id: str) -> None:
    """Have a talk summarised for the expert who reads it."""
    summarise(UUID(session_id))


def _hand_out(channel: str) -> None:
    for pk in outbox.waiting(channel):
        enqueue(outbox.CHANNELS[channel].send_one, pk)
