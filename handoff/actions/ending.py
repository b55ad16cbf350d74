"""How an escalation ends: handed back, completed, parked, cancelled, or the member left."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.talk.actions import add_directive, move_floor
from coach.talk.models import Directive, Floor, Session
from handoff.actions import rows
from handoff.actions.floor import tell_member
from handoff.actions.rows import State
from handoff.assignment import Ring
from handoff.models import Escalation, Expert, Offer, Tier
from handoff.timing import PARKED, TARGET, WRAP_UP

MAX_NOTE = 2000
MAX_SPOKEN_NOTE = 280


@transaction.atomic
def hand_back(
    escalation: Escalation,
    expert: Expert,
    note: str,
    outcome: str = "",
    flag_right: str = "",
    constraints: list[str] | None = None,
) -> Escalation:
    """Give the talk back to the coach, with what it must know.

    The note is required. The coach reads it, knows that it may speak again and speaks first. With
    an `outcome` the escalation is resolved; without one it waits in wrap-up for it.
    """
    note = note.strip()
    if not note:
        raise Refused(_("Write a note for the coach first."), code="note_required")
    session, escalation = rows.lock(escalation)
    at = clock.now()
    rows.end_offers(escalation, Offer.State.CANCELED, at)
    joined = escalation.joined_at
    done = bool(outcome)
    moved = rows.move(
        escalation,
        "handed_back",
        from_states=(State.ASSIGNED, State.ACTIVE, State.TRANSFERRING, State.FOLLOW_UP),
        owner=expert,
        actor=expert.user,
        at=at,
        state=State.RESOLVED if done else State.WRAP_UP,
        note_for_coach=note[:MAX_NOTE],
        constraints=constraints or [],
        outcome=outcome[:40],
        flag_right=flag_right,
        mode=Escalation.Mode.NONE,
        wrap_at=at,
        joined_at=None,
        # Writing up a P0 is never ended by a timer.
        next_action_at=None if done or escalation.tier == Tier.P0 else at + WRAP_UP,
        **({"resolved_at": at} if done else {}),
    )
    if not moved:
        raise rows.taken()
    rows.end_ownership(escalation, Offer.State.COMPLETED, at)
    if session.ended_at is None:
        _return_to_coach(session, escalation, expert, joined or at, at)
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    rows.wake_queue(at)
    return escalation


def _return_to_coach(
    session: Session, escalation: Escalation, expert: Expert, start: datetime, end: datetime
) -> None:
    move_floor(session, Floor.COACH)
    tell_member(
        session,
        _("%(expert)s, has handed back to %(coach)s.")
        % {"expert": expert, "coach": session.brief["persona_name"]},
    )
    member = session.member
    text = _(
        "%(expert)s, spoke with the member from %(start)s to %(end)s. Their note: %(note)s "
        "%(constraints)s"
        "Earlier statements that you are silent no longer hold: you are active again."
    ) % {
        "expert": expert,
        "start": f"{member.local(start):%H:%M}",
        "end": f"{member.local(end):%H:%M}",
        "note": _sentence(escalation.note_for_coach),
        "constraints": _constraints(escalation),
    }
    spoken = _(
        "Thanks for waiting, %(member)s. %(expert)s asked me to keep this in mind: %(note)s "
        "Shall we go on?"
    ) % {
        "member": member.name,
        "expert": expert.user,
        "note": _sentence(_short(escalation.note_for_coach)),
    }
    add_directive(session, Directive.Kind.HAND_BACK, text, spoken=spoken[:600], author=expert.user)


@transaction.atomic
def complete(escalation: Escalation, outcome: str, flag_right: str = "", actor: Any = None) -> bool:
    """Close what is in wrap-up; False when it is not. The sweeper does it when nobody does."""
    _session, escalation = rows.lock(escalation)
    at = clock.now()
    return rows.move(
        escalation,
        "completed",
        from_states=(State.WRAP_UP,),
        actor=actor,
        at=at,
        state=State.RESOLVED,
        outcome=outcome[:40],
        flag_right=flag_right or escalation.flag_right,
        resolved_at=at,
        next_action_at=None,
    )


@transaction.atomic
def cancel(escalation: Escalation, actor: Any = None) -> None:
    """The member no longer wants a person. Not for P0, and not once somebody has joined."""
    session, escalation = rows.lock(escalation)
    if escalation.tier == Tier.P0:
        raise Refused(_("A person will come. This call cannot be cancelled."), code="p0")
    at = clock.now()
    owner = escalation.owner
    rows.end_ownership(escalation, Offer.State.CANCELED, at)
    moved = rows.move(
        escalation,
        "cancelled",
        from_states=(
            State.QUEUED,
            State.OFFERED,
            State.ASSIGNED,
            State.PARKED,
            State.FOLLOW_UP,
        ),
        actor=actor,
        at=at,
        state=State.CANCELLED,
        resolved_at=at,
        next_action_at=None,
    )
    if not moved:
        raise Refused(_("An expert is already with you."), code="too_late")
    move_floor(session, Floor.COACH, from_floors=(Floor.COACH_WAITING,))
    if owner is not None:
        publish(owner.group, wire.OwnershipChanged(escalation.pk))
        rows.wake_queue(at)


@transaction.atomic
def park(escalation: Escalation, expert: Expert) -> None:
    """Wait for the member; the expert's place is free. Not for P0."""
    session, escalation = rows.lock(escalation)
    if escalation.tier == Tier.P0:
        raise Refused(_("An emergency cannot wait. Hand it back or pass it on."), code="p0")
    at = clock.now()
    rows.end_ownership(escalation, Offer.State.RELEASED, at)
    moved = rows.move(
        escalation,
        "parked",
        from_states=(State.ASSIGNED, State.ACTIVE),
        owner=expert,
        actor=expert.user,
        at=at,
        state=State.PARKED,
        preferred_id=expert.pk,
        owner_id=None,
        mode=Escalation.Mode.NONE,
        joined_at=None,
        next_action_at=at + PARKED,
    )
    if not moved:
        raise rows.taken()
    if session.ended_at is None:
        move_floor(session, Floor.COACH)
    rows.wake_queue(at)


