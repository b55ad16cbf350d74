"""The one way to change an escalation: a guarded UPDATE and its event, or nothing at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db.models import F
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Conflict
from coach.types import Member
from handoff.actions import clocks
from handoff.actions.queue import tell_called_in, tell_desks, tell_member_page
from handoff.actions.rating import ask_member
from handoff.models import (
    TERMINAL_STATES,
    WAITING_STATES,
    Escalation,
    EscalationEvent,
    Expert,
    Offer,
)
from handoff.outside import outbox
from handoff.timeouts import OFFER_LIFE

State = Escalation.State
# What of a row decides which clocks run.
_CLOCKED = frozenset({"state", "tier", "mode", "owner_id", "first_human_at"})


class AlreadyTaken(Conflict):
    """Somebody else was first, or the offer ran out."""

    code = "already_taken"


def taken() -> AlreadyTaken:
    return AlreadyTaken(_("Somebody else has it already, or the offer has run out."))


class EscalationChanges(TypedDict, total=False):
    """Columns of `Escalation` that verbs write; those of another row by its id."""

    state: str
    tier: int
    code: str
    codes: list[str]
    reason: str
    quote: str
    item_id: str
    language: str
    domain: str
    owner_id: int | None
    preferred_id: int | None
    mode: str
    ring: int
    ring_since: datetime
    at_head: bool
    next_action_at: datetime | None
    needs_attention: bool
    created_at: datetime
    offered_at: datetime | None
    accepted_at: datetime | None
    first_human_at: datetime | None
    wrap_at: datetime | None
    resolved_at: datetime | None
    joined_at: datetime | None
    crisis_card_id: int | None
    reach_by: str
    reach_phone: str
    reach_when: str
    first_words: str
    note_for_coach: str
    may_quote: bool
    constraints: list[str]
    outcome: str
    flag_right: str
    reopened_from_id: int | None


def move(
    escalation: Escalation,
    kind: str,
    *,
    from_states: tuple[str, ...] | None = None,
    owner: Expert | None = None,
    actor: Member | None = None,
    at: datetime | None = None,
    note: str = "",
    **changes: Unpack[EscalationChanges],
) -> bool:
    """Change the row if it still stands in `from_states` (and is `owner`'s), and write its event.

    `note` stands in the event alone. False when it does not: then nothing was written. A terminal
    state ends the open offers, and the member may be asked whether the expert helped.
    """
    rows = Escalation.objects.filter(pk=escalation.pk)
    if from_states is not None:
        rows = rows.filter(state__in=from_states)
    if owner is not None:
        rows = rows.filter(owner=owner)
    before = escalation.state
    if not rows.update(last_event=F("last_event") + 1, **changes):
        return False
    escalation.refresh_from_db(fields=["last_event", *map(_field, changes)])
    at = at or clock.now()
    EscalationEvent.objects.create(
        escalation=escalation,
        seq=escalation.last_event,
        kind=kind,
        changes=_as_json(changes),
        note=note,
        actor=actor,
        at=at,
    )
    _follow(escalation, changes, at)
    if before in WAITING_STATES and not escalation.waits:
        outbox.withdraw_calls(escalation)
    outbox.announce(kind, escalation, changes, at)
    tell_desks(escalation, before)
    if changes:  # what experts only write down, like a note, is nothing to the member
        tell_member_page(escalation)
    return True


def _follow(escalation: Escalation, changes: EscalationChanges, at: datetime) -> None:
    """Do what follows from a change of the row, whatever the verb: clocks, offers, the question."""
    if not _CLOCKED.isdisjoint(changes):
        handed_on = changes.get("owner_id") is not None
        clocks.follow(escalation, at, retimed="tier" in changes, handed_on=handed_on)
    if changes.get("state") in (State.WRAP_UP, *TERMINAL_STATES):
        tell_called_in(escalation)
    if changes.get("state") in TERMINAL_STATES:
        end_offers(escalation, Offer.State.CANCELED, at)
        ask_member(escalation, at)
    if "tier" in changes:
        _ring_as(escalation, at)


def _ring_as(escalation: Escalation, at: datetime) -> None:
    """What rings already rings as what it is now, and no longer than that may."""
    ringing = Offer.objects.filter(escalation=escalation, state=Offer.State.PENDING)
    until = at + OFFER_LIFE[escalation.tier]
    ringing.filter(expires_at__gt=until).update(expires_at=until)
    for offer in ringing.select_related("expert"):
        publish(offer.expert.group, wire.OwnershipChanged(escalation.pk))


def end_offers(escalation: Escalation, state: str, at: datetime, *, but: int | None = None) -> int:
    """End the offers that still ring, except the one with pk `but`, and tell those experts."""
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
    if escalation.owner_id is not None:
        Expert.objects.filter(pk=escalation.owner_id).update(last_released_at=at)
    Offer.objects.filter(
        escalation=escalation, state=Offer.State.ACCEPTED, ended_at__isnull=True
    ).update(state=state, ended_at=at)


def _field(column: str) -> str:
    return column.removesuffix("_id") if column != "item_id" else column


def _as_json(changes: Mapping[str, object]) -> dict[str, Any]:
    """The changes as an event keeps them; times as ISO 8601 texts."""
    return {
        column: value.isoformat() if isinstance(value, datetime) else value
        for column, value in changes.items()
    }
