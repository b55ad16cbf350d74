"""What every verb of the desk shares: locks in one order, one way to move a row, one event each.

Locks are always taken session, escalation, expert, offer. `no_key` leaves room for rows that
merely point at a locked one.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import enqueue, publish
from coach.errors import Conflict
from coach.talk.models import Session
from handoff import nudges
from handoff.models import (
    OWNED_STATES,
    TERMINAL_STATES,
    Escalation,
    EscalationEvent,
    Expert,
    Offer,
    Outbox,
)

State = Escalation.State


class AlreadyTaken(Conflict):
    """Somebody else was first, or the offer ran out."""

    code = "already_taken"


def taken() -> AlreadyTaken:
    return AlreadyTaken(_("Somebody else has it already, or the offer has run out."))


def lock_session(pk: Any) -> Session:
    found: Session = (
        Session.objects.select_related("member", "persona")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=pk)
    )
    return found


def lock(escalation: Escalation) -> tuple[Session, Escalation]:
    """Lock the escalation's session and then the escalation; both as they are now."""
    session = lock_session(escalation.session_id)
    fresh: Escalation = Escalation.objects.select_for_update(no_key=True).get(pk=escalation.pk)
    fresh.session = session
    return session, fresh


def lock_expert(pk: int) -> Expert:
    """Lock an expert's row: their load is only ever counted and changed under it."""
    return (
        Expert.objects.select_related("user")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=pk)
    )


def load_of(expert: Expert, *, without: Escalation | None = None) -> int:
    """Conversations the expert owns, counted from rows; a spoken one takes all their capacity."""
    owned = Escalation.objects.filter(owner=expert, state__in=OWNED_STATES)
    if without is not None:
        owned = owned.exclude(pk=without.pk)
    modes = list(owned.values_list("mode", flat=True))
    if Escalation.Mode.VOICE in modes:
        return max(expert.capacity, len(modes))
    return len(modes)


def move(
    escalation: Escalation,
    kind: str,
    *,
    from_states: tuple[str, ...] | None = None,
    owner: Expert | None = None,
    actor: Any = None,
    at: datetime | None = None,
    **changes: Any,
) -> bool:
    """Change the row if it still stands in `from_states` (and is `owner`'s), and write its event.

    False when it does not: then nothing was written. `changes` are fields and their new values;
    pointers are given as `<name>_id`.
    """
    rows = Escalation.objects.filter(pk=escalation.pk)
    if from_states is not None:
        rows = rows.filter(state__in=from_states)
    if owner is not None:
        rows = rows.filter(owner=owner)
    if not rows.update(last_event=F("last_event") + 1, **changes):
        return False
    escalation.refresh_from_db(fields=["last_event", *{_field(name) for name in changes}])
    EscalationEvent.objects.create(
        escalation=escalation,
        seq=escalation.last_event,
        kind=kind,
        changes={name: _plain(value) for name, value in changes.items()},
        actor=actor,
        at=at or clock.now(),
    )
    if changes.get("state") in TERMINAL_STATES:
        end_offers(escalation, Offer.State.CANCELED, at or clock.now())
    tell_desk(escalation)
    return True


def end_offers(escalation: Escalation, state: str, at: datetime, *, but: int | None = None) -> int:
    """End the offers that still ring, and tell those experts."""
    ringing = Offer.objects.filter(escalation=escalation, state=Offer.State.PENDING)
    if but is not None:
        ringing = ringing.exclude(pk=but)
    ended = 0
    for offer in ringing.select_related("expert"):
        ended += Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING).update(
            state=state, answered_at=at, ended_at=at
        )
        publish(offer.expert.group, wire.OfferEnded(offer.pk))
    return ended


def end_ownership(escalation: Escalation, state: str, at: datetime) -> None:
    """End the accepted offer: the expert's place is free again."""
    Offer.objects.filter(
        escalation=escalation, state=Offer.State.ACCEPTED, ended_at__isnull=True
    ).update(state=state, ended_at=at)
    if escalation.owner_id is not None:
        Expert.objects.filter(pk=escalation.owner_id).update(last_released_at=at)


def tell_desk(escalation: Escalation) -> None:
    """The queue changed: every desk refetches, and so does the member's person card."""
    publish("desk", wire.QueueChanged(escalation.last_event))
    publish(
        Session(pk=escalation.session_id).group,
        wire.DataChanged("person"),
    )


def ring_dispatcher(escalation: Escalation) -> None:
    enqueue(nudges.dispatch_now, escalation.pk)


def wake_queue(at: datetime) -> None:
    """Somebody has room: whoever waits is looked at now instead of at the next step."""
    # A locked row is in somebody's hands already, and waiting for it here could deadlock.
    waiting = list(
        Escalation.objects.filter(state=State.QUEUED, next_action_at__gt=at)
        .select_for_update(skip_locked=True, no_key=True)
        .values_list("pk", flat=True)
    )
    Escalation.objects.filter(pk__in=waiting).update(next_action_at=at)
    enqueue(nudges.sweep_now)


def post(kind: str, escalation: Escalation, at: datetime) -> None:
    """Write what must leave the house; the sweeper sends it."""
    Outbox.objects.create(kind=kind, escalation=escalation, created_at=at, next_try_at=at)


def _field(name: str) -> str:
    return name.removesuffix("_id") if name != "item_id" else name


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return value
