"""The outbox: what is told outside, written as rows with the change and sent at least once.

The row is the truth. A worker sends, one task to a row, since a server that does not answer holds
up whoever talks with it. The sweeper never does: it only rings again for rows that are due. Mail,
web hooks and web push differ in how one row is delivered, and in nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from coach import clock
from coach.after_commit import enqueue
from coach.types import Member
from handoff.limits import DEVICES_MOST
from handoff.models import (
    TERMINAL_STATES,
    DeliveryTry,
    Escalation,
    Outbox,
    PushSubscription,
    WebHook,
)
from handoff.outside import mails, web_hooks, web_push
from handoff.outside.outcome import Outcome
from handoff.timeouts import DELIVERIES_KEPT

log = structlog.get_logger(__name__)
BATCH = 200  # rows of one channel that one bell of the sweeper wakes
MAX_ATTEMPTS = 8
RING_AGAIN = timedelta(seconds=30)  # so long a bell is believed to be under way
FIRST_WAIT_S = 15  # doubled with each try
Via = Outbox.Channel
NAMED = ("escalation", "recipient", "hook", "device")


@dataclass(frozen=True)
class Channel:
    """`deliver` sends one row; the tasks that call for it are known by name."""

    deliver: Callable[[Outbox], Outcome]
    send_one: str
    send_waiting: str


CHANNELS: dict[str, Channel] = {
    Via.MAIL: Channel(mails.deliver, "handoff.tasks.send_mail", "handoff.tasks.send_waiting_mails"),
    Via.HOOK: Channel(
        web_hooks.deliver, "handoff.tasks.send_hook", "handoff.tasks.send_waiting_hooks"
    ),
    Via.PUSH: Channel(
        web_push.deliver, "handoff.tasks.send_push", "handoff.tasks.send_waiting_pushes"
    ),
}


# --- rows -----------------------------------------------------------------------------------------


def post(
    kind: str,
    escalation: Escalation | None,
    at: datetime,
    recipient: Member | None = None,
    *,
    due: datetime | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write to `recipient`, also on their devices, or else to all supervisors.

    In the caller's transaction; a worker sends it after. What is `due` later is rung for then.
    """
    row = Outbox(kind=kind, escalation=escalation, recipient=recipient, facts=dict(facts or {}))
    _put(row, at, due)
    if recipient is None:
        return
    for device in PushSubscription.objects.for_member(recipient).reached()[:DEVICES_MOST]:
        _put(_to_device(device, kind, facts or {}, escalation), at, due)


def announce(
    kind: str, escalation: Escalation, changes: Mapping[str, object], at: datetime
) -> None:
    """Tell the web hooks of a change of a case, if it is one that has a name outside."""
    events = web_hooks.told_of(kind, changes)
    if not events:
        return
    for hook in WebHook.objects.filter(active=True):
        for event in events:
            if event in hook.events:
                facts = web_hooks.facts_of(event, escalation, at)
                _put(_to_hook(hook, Outbox.Kind.CASE, facts, escalation), at)


def post_test(hook: WebHook) -> None:
    """A message to one web hook that is of no case."""
    at = clock.now()
    facts = {"type": "test", "timestamp": at.isoformat(), "data": {}}
    _put(_to_hook(hook, Outbox.Kind.TEST, facts), at)


def post_test_push(device: PushSubscription, path: str) -> None:
    """A message to one device, which opens `path`. One try: what comes later tests nothing."""
    row = _to_device(device, Outbox.Kind.TEST, {"path": path})
    row.attempts = MAX_ATTEMPTS - 1
    _put(row, clock.now())


def send_again(rows: "QuerySet[Outbox]") -> int:
    """Send them once more, whatever came of them, with all their tries; their ids stay.

    Returns how many. The sweeper rings for them: they may be thousands.
    """
    return rows.order_by().update(sent_at=None, attempts=0, next_try_at=clock.now(), rung_at=None)


def withdraw_calls(escalation: Escalation) -> None:
    """Nobody has to come any more: who was to be told and is not yet never is.

    Else hundreds of such rows stand before the next call. One that is being sent goes out.
    """
    Outbox.objects.filter(
        escalation=escalation, kind=Outbox.Kind.CALL, sent_at=None, attempts=0
    ).delete()


def _to_hook(
    hook: WebHook, kind: str, facts: Mapping[str, object], escalation: Escalation | None = None
) -> Outbox:
    return Outbox(channel=Via.HOOK, kind=kind, hook=hook, facts=dict(facts), escalation=escalation)


def _to_device(
    device: PushSubscription,
    kind: str,
    facts: Mapping[str, object],
    escalation: Escalation | None = None,
) -> Outbox:
    return Outbox(
        channel=Via.PUSH,
        kind=kind,
        device=device,
        recipient=device.user,
        facts=dict(facts),
        escalation=escalation,
    )


def _put(row: Outbox, at: datetime, due: datetime | None = None) -> None:
    now = due is None or due <= at
    row.created_at, row.next_try_at, row.rung_at = at, due or at, at if now else None
    row.save(force_insert=True)
    if now:
        enqueue(CHANNELS[row.channel].send_one, row.pk)


# --- bells ----------------------------------------------------------------------------------------


