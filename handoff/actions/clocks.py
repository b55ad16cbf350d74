"""Which clocks of a case run: it follows from the case's row, and is looked at when that changes.

Somebody takes it, first word, next word, resolved. What a clock does when it strikes is in
`striking`; times are those of the database's clock.
"""

from datetime import datetime

from django.db import transaction

from coach import clock
from coach.talk.models import Session
from handoff.actions import locks
from handoff.models import OWNED_STATES, Escalation, ServiceClock
from handoff.service import limit, stage_at, strikes_at

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage
State, Mode = Escalation.State, Escalation.Mode


def member_waits(case: Escalation, at: datetime) -> None:
    """The member said something to the expert who has the floor: an answer is owed."""
    if not _is_written_to(case):
        return
    running = ServiceClock.objects.filter(escalation=case, kind=Kind.NEXT_WORD, stopped_at=None)
    if not running.exists():
        _start(case, Kind.NEXT_WORD, at)


def answered(session: Session, at: datetime) -> None:
    """The expert of the talk has said something."""
    owed = ServiceClock.objects.filter(escalation__session=session, kind=Kind.NEXT_WORD)
    owed.filter(stopped_at=None).update(stopped_at=at, next_at=None)


def clocks_of(cases: list[int]) -> dict[int, ServiceClock]:
    """Of each case with these keys the running clock that is due first."""
    running = ServiceClock.objects.filter(escalation__in=cases, stopped_at=None)
    return {row.escalation_id: row for row in running.order_by("-due_at")}


def follow(case: Escalation, at: datetime, *, retimed: bool) -> None:
    """Start and stop clocks as the row of `case` asks; `retimed`: its tier has changed."""
    wanted = _wanted(case)
    running = {
        row.kind: row for row in ServiceClock.objects.filter(escalation=case, stopped_at=None)
    }
    over = [kind for kind in running if kind not in wanted]
    if Kind.NEXT_WORD in over and _is_written_to(case):
        over.remove(Kind.NEXT_WORD)  # only words stop it, or that it is another's turn
    _stop(case, over, at)
    for kind in wanted:
        if kind not in running:
            _start(case, kind, case.created_at if kind == Kind.RESOLUTION else at)
    for row in running.values():
        if retimed and row.kind not in over and row.stage < Stage.BREACHED:
            due = limit(row.kind, case.tier, row.started_at)
            stage = stage_at(row.started_at, due, at)
            # What is over already strikes at the next walk.
            next_at = at if stage > row.stage else strikes_at(row.started_at, due, row.stage + 1)
            ServiceClock.objects.filter(pk=row.pk).update(due_at=due, next_at=next_at)


@transaction.atomic
def start_missing(case: Escalation) -> None:
    """Start the clocks of a case that was open before there were any."""
    _session, case = locks.lock_escalation(case)
    follow(case, clock.now(), retimed=False)


def _wanted(case: Escalation) -> list[str]:
    """The clocks that run in the state of `case`; the next word is waited for by words alone."""
    if not case.is_open:
        return []
    wanted: list[str] = [Kind.RESOLUTION]
    unowned = case.state == State.FOLLOW_UP and case.owner_id is None
    if case.state in (State.QUEUED, State.OFFERED) or unowned:
        wanted.append(Kind.ACCEPT)
    elif case.state in OWNED_STATES and case.session.ended_at is None:
        silent = case.first_human_at is None and case.mode in (Mode.TEXT, Mode.VOICE)
        if case.state == State.ASSIGNED or silent:
            wanted.append(Kind.FIRST_WORD)
    return wanted


def _is_written_to(case: Escalation) -> bool:
    """Whether the owner answers in writing. A voice has a lease: dictation may miss its words."""
    return case.mode == Mode.TEXT and case.state in (State.ACTIVE, State.TRANSFERRING)


def _start(case: Escalation, kind: str, at: datetime) -> None:
    due = limit(kind, case.tier, at)
    next_at = strikes_at(at, due, Stage.HALF)
    ServiceClock.objects.create(
        escalation=case, kind=kind, started_at=at, due_at=due, next_at=next_at
    )


def _stop(case: Escalation, kinds: list[str], at: datetime) -> None:
    if kinds:
        ServiceClock.objects.filter(escalation=case, kind__in=kinds, stopped_at=None).update(
            stopped_at=at, next_at=None
        )
