"""The Celery app. Messages are nudges: they carry ids, may be lost and may come twice."""

import os
from typing import Any

import structlog
from celery import Celery, Task
from django.db import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")

log = structlog.get_logger(__name__)


class Nudge(Task):  # type: ignore[type-arg]  # it takes none where it runs
    """What a database that is locked, full or away refuses is done at the next nudge.

    That is told in a line: it is a fault of the machine, and no trace of ours says more of it.
    """

    throws = (OperationalError,)

    def on_failure(self, exc: Exception, *_details: Any) -> None:
        """Celery calls it when the task has failed."""
        if isinstance(exc, self.throws):
            log.warning("nudge_failed", task=self.name, error=type(exc).__name__)


app = Celery("coachline", task_cls=Nudge)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