def ring(at: datetime) -> int:
    """Tell workers that rows wait: their bell was lost, or their sender. Returns how many wait.

    One bell for all of a channel, and not each second, however many wait: while the broker is away,
    each would cost a try to reach it, and while the workers are away, each would stay in its queue.
    """
    unheard = _due(at).filter(Q(rung_at=None) | Q(rung_at__lte=at - RING_AGAIN)).order_by()
    rung = 0
    for channel in list(unheard.values_list("channel", flat=True).distinct()):
        rung += unheard.filter(channel=channel).update(rung_at=at)
        enqueue(CHANNELS[channel].send_waiting)
    return rung


def waiting(channel: str = Via.MAIL) -> list[int]:
    """Keys of the rows of a channel that are due, the oldest first; the first of each web hook.

    A web hook calls for its next row itself, and however many wait for one, all others are asked.
    """
    due = _due(clock.now()).filter(channel=channel)
    if channel == Via.HOOK:
        firsts = due.order_by().values("hook").annotate(first=Min("pk"))
        return sorted(firsts.values_list("first", flat=True))
    return list(due.values_list("pk", flat=True)[:BATCH])


def prune(at: datetime) -> int:
    """Delete old deliveries that no rule asks for any more.

    Those are all to web hooks and devices, and mails about cases that are over. As long as a case
    is open, its mails say what was told already.
    """
    done = ~Q(channel=Via.MAIL) | Q(escalation__state__in=TERMINAL_STATES)
    old = Outbox.objects.filter(done, created_at__lt=at - DELIVERIES_KEPT)
    gone, _rows = Outbox.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:500])
    ).delete()
    return gone


# --- one row --------------------------------------------------------------------------------------


def send(pk: int) -> bool:
    """Send one row if it is due and nobody else has it; whether it went out.

    What fails is tried again after 30 s, 60 s, 120 s and so on, at most `MAX_ATTEMPTS` times.
    """
    row = _due(clock.now()).filter(pk=pk).select_related(*NAMED).first()
    if row is None:
        return False
    if row.hook is None:
        return _try(row)
    turn = web_hooks.take_turn(row.hook, clock.now())
    if turn is None:
        return False
    try:
        return _try(row)
    finally:
        web_hooks.leave_turn(row.hook, turn)
        _ring_next(row.hook)


def _try(row: Outbox) -> bool:
    if not _claim(row):
        return False
    if mails.is_moot(row, clock.now()):
        row.delete()
        return False
    begun = monotonic()
    outcome = CHANNELS[row.channel].deliver(row)
    try:
        _settle(row, outcome, round(1000 * (monotonic() - begun)))
    except IntegrityError:  # its case or its device was deleted meanwhile, and the row with it
        log.info("outbox_row_is_gone", outbox=row.pk)
    return outcome.sent


@transaction.atomic
def _settle(row: Outbox, outcome: Outcome, duration_ms: int) -> None:
    """Write down what came of a try, and what follows for the row and its destination."""
    at = clock.now()
    given_up = not outcome.sent and row.attempts + 1 >= MAX_ATTEMPTS
    DeliveryTry.objects.create(
        row=row,
        at=at,
        sent=outcome.sent,
        status=outcome.status,
        error=outcome.error,
        duration_ms=duration_ms,
    )
    if outcome.sent:
        Outbox.objects.filter(pk=row.pk).update(sent_at=at)
    else:
        log.warning("outbox_not_sent", outbox=row.pk, error=outcome.error)
        if given_up:
            log.error("outbox_given_up", outbox=row.pk, channel=row.channel)
    if row.hook is not None and web_hooks.settle(row.hook, outcome, at, given_up=given_up):
        log.error("web_hook_switched_off", hook=row.hook.pk)
        post(Outbox.Kind.HOOK_OFF, None, at, facts={"hook": row.hook.name})
    if row.device is not None and outcome.gone:
        row.device.delete()  # and what else waits for it


def _due(at: datetime) -> "QuerySet[Outbox]":
    """What may be tried now. What happened to a case waits for what happened to it before."""
    unsent = Outbox.objects.filter(sent_at__isnull=True, attempts__lt=MAX_ATTEMPTS)
    before = unsent.filter(
        hook=OuterRef("hook"), escalation=OuterRef("escalation"), pk__lt=OuterRef("pk")
    )
    off = Q(channel=Via.HOOK, hook__active=False)
    return unsent.filter(~off, ~Exists(before), next_try_at__lte=at)


def _claim(row: Outbox) -> bool:
    """Take the row for a while: until its next try, which is also when a lost sender is missed.

    A crash between sending and writing so down only means that it is sent once more. Of two senders
    who read the same row, one finds it changed.
    """
    same = Outbox.objects.filter(pk=row.pk, attempts=row.attempts, sent_at=None)
    wait = timedelta(seconds=FIRST_WAIT_S * 2 ** (row.attempts + 1))
    return bool(same.update(attempts=F("attempts") + 1, next_try_at=clock.now() + wait))


def _ring_next(hook: WebHook) -> None:
    """Its next row waits for no bell of its own: that came while the hook was busy."""
    following = _due(clock.now()).filter(hook=hook).values_list("pk", flat=True).first()
    if following is not None:
        enqueue(CHANNELS[Via.HOOK].send_one, following)
