"""Celery tasks of the site itself. Beat sends them; one that is lost comes again."""

from coach.celery import app
from coach.site.once import forget_old
from coach.site.pruning import prune


@app.task(name="coach.site.tasks.forget_answered_forms")
def forget_answered_forms() -> None:
    """Forget the forms that nobody sends again. Beat sends it every hour."""
    forget_old()


@app.task(name="coach.site.tasks.prune_now")
def prune_now() -> None:
    """Delete old sign-ins and their logs. Beat sends it every night."""
    prune()
