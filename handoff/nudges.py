"""The tasks by name, for verbs that ring the bell without knowing who answers it."""

from dataclasses import dataclass
from typing import Any

from coach.celery import app


@dataclass
class Nudge:
    """A Celery task that is known by its name only."""

    name: str

    def apply_async(self, args: tuple[Any, ...] = (), **options: Any) -> Any:
        return app.signature(self.name).apply_async(args=args, **options)


dispatch_now = Nudge("handoff.tasks.dispatch_now")
sweep_now = Nudge("handoff.tasks.sweep_now")
