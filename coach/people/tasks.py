"""Celery tasks of what is kept of members. Beat sends them; one that is lost comes again."""

from coach.celery import app
from coach.people import actions


@app.task(name="coach.people.tasks.tidy_now")
def tidy_now() -> None:
    """Delete open questions and what was undone. Beat sends it every hour."""
    actions.tidy()
