"""Which clocks of a case run: it follows from the case's row, and is looked at when that changes.

Somebody takes it, first word, next word, next contact, resolved. What a clock does when it strikes
is in `striking`; times are those of the database's clock.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from coach import clock
from coach.talk.models import Session
from handoff.actions import locks
from handoff.actions.stays import stayer_of
from handoff.models import OWNED_STATES, Escalation, ServiceClock
from handoff.service import limit, stage_at, strikes_at

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage
State, Mode = Escalation.State, Escalation.Mode
# What an expert owes a member whose talk has ended.
AFTER_TALK = (Kind.FIRST_WORD, Kind.CONTACT)


def member_waits(case: Escalation, at: datetime) -> None:
    """The member said something to the expert who has the floor: an answer is owed."""
    if not is_written_to(case):
        return
    if not _running(case).filter(kind=Kind.NEXT_WORD).exists():
        _start(case, Kind.NEXT_WORD, at)


def answered(session: Session, at: datetime) -> None:
    """The expert of the talk has said something."""
    owed = ServiceClock.objects.filter(escalation__session=session, kind=Kind.NEXT_WORD)
    owed.filter(stopped_at=None).update(stopped_at=at, next_at=None)


def contact_by(case: Escalation, due: datetime, at: datetime) -> None:
    """The member was contacted; the owner, who has it after the talk, does so again by `due`."""
    # One that has started with this very contact is no promise that it has kept.
    _running(case).filter(kind=Kind.CONTACT, started_at=at).delete()
    _stop(case, [Kind.CONTACT], at)
    _start(case, Kind.CONTACT, at, due)


def hurry(case: Escalation, at: datetime) -> None:
    """The member said something to whoever has it after the talk: an answer is due soon.

    What is due sooner stays so: more words put nothing off.
    """
    due = limit(Kind.ACCEPT, case.tier, at)
    for row in _running(case).filter(kind__in=AFTER_TALK):
        if due < row.due_at:
            row.started_at, row.due_at, row.stage = at, due, Stage.RUNNING
            row.next_at = strikes_at(at, due, Stage.HALF)
        elif row.next_at is not None:
            row.next_at = min(row.next_at, due)
        row.save(update_fields=["started_at", "due_at", "stage", "next_at"])


def clocks_of(cases: list[int]) -> dict[int, ServiceClock]:
    """Of each case with these keys the running clock that is due first."""
    running = ServiceClock.objects.filter(escalation__in=cases, stopped_at=None)
    return {row.escalation_id: row for row in running.order_by("-due_at")}


def next_contact(case: Escalation) -> ServiceClock | None:
    """By when the owner, who has the case after its talk, gets back to the member."""
    return _running(case).filter(kind=Kind.CONTACT).first()


def follow(
    case: Escalation, at: datetime, *, retimed: bool = False, handed_on: bool = False
) -> None:
    """Start and stop clocks as the row of `case` asks.

    `retimed`: its tier has changed. `handed_on`: it has a new owner, who has said nothing yet.
    """
    wanted = _wanted(case)
    running = {row.kind: row for row in _running(case)}
    over = [kind for kind in running if kind not in wanted]
    if Kind.NEXT_WORD in over and is_written_to(case):
        over.remove(Kind.NEXT_WORD)  # only words stop it, or that it is another's turn
    if handed_on and Kind.FIRST_WORD in running:
        over.append(Kind.FIRST_WORD)
    _stop(case, over, at)
    for kind in wanted:
        if kind not in running or kind in over:
            _start(case, kind, case.created_at if kind == Kind.RESOLUTION else at)
    if retimed:
        for row in running.values():
            if row.kind not in over:
                _retime(case, row, at)


@transaction.atomic
def start_missing(case: Escalation) -> None:
    """Start the clocks of a case that was open before there were any."""
    _session, case = locks.lock_escalation(case)
    follow(case, clock.now())


def is_written_to(case: Escalation) -> bool:
    """Whether somebody answers in writing: the owner, or who stays with the member for them.

    A voice has a lease: dictation may miss its words.
    """
    if case.mode == Mode.TEXT and case.state in (State.ACTIVE, State.TRANSFERRING):
        return True
    return stayer_of(case) is not None


def _wanted(case: Escalation) -> list[str]:
    """The clocks that run in the state of `case`; the next word is waited for by words alone."""
    if not case.is_open:
        return []
    wanted: list[str] = [Kind.RESOLUTION]
    if case.state in (State.QUEUED, State.OFFERED):
        wanted.append(Kind.ACCEPT)
    elif case.state == State.FOLLOW_UP:
        wanted.append(Kind.ACCEPT if case.owner_id is None else Kind.CONTACT)
    elif case.state in OWNED_STATES:
        silent = case.first_human_at is None and case.mode in (Mode.TEXT, Mode.VOICE)
        if case.state == State.ASSIGNED or silent:
            wanted.append(Kind.FIRST_WORD)
    return wanted


def _retime(case: Escalation, row: ServiceClock, at: datetime) -> None:
    """Give a clock the time of the case's new tier; what was agreed to be sooner stays so.

    What was late and is not by the new tier is in time; what is late by both stays as it is.
    """
    due = limit(row.kind, case.tier, row.started_at, over=_is_over(case))
    if row.kind == Kind.CONTACT:
        due = min(due, row.due_at)
    stage = stage_at(row.started_at, due, at)
    if min(row.stage, stage) >= Stage.BREACHED:
        return
    # What is over already strikes at the next walk.
    next_at = at if stage > row.stage else strikes_at(row.started_at, due, stage + 1)
    ServiceClock.objects.filter(pk=row.pk).update(
        due_at=due, next_at=next_at, stage=min(row.stage, stage)
    )


def _start(case: Escalation, kind: str, at: datetime, due: datetime | None = None) -> None:
    due = due or limit(kind, case.tier, at, over=_is_over(case))
    next_at = strikes_at(at, due, Stage.HALF)
    ServiceClock.objects.create(
        escalation=case, kind=kind, started_at=at, due_at=due, next_at=next_at
    )


def _stop(case: Escalation, kinds: list[str], at: datetime) -> None:
    if kinds:
        _running(case).filter(kind__in=kinds).update(stopped_at=at, next_at=None)


def _running(case: Escalation) -> "QuerySet[ServiceClock]":
    return ServiceClock.objects.filter(escalation=case, stopped_at=None)


def _is_over(case: Escalation) -> bool:
    return case.session.ended_at is not None
