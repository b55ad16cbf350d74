"""Hand the talk back to the coach: what it says, and what it keeps in mind.

The two are apart. `first_words` the member hears as they are. `note` is what the coach answers
from; it is quoted, as the expert's word, only where the expert allows that.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.people.actions import remember
from coach.talk.actions import add_directive, move_floor
from coach.talk.language import in_language_of
from coach.talk.models import Directive, Floor, Session
from coach.talk.registries.orders import names_of
from coach.talk.registries.screeners import is_grave, screen
from coach.types import Member
from handoff.actions import locks, planning, queue, transitions
from handoff.actions.contacted import check_contacted
from handoff.actions.floor import tell_member
from handoff.actions.transitions import EscalationChanges, State
from handoff.limits import FIRST_WORDS_MAX_CHARS, NOTE_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Tier
from handoff.timeouts import WRAP_UP


def last_hand_back(member: Member) -> Escalation | None:
    """The newest case of `member` that an expert handed back; None without one."""
    handed_back = Escalation.objects.filter(
        member=member, wrap_at__isnull=False, owner__isnull=False
    )
    return handed_back.select_related("owner__user").order_by("-wrap_at").first()


def last_note(member: Member) -> Escalation | None:
    """The newest case of `member` that left the coach something to keep in mind."""
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
    *,
    first_words: str = "",
    may_quote: bool = True,
    again_on: date | None = None,
    by_desk: bool = False,
) -> Escalation:
    """Give the talk back to the coach, with what it says and what it must know: one is required.

    The coach knows that it may speak again and speaks first. With an `outcome` it is resolved; else
    it waits in wrap-up. On `again_on` the expert, or the desk, gets back to the member.
    """
    note, first_words = _whole(note, first_words)
    session, escalation = locks.lock_escalation(escalation)
    check_contacted(escalation, outcome)
    _check_first_words(session, first_words)
    locks.lock_expert(expert.pk)
    at = clock.now()
    transitions.end_offers(escalation, Offer.State.CANCELED, at)
    joined_at = escalation.joined_at or at
    # Before the end of the case, after which the member is asked whether it helped.
    planning.plan(escalation, again_on, None if by_desk else expert, at)
    moved = transitions.move(
        escalation,
        "handed_back",
        from_states=(*OWNED_STATES, State.FOLLOW_UP),
        owner=expert,
        actor=expert.user,
        at=at,
        **_written_up(escalation, outcome, at)
        | {
            "first_words": first_words,
            "note_for_coach": note,
            "may_quote": may_quote,
            "constraints": constraints or [],
            "flag_right": flag_right,
        },
    )
    if not moved:
        raise transitions.taken()
    _remember_agreed(session, expert, note if may_quote else "", first_words)
    if session.ended_at is None:
        _return_to_coach(session, escalation, expert, joined_at, at)
    return _let_go(escalation, expert)


def _let_go(escalation: Escalation, expert: Expert) -> Escalation:
    # What comes after this instant is not theirs to read: the notice still is.
    transitions.end_ownership(escalation, Offer.State.COMPLETED, clock.now())
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    queue.wake_queue()
    return escalation


def _whole(note: str, first_words: str) -> tuple[str, str]:
    """What was written, of which one at least is there. Raises Refused."""
    note = whole_text(note, NOTE_MAX_CHARS)
    first_words = whole_text(first_words, FIRST_WORDS_MAX_CHARS)
    if not (note or first_words):
        raise Refused(_("Write a note for the coach first."), code="note_required")
    return note, first_words


def _remember_agreed(session: Session, expert: Expert, quotable: str, first_words: str) -> None:
    """The member reads there what was agreed: nothing of a note that may not be quoted."""
    if agreed := quotable or first_words:
        remember(session, agreed, str(expert))


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
    # Writing up a P0 is never ended by a timer: the clock of its resolution runs on instead.
    ends_at = None if escalation.tier == Tier.P0 else at + WRAP_UP
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
    add_directive(
        session,
        Directive.Kind.HAND_BACK,
        in_language_of(session.member, _told)(escalation, expert, start, end),
        spoken=escalation.first_words or in_language_of(session.member, _opening)(session.member),
        verbatim=bool(escalation.first_words),
        author=expert.user,
    )


def _told(escalation: Escalation, expert: Expert, start: datetime, end: datetime) -> str:
    """What an engine that takes in words is told of the time in which it was silent."""
    member = escalation.session.member
    text = _("%(expert)s, spoke with the member from %(start)s to %(end)s. ") % {
        "expert": expert,
        "start": f"{member.local(start):%H:%M}",
        "end": f"{member.local(end):%H:%M}",
    }
    if escalation.note_for_coach:
        text += f"{_note_frame(escalation)} {_sentence(escalation.note_for_coach)} "
    text += _constraints(escalation)
    if planned := planning.next_planned(escalation):
        day = date_format(planned.day, "l, j F")
        text += _("Somebody gets back to the member on %(day)s. ") % {"day": day}
    return text + _("Earlier statements that you are silent no longer hold: you are active again.")


def _note_frame(escalation: Escalation) -> str:
    if escalation.may_quote:
        return _("Their note, from which you answer (quote it as theirs):")
    return _("Their note, for you alone (keep to it, and never quote or mention it):")


def _opening(member: Member) -> str:
    """How the coach goes on where the expert has left that to it."""
    return _("Thanks for waiting, %(member)s. I am back with you. Shall we go on?") % {
        "member": member.name
    }


def _check_first_words(session: Session, words: str) -> None:
    """The coach says nothing after the end, nor what would stop it. Raises Refused."""
    if session.ended_at is not None and words:
        raise Refused(
            _("The talk has ended: the coach says nothing more. Write a note."),
            code="note_required",
        )
    language = str(session.brief.get("language", "en"))
    if words and is_grave(screen(words, "coach", language), "coach"):
        raise Refused(_("The coach may not say this: screening would stop it."), code="stopped")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _constraints(escalation: Escalation) -> str:
    said = ", ".join(names_of(escalation.constraints))
    return _("Keep to this: %(constraints)s. ") % {"constraints": said} if said else ""
