"""The timers. Every timer is a column; `sweep_once` walks what is due. No broker is needed.

Two or ten sweepers do what one does: each step is a verb that changes nothing when its row has
moved on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import CoachError
from coach.talk.actions import end_session
from coach.talk.actions.notes import prune_sounds
from coach.talk.models import Card, Session, Turn
from handoff import actions, outbox
from handoff.actions import rows
from handoff.actions.rows import State
from handoff.models import OWNED_STATES, Escalation, Offer, Outbox, Tier
from handoff.timing import (
    ATTEMPTS_UNTIL_ATTENTION,
    FIRST_WORD,
    MAX_RETRY_DOUBLINGS,
    REMIND,
    TALK_IDLE,
)

log = structlog.get_logger(__name__)
BATCH = 50
WAITING = (State.QUEUED, State.OFFERED, State.PARKED, State.FOLLOW_UP)


def sweep_once() -> int:
    """Do everything that is due by the database's clock; returns how many rows were handled."""
    done = _expire_offers() + _lose_absent() + _mark_overdue() + _walk_due()
    return done + _end_abandoned() + outbox.send_waiting() + prune_sounds()


def _expire_offers() -> int:
    at = clock.now()
    due = Offer.objects.filter(
        _may_try(at, "escalation__"), state=Offer.State.PENDING, expires_at__lte=at
    ).select_related("escalation")
    return sum(_safely(offer.escalation, partial(actions.expire, offer)) for offer in due[:BATCH])


def _lose_absent() -> int:
    """What is owned by somebody whose page has been silent for a whole lease."""
    at = clock.now()
    owned = Escalation.objects.filter(_may_try(at), state__in=OWNED_STATES).select_related("owner")
    absent = [row for row in owned if row.owner is not None and not row.owner.live(at)]
    return sum(_safely(row, partial(actions.lose, row)) for row in absent[:BATCH])


def _mark_overdue() -> int:
    at = clock.now()
    late = Escalation.objects.filter(
        _may_try(at), state__in=WAITING, overdue=False, due_at__lte=at
    ).in_order()
    return sum(_safely(row, partial(mark_overdue, row)) for row in late[:BATCH])


def _walk_due() -> int:
    at = clock.now()
    due = Escalation.objects.open().filter(_may_try(at), next_action_at__lte=at).in_order()
    return sum(_safely(row, partial(_step, row)) for row in due[:BATCH])


def _end_abandoned() -> int:
    """End talks in which nothing has happened for `TALK_IDLE`: who is wanted there follows up."""
    since = clock.now() - TALK_IDLE
    lately = {"session": OuterRef("pk"), "created_at__gt": since}
    left = Session.objects.live().filter(
        ~Exists(Turn.objects.filter(**lately)),
        ~Exists(Card.objects.filter(**lately)),
        started_at__lte=since,
    )
    done = 0
    for session in left.order_by("started_at")[:BATCH]:
        try:
            done += end_session(session)
        except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
            log.warning("talk_not_ended", session=str(session.pk), error=type(error).__name__)
    return done


def _may_try(at: datetime, path: str = "") -> Q:
    """Not a row that has just failed: many of them must not starve the others."""
    return Q(**{f"{path}retry_at": None}) | Q(**{f"{path}retry_at__lte": at})


def _safely(row: Escalation, step: Callable[[], object]) -> int:
    """Run one step; a row that fails again and again is shown to a supervisor and kept."""
    try:
        step()
    except CoachError:
        return 0  # somebody was faster: the row is in good hands
    except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
        log.warning("step_failed", escalation=row.pk, error=type(error).__name__)
        _count_failure(row)
        return 0
    if row.attempts:
        Escalation.objects.filter(pk=row.pk).update(attempts=0, retry_at=None)
    return 1


