"""Which processes are at work, from the heartbeats that they write as rows."""

from typing import TypedDict

from coach import clock
from handoff.models import Heartbeat

# Seconds of silence after which a process counts as gone.
LIMITS = {"sweeper": 10, "worker": 30, "mail": 30, "outward": 30, "beat": 30}


class Pulse(TypedDict):
    ok: bool
    age: float | None  # seconds since it last worked; None: never


def beat(name: str) -> None:
    """Write that `name` has just done its work."""
    at = clock.now()
    if not Heartbeat.objects.filter(name=name).update(at=at):
        Heartbeat.objects.get_or_create(name=name, defaults={"at": at})


def health() -> dict[str, Pulse]:
    """The state of each process of `LIMITS`."""
    seen = dict(Heartbeat.objects.values_list("name", "at"))
    at = clock.now()
    answer: dict[str, Pulse] = {}
    for name, limit in LIMITS.items():
        age = (at - seen[name]).total_seconds() if name in seen else None
        answer[name] = {"ok": age is not None and age <= limit, "age": age}
    return answer
