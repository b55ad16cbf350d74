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
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from coach import clock
from coach.errors import CoachError
from coach.people.breaks import remind_minors
from coach.reminders.actions import deliver_due, ring_mails
from coach.reminders.actions import prune as prune_reminders
from coach.talk.actions import end_session, settle_expired
from coach.talk.actions.notes import prune_sounds
from coach.talk.models import Card, Floor, Session, Turn
from handoff import actions
from handoff.actions import clocks, timers, transitions
from handoff.actions.ending import NOT_SAID
from handoff.actions.log_findings import look, looks_due
from handoff.actions.planning import call_planned
from handoff.actions.reviewing_blind import draw_round
from handoff.actions.striking import strike
from handoff.actions.transitions import State
from handoff.actions.watching import tell_of_stopped
from handoff.estimates import tell_waits
from handoff.models import (
    OWNED_STATES,
    Escalation,
    EscalationEvent,
    Expert,
    LogLook,
    Offer,
    Outbox,
    PlannedFollowUp,
    ServiceClock,
    Tier,
)
from handoff.outside import outbox
from handoff.timeouts import (
    ATTEMPTS_UNTIL_ATTENTION,
    MAX_RETRY_DOUBLINGS,
    SILENT_FOR,
    TALK_IDLE,
)

log = structlog.get_logger(__name__)
BATCH = 50  # rows of one kind in one walk
FAILED_LOOK_AGAIN = timedelta(hours=1)
CALLS = (State.QUEUED, State.OFFERED)
# What happens next with these is a matter of time: of `next_action_at`.
TIMED_STATES = (State.PARKED, State.TRANSFERRING, State.WRAP_UP)


def sweep_once(stopping: Callable[[], bool] = lambda: False) -> int:
    """Do everything that is due by the database's clock; returns how many rows were handled.

    Called each second, so a walk in which nothing is due asks one thing of each timer and no more.
    Once `stopping`, the rest is left to the next sweeper, which finds it in the rows.
    """
    done, at = 0, clock.now()
    walks = (
        _expire_offers,
        _lose_voices,
        _lose_absent,
        _dispatch,
        _walk_due,
        _hear_silence,
        _strike_clocks,
        _call_planned,
        _end_breaks,
        tell_waits,
    )
    for walk in walks:
        if stopping():
            return done
        if handled := walk(at):
            done += handled
            at = clock.now()  # what a row needs next may be due by what was just done with it
    done += outbox.ring(at)
    return done + deliver_due(at)  # last, and few: nobody in danger waits for it


def tidy_once() -> int:
    """End what was left, delete what was kept long enough: nobody waits, so once a minute."""
    at = clock.now()
    done = _end_abandoned() + _start_clocks(at) + settle_expired() + outbox.prune(at)
    done += tell_of_stopped() + remind_minors(at) + _look_at_logs(at) + _draw_round(at)
    return done + prune_sounds() + ring_mails(at) + prune_reminders(at)


def _look_at_logs(at: datetime) -> int:
    """What members have logged may call a person."""
    return sum(_look(row) for row in looks_due(at))


def _look(row: LogLook) -> bool:
    try:
        look(row)
    except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
        log.warning("logs_not_looked_at", look=row.pk, error=type(error).__name__)
        _put_off(row)
        return False
    return True


def _put_off(row: LogLook) -> None:
    """Many rows that fail must not starve the others, which are due later than they."""
    try:
        later = clock.now() + FAILED_LOOK_AGAIN
        LogLook.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=later)
    except DatabaseError as error:
        log.error("look_not_put_off", look=row.pk, error=type(error).__name__)


def _draw_round(at: datetime) -> bool:
    try:
        return draw_round(at) is not None
    except Exception as error:  # noqa: BLE001  a sample that fails must not stop the timers of all
        log.warning("round_not_drawn", error=type(error).__name__)
        return False


def _start_clocks(at: datetime) -> int:
    """Clocks for open cases that have none: those that are older than the clocks."""
    running = ServiceClock.objects.filter(
        escalation=OuterRef("pk"), kind=ServiceClock.Kind.RESOLUTION, stopped_at=None
    )
    bare = Escalation.objects.filter(_may_try(at), ~Exists(running)).open().in_order()
    return sum(_safely(row, partial(clocks.start_missing, row)) for row in bare[:BATCH])


def _expire_offers(at: datetime) -> int:
    due = Offer.objects.filter(
        _may_try(at, "escalation__"), state=Offer.State.PENDING, expires_at__lte=at
    ).select_related("escalation")
    return sum(_safely(offer.escalation, partial(actions.expire, offer)) for offer in due[:BATCH])


def _lose_absent(at: datetime) -> int:
    """Requeue what is owned by somebody whose page has been silent for a whole lease.

    And give the floor back where they only stayed with the member for the owner.
    """
    silent = _silent("owner", at)
    stays = Q(session__floor=Floor.EXPERT) & ~Q(session__floor_holder=F("owner__user"))
    silent |= stays & _silent("session__floor_holder__expert", at)
    absent = Escalation.objects.filter(
        _may_try(at), silent, state__in=OWNED_STATES, owner__isnull=False
    )
    return sum(_safely(row, partial(actions.lose, row)) for row in absent[:BATCH])