@transaction.atomic
def unpark(escalation: Escalation) -> bool:
    """The member is back: queue again, first for the expert who parked it."""
    session, escalation = rows.lock(escalation)
    at = clock.now()
    moved = rows.move(
        escalation,
        "member_back",
        from_states=(State.PARKED,),
        at=at,
        state=State.QUEUED,
        ring=Ring.KNOWN if escalation.tier > Tier.P1 else Ring.SPECIALTY,
        ring_since=at,
        due_at=at + TARGET[escalation.tier],
        next_action_at=at,
    )
    if moved:
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.COACH,))
        rows.ring_dispatcher(escalation)
    return moved


@transaction.atomic
def lower(escalation: Escalation, expert: Expert, tier: int, reason: str) -> Escalation:
    """Make a call less urgent. Only a person does this, and says why."""
    session, escalation = rows.lock(escalation)
    if not reason.strip():
        raise Refused(_("Say why."), code="reason_required")
    if not escalation.tier < tier <= Tier.P4:
        raise Refused(_("That is not lower than it is now."))
    was_p0 = escalation.tier == Tier.P0
    rows.move(
        escalation,
        "lowered",
        actor=expert.user,
        tier=tier,
        reason=reason.strip()[:300],
        due_at=escalation.created_at + TARGET[tier],
    )
    if was_p0 and session.ended_at is None:
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.SAFETY_HOLD,))
    return escalation


@transaction.atomic
def member_left(session: Session) -> Escalation | None:
    """The talk ended while a person was wanted: somebody follows up. Nothing is ever dropped."""
    session = rows.lock_session(session.pk)
    found: Escalation | None = (
        Escalation.objects.select_for_update(no_key=True)
        .filter(
            session=session,
            state__in=(
                State.QUEUED,
                State.OFFERED,
                State.ASSIGNED,
                State.ACTIVE,
                State.TRANSFERRING,
            ),
        )
        .first()
    )
    if found is None:
        return None
    at = clock.now()
    owner = found.owner
    rows.end_offers(found, Offer.State.CANCELED, at)
    rows.move(
        found,
        "member_left",
        at=at,
        state=State.FOLLOW_UP,
        mode=Escalation.Mode.NONE,
        joined_at=None,
        next_action_at=max(found.due_at, at + TARGET[found.tier]),
    )
    if owner is not None:
        publish(owner.group, wire.OwnershipChanged(found.pk))
    return found


def _short(note: str) -> str:
    """The note as far as it can be said aloud: whole sentences while they fit."""
    note = " ".join(note.split())
    if len(note) <= MAX_SPOKEN_NOTE:
        return note
    cut = note[:MAX_SPOKEN_NOTE]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > 0 else cut.rsplit(" ", 1)[0] + " …"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _constraints(escalation: Escalation) -> str:
    said = ", ".join(str(c) for c in escalation.constraints)
    return _("Keep to this: %(constraints)s. ") % {"constraints": said} if said else ""