def _count_failure(row: Escalation) -> None:
    try:
        with transaction.atomic():
            Escalation.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
            row.refresh_from_db(fields=["attempts", "needs_attention"])
            wait = timedelta(seconds=2 ** min(row.attempts - 1, MAX_RETRY_DOUBLINGS))
            Escalation.objects.filter(pk=row.pk).update(retry_at=clock.now() + wait)
            if row.attempts >= ATTEMPTS_UNTIL_ATTENTION and not row.needs_attention:
                rows.move(row, "needs_attention", needs_attention=True)
                rows.post(Outbox.Kind.ATTENTION, row, clock.now())
    except (DatabaseError, ObjectDoesNotExist) as error:
        log.error("failure_not_counted", escalation=row.pk, error=type(error).__name__)


def _step(row: Escalation) -> None:
    """What a due row needs, by its state."""
    if row.state in (State.QUEUED, State.OFFERED):
        actions.dispatch(row)
    elif row.state == State.ASSIGNED:
        first_word_late(row)
    elif row.state == State.PARKED:
        parked_too_long(row)
    elif row.state == State.FOLLOW_UP:
        remind(row)
    elif row.state == State.WRAP_UP and row.tier != Tier.P0:
        actions.complete(row, row.outcome or "not_said")
    elif row.state == State.TRANSFERRING:
        transfer_stuck(row)


@transaction.atomic
def mark_overdue(row: Escalation) -> bool:
    """Nobody accepted in time: say so to everyone. P3 becomes P2, once; the state stays."""
    _session, row = rows.lock(row)
    at = clock.now()
    if row.overdue or row.due_at > at or row.state not in WAITING:
        return False
    moved = rows.move(
        row,
        "overdue",
        from_states=WAITING,
        at=at,
        overdue=True,
        tier=Tier.P2 if row.tier == Tier.P3 else row.tier,
    )
    rows.post(Outbox.Kind.OVERDUE, row, at)
    return moved


@transaction.atomic
def first_word_late(row: Escalation) -> None:
    """Accepted but silent: a warning first, then it goes to somebody else."""
    _session, row = rows.lock(row)
    at = clock.now()
    if row.state != State.ASSIGNED or row.owner is None or not _due(row, at):
        return
    if not row.warned:
        rows.move(row, "warned", at=at, warned=True, next_action_at=at + FIRST_WORD[row.tier])
        publish(row.owner.group, wire.OwnershipChanged(row.pk, warn=True))
        return
    actions.release(row, row.owner, "no first word")


@transaction.atomic
def parked_too_long(row: Escalation) -> None:
    _session, row = rows.lock(row)
    at = clock.now()
    if _due(row, at):
        rows.move(
            row,
            "parked_too_long",
            from_states=(State.PARKED,),
            at=at,
            state=State.FOLLOW_UP,
            next_action_at=at + REMIND,
        )


@transaction.atomic
def remind(row: Escalation) -> None:
    """A follow-up that is still waiting: tell the supervisors again."""
    _session, row = rows.lock(row)
    at = clock.now()
    if row.state != State.FOLLOW_UP or not _due(row, at):
        return
    rows.move(row, "reminded", at=at, overdue=True, next_action_at=at + REMIND)
    rows.post(Outbox.Kind.OVERDUE, row, at)


@transaction.atomic
def transfer_stuck(row: Escalation) -> None:
    """A transfer whose offer is gone without an answer belongs to its owner again."""
    _session, row = rows.lock(row)
    at = clock.now()
    if not _due(row, at) or row.offers.filter(state=Offer.State.PENDING).exists():
        return
    joined = row.joined_at is not None
    rows.move(
        row,
        "transfer_ended",
        from_states=(State.TRANSFERRING,),
        at=at,
        state=State.ACTIVE if joined else State.ASSIGNED,
        next_action_at=None if joined else at + FIRST_WORD[row.tier],
    )


def _due(row: Escalation, at: datetime) -> bool:
    return row.next_action_at is not None and row.next_action_at <= at
