"""Which processes are at work, from the heartbeats that they write as rows."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coach import clock
from handoff.models import Heartbeat

# Seconds of silence after which a process counts as gone.
LIMITS = {"sweeper": 10, "worker": 30, "mail": 30, "outward": 30, "beat": 30}
BEAT_EVERY = timedelta(seconds=1)
# As people of the desk read it.
NAMES: dict[str, Promise] = {
    "sweeper": _("the timers"),
    "worker": _("the worker that rings"),
    "mail": _("mail"),
    "outward": _("web push and web hooks"),
    "beat": _("the schedule"),
}


class Pulse(TypedDict):
    ok: bool
    age: float | None  # seconds since it last worked; None: never


def beat(name: str) -> None:
    """Write that `name` has just done its work; what was written a second ago says so still.

    A thousand mails in a row cost no thousand writes, for which everybody else would wait.
    """
    at = clock.now()
    if Heartbeat.objects.filter(name=name, at__range=(at - BEAT_EVERY, at)).exists():
        return
    if not Heartbeat.objects.filter(name=name).update(at=at):
        Heartbeat.objects.get_or_create(name=name, defaults={"at": at})


def health(at: datetime | None = None) -> dict[str, Pulse]:
    """The state of each process of `LIMITS`, now or at a time that is known already."""
    seen = dict(Heartbeat.objects.filter(name__in=LIMITS).values_list("name", "at"))
    at = at or clock.now()
    answer: dict[str, Pulse] = {}
    for name, limit in LIMITS.items():
        age = (at - seen[name]).total_seconds() if name in seen else None
        answer[name] = {"ok": age is not None and age <= limit, "age": age}
    return answer


def stopped(at: datetime) -> list[Promise]:
    """The names of the processes that are silent for longer than they may be."""
    return [NAMES[name] for name, pulse in health(at).items() if not pulse["ok"]]
