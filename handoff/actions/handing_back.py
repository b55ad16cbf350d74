"""Hand the talk back to the coach, with the note it must know, and close the write-up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.people.actions import remember
from coach.talk.actions import add_directive, move_floor
from coach.talk.models import Directive, Floor, Session
from coach.talk.registries.orders import names_of
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.actions.contacted import check_contacted
from handoff.actions.floor import tell_member
from handoff.actions.transitions import EscalationChanges, State
from handoff.limits import NOTE_MAX_CHARS, NOTE_SPOKEN_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Tier
from handoff.timeouts import REMIND, WRAP_UP


def last_hand_back(member: Member) -> Escalation | None:
    """The newest case of `member` that an expert handed back with a note; None without one."""
    handed_back = Escalation.objects.filter(
        member=member, wrap_at__isnull=False, owner__isnull=False
    ).exclude(note_for_coach="")
    return handed_back.select_related("owner__user").order_by("-wrap_at").first()


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
    note = whole_text(note, NOTE_MAX_CHARS)
    if not note:
        raise Refused(_("Write a note for the coach first."), code="note_required")
    session, escalation = locks.lock_escalation(escalation)
    check_contacted(escalation, outcome)
    locks.lock_expert(expert.pk)
    at = clock.now()
    transitions.end_offers(escalation, Offer.State.CANCELED, at)
    joined_at = escalation.joined_at or at
    moved = transitions.move(
        escalation,
        "handed_back",
        from_states=(*OWNED_STATES, State.FOLLOW_UP),
        owner=expert,
        actor=expert.user,
        at=at,
        **_written_up(escalation, outcome, at)
        | {
            "note_for_coach": note,
            "constraints": constraints or [],
            "flag_right": flag_right,
        },
    )
    if not moved:
        raise transitions.taken()
    remember(session, note, str(expert))
    if session.ended_at is None:
        _return_to_coach(session, escalation, expert, joined_at, at)
    # What comes after this instant is not theirs to read: the notice still is.
    transitions.end_ownership(escalation, Offer.State.COMPLETED, clock.now())
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    queue.wake_queue()
    return escalation


def _written_up(escalation: Escalation, outcome: str, at: datetime) -> EscalationChanges:
    """Resolved when the outcome is known, else in wrap-up until it is."""
    after: EscalationChanges = {
        "outcome": outcome,
        "mode": Escalation.Mode.NONE,
        "wrap_at": at,
        "joined_at": None,
    }
    if outcome:
        return {**after, "state": State.RESOLVED, "resolved_at": at, "next_action_at": None}
    # Writing up a P0 is never ended by a timer: supervisors are told of it instead.
    ends_at = at + (REMIND if escalation.tier == Tier.P0 else WRAP_UP)
    return {**after, "state": State.WRAP_UP, "next_action_at": ends_at}


def _return_to_coach(
    session: Session, escalation: Escalation, expert: Expert, start: datetime, end: datetime
) -> None:
    """Give the coach the floor, the note, and the words with which it goes on."""
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
    add_directive(session, Directive.Kind.HAND_BACK, text, spoken=spoken, author=expert.user)


@transaction.atomic
def complete(
    escalation: Escalation, outcome: str, flag_right: str = "", actor: Member | None = None
) -> bool:
    """Close what is in wrap-up; False when it is not. The sweeper does it when nobody does."""
    _session, escalation = locks.lock_escalation(escalation)
    at = clock.now()
    moved = transitions.move(
        escalation,
        "completed",
        from_states=(State.WRAP_UP,),
        actor=actor,
        at=at,
        state=State.RESOLVED,
        outcome=outcome,
        flag_right=flag_right or escalation.flag_right,
        resolved_at=at,
        next_action_at=None,
    )
    if moved:
        queue.tell_owner(escalation)
    return moved


def _short(note: str) -> str:
    """The note as far as it can be said aloud: whole sentences while they fit."""
    note = " ".join(note.split())
    if len(note) <= NOTE_SPOKEN_MAX_CHARS:
        return note
    cut = note[:NOTE_SPOKEN_MAX_CHARS]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > 0 else cut.rsplit(" ", 1)[0] + " …"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _constraints(escalation: Escalation) -> str:
    said = ", ".join(names_of(escalation.constraints))
    return _("Keep to this: %(constraints)s. ") % {"constraints": said} if said else ""
