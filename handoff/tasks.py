"""Nudges for the desk: they carry an id, may be lost, may come twice, and only save time."""

import structlog

from coach.celery import app
from handoff import actions, sweeper
from handoff.health import beat
from handoff.models import Escalation

log = structlog.get_logger(__name__)


@app.task(name="handoff.tasks.dispatch_now")
def dispatch_now(escalation_id: int) -> None:
    """Somebody waits: walk the queue in order, so that nobody is overtaken."""
    beat("worker")
    actions.dispatch_queue()
    row = Escalation.objects.filter(pk=escalation_id).first()
    if row is not None:  # raised to a higher tier while it is offered: ask more experts
        actions.dispatch(row)


@app.task(name="handoff.tasks.sweep_now")
def sweep_now() -> None:
    """What the sweeper does, once. Beat sends it every few seconds."""
    beat("worker")
    sweeper.sweep_once()


@app.task(name="handoff.tasks.beat_now")
def beat_now() -> None:
    """Proof that beat sends and a worker receives."""
    beat("worker")
    beat("beat")
