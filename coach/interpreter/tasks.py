"""Celery tasks of the interpreter. Beat sends them; one that is lost comes again."""

from coach.celery import app
from coach.interpreter import actions


@app.task(name="coach.interpreter.tasks.end_left_open_now")
def end_left_open_now() -> None:
    """End meetings that everybody has left. Beat sends it every hour."""
    actions.end_left_open()
