"""Celery tasks that save the desk a second: they carry an id, may be lost and may come twice.

Whatever they do, the sweeper does too. The verbs enqueue them by name (`actions.queue`).
"""

from coach.celery import app
from handoff import actions, sweeper
from handoff.actions.queue import DISPATCH_NOW, SWEEP_NOW
from handoff.health import beat
from handoff.models import Escalation


@app.task(name=DISPATCH_NOW)
def dispatch_now(escalation_id: int) -> None:
    """Somebody waits: walk the queue in order, so that nobody is overtaken."""
    beat("worker")
    actions.dispatch_queue()
    row = Escalation.objects.filter(pk=escalation_id).first()
    if row is not None:  # raised to a higher tier while it is offered: ask more experts
        actions.dispatch(row)


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