def _silent(expert: str, at: datetime) -> Q:
    return Q(**{f"{expert}__lease_until": None}) | Q(**{f"{expert}__lease_until__lte": at})


def _lose_voices(at: datetime) -> int:
    """Give the member a voice again where the expert's has no socket any more."""
    silent = Escalation.objects.filter(_may_try(at), voice_line__until__lte=at)
    return sum(_safely(row, partial(actions.lose_voice, row)) for row in silent[:BATCH])


def _dispatch(at: datetime) -> int:
    """Ring for all that waits, in the order of the line."""
    return actions.dispatch_queue(at, _safely)


def _walk_due(at: datetime) -> int:
    timed = Escalation.objects.filter(state__in=TIMED_STATES)
    due = timed.filter(_may_try(at), next_action_at__lte=at).in_order()
    return sum(_safely(row, partial(_step, row)) for row in due[:BATCH])


def _hear_silence(at: datetime) -> int:
    """Of members in danger who wait for a person, those who have said nothing for a while."""
    since = at - SILENT_FOR
    said = Turn.objects.filter(session=OuterRef("session"), speaker=Turn.Speaker.MEMBER)
    told = EscalationEvent.objects.filter(escalation=OuterRef("pk"), kind=timers.SILENT)
    waiting = Escalation.objects.filter(
        _may_try(at), ~Exists(told), state__in=CALLS, tier=Tier.P0, created_at__lte=since
    ).alias(said=Subquery(said.order_by("-seq").values("created_at")[:1]))
    silent = waiting.filter(Q(said=None) | Q(said__lte=since)).in_order()
    return sum(_safely(row, partial(timers.member_silent, row)) for row in silent[:BATCH])


def _strike_clocks(at: datetime) -> int:
    """Warn, and tell of what is late: as each case's clocks say."""
    due = ServiceClock.objects.filter(
        _may_try(at, "escalation__"), stopped_at=None, next_at__lte=at
    ).select_related("escalation")
    return sum(_safely(row.escalation, partial(strike, row)) for row in due[:BATCH])


def _call_planned(at: datetime) -> int:
    """What was agreed for today becomes a case."""
    due = PlannedFollowUp.objects.filter(
        _may_try(at, "escalation__"), state=PlannedFollowUp.State.PLANNED, due_at__lte=at
    ).select_related("escalation")
    return sum(_safely(row.escalation, partial(call_planned, row)) for row in due[:BATCH])


def _end_breaks(at: datetime) -> int:
    """Experts whose break is over are asked again."""
    back = Expert.objects.filter(status=Expert.Status.AWAY, away_until__lte=at)
    return sum(_end_break(expert) for expert in back.order_by("away_until")[:BATCH])


def _end_break(expert: Expert) -> bool:
    try:
        return actions.end_break(expert)
    except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
        log.warning("break_not_ended", expert=expert.pk, error=type(error).__name__)
        return False


def _step(row: Escalation) -> None:
    """Do what a due row needs, by its state."""
    if row.state == State.PARKED:
        timers.parked_too_long(row)
    elif row.state == State.WRAP_UP:
        actions.complete(row, row.outcome or NOT_SAID)
    elif row.state == State.TRANSFERRING:
        timers.transfer_stuck(row)


def _end_abandoned() -> int:
    """End talks that were left; open calls become follow-ups."""
    done = 0
    for session in _abandoned(clock.now()):
        try:
            done += end_session(session)
        except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
            log.warning("talk_not_ended", session=str(session.pk), error=type(error).__name__)
    return done


def _abandoned(at: datetime) -> QuerySet[Session]:
    """Live talks in which nothing has happened for `TALK_IDLE`, the oldest first."""
    since = at - TALK_IDLE
    left = Session.objects.live().filter(started_at__lte=since).defer("brief")
    # The last line is found by its number, which has an index; the times of lines have none.
    for last, lines in (("said", Turn.objects), ("shown", Card.objects)):
        times = lines.filter(session=OuterRef("pk")).order_by("-seq").values("created_at")
        left = left.alias(**{last: Subquery(times[:1])})
        left = left.filter(Q(**{last: None}) | Q(**{f"{last}__lte": since}))
    return left.order_by("started_at")[:BATCH]


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
    """Put the row's next try off by 1 s, 2 s, 4 s …; after some of them a supervisor is told."""
    try:
        with transaction.atomic():
            Escalation.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
            row.refresh_from_db(fields=["attempts", "needs_attention"])
            wait = timedelta(seconds=2 ** min(row.attempts - 1, MAX_RETRY_DOUBLINGS))
            Escalation.objects.filter(pk=row.pk).update(retry_at=clock.now() + wait)
            if row.attempts >= ATTEMPTS_UNTIL_ATTENTION and not row.needs_attention:
                transitions.move(row, "needs_attention", needs_attention=True)
                outbox.post(Outbox.Kind.ATTENTION, row, clock.now())
    except (DatabaseError, ObjectDoesNotExist) as error:
        log.error("failure_not_counted", escalation=row.pk, error=type(error).__name__)
