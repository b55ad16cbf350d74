"""The queue as one expert sees it.

Each change of a case is pushed to all desks, and each of them fetches the queue. So what is read
for each desk is keys and clocks, and a row is drawn once for all desks to which it looks the same.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.core.cache import caches
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.translation import get_language

from coach.talk.models import Turn
from handoff.actions.clocks import clocks_of
from handoff.models import (
    OPEN_STATES,
    OWNED_STATES,
    TERMINAL_STATES,
    Escalation,
    Expert,
    ServiceClock,
)
from handoff.views.access import readable

State = Escalation.State
KEPT = (*OWNED_STATES, State.WRAP_UP, State.PARKED, State.FOLLOW_UP)
WAITING = (State.QUEUED, State.OFFERED, State.FOLLOW_UP)
OPEN_READ = 2000
SHOWN, RECENT = 100, 8  # of a group; of those that are done
DRAWN_S = 60  # so long a drawn row is shown at most: a name that changes has no event


class Case(NamedTuple):
    """A case by its keys; each change of its row is another `last_event`."""

    pk: int
    last_event: int
    owner: int | None
    state: str

    @classmethod
    def read(cls, cases: QuerySet[Escalation]) -> list[Self]:
        return [cls(*row) for row in cases.values_list("pk", "last_event", "owner", "state")]


class Row(NamedTuple):
    """How a case looks to an expert. `claim`: they may take it from here."""

    case: Case
    mine: bool = False
    may_read: bool = False
    claim: bool = False

    def key(self, clock: ServiceClock | None) -> str:
        """In a language of the page, by all that decides how it looks.

        `clock` is that of the case which is due first. It may be moved without an event: the member
        wrote once more to whoever has the case after its talk.
        """
        due = (clock.pk, clock.due_at.timestamp()) if clock is not None else ()
        looks = (self.mine, self.may_read, self.claim, get_language())
        return "-".join(map(str, ("row", *self.case, *due, *looks)))


def queue_of(expert: Expert) -> dict[str, list[str]]:
    """The rows of each group as HTML. What a member said stands where this expert may read it."""
    cases = Case.read(Escalation.objects.filter(state__in=OPEN_STATES).in_order()[:OPEN_READ])
    own = [case for case in cases if case.owner == expert.pk and case.state in KEPT]
    foreign = [case for case in cases if case.owner != expert.pk]
    waiting = [case for case in foreign if case.state in WAITING][:SHOWN]
    held = [case for case in foreign if case.state in OWNED_STATES]
    done = readable(expert).filter(state__in=TERMINAL_STATES)
    may_read = _readable(expert, [*waiting, *held])
    others = [case for case in held if case.pk in may_read][:SHOWN]
    groups = {
        "mine": [Row(case, mine=True, may_read=True) for case in own],
        "waiting": [Row(case, may_read=case.pk in may_read, claim=True) for case in waiting],
        "others": [Row(case, may_read=True) for case in others],
        "done": [
            Row(case, mine=case.owner == expert.pk, may_read=True)
            for case in Case.read(done.order_by("-resolved_at", "-created_at")[:RECENT])
        ],
    }
    drawn = _drawn(row for rows in groups.values() for row in rows)
    return {name: [drawn[row] for row in rows if row in drawn] for name, rows in groups.items()}


def _readable(expert: Expert, cases: list[Case]) -> set[int]:
    pks = [case.pk for case in cases]
    if expert.supervisor:
        return set(pks)
    return set(readable(expert).filter(pk__in=pks).values_list("pk", flat=True))


def _drawn(rows: Iterable[Row]) -> dict[Row, str]:
    """Each row as HTML; a case that was deleted meanwhile has none."""
    rows = list(rows)
    clocks = clocks_of([row.case.pk for row in rows])
    by_key = {row.key(clocks.get(row.case.pk)): row for row in rows}
    kept: dict[str, str] = caches["rows"].get_many(by_key)
    fresh = _draw({key: row for key, row in by_key.items() if key not in kept}, clocks)
    if fresh:
        caches["rows"].set_many(fresh, DRAWN_S)
    return {by_key[key]: html for key, html in (kept | fresh).items()}


def _draw(rows: dict[str, Row], clocks: dict[int, ServiceClock]) -> dict[str, str]:
    pks = [row.case.pk for row in rows.values()]
    if not pks:
        return {}
    said = Turn.objects.filter(session=OuterRef("session"), speaker=Turn.Speaker.MEMBER)
    rows_of = Escalation.objects.with_talk().select_related("owner", "owner__user")
    last = Subquery(said.order_by("-seq").values("source")[:1])
    cases = rows_of.annotate(source=last).in_bulk(pks)
    return {
        key: render_to_string(
            "handoff/desk/_row.html",
            {
                "case": cases[row.case.pk],
                "running": clocks.get(row.case.pk),
                **{"mine": row.mine, "may_read": row.may_read, "claim": row.claim},
            },
        )
        for key, row in rows.items()
        if row.case.pk in cases
    }
