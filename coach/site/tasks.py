"""Celery tasks of the site itself. Beat sends them; one that is lost comes again."""

from coach.celery import app
from coach.site.once import forget_old


@app.task(name="coach.site.tasks.forget_answered_forms")
def forget_answered_forms() -> None:
    """Forget the forms that nobody sends again. Beat sends it every hour."""
    forget_old()
