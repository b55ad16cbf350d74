"""Who speaks: an expert joins, writes, and gives the floor back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.actions import add_directive, move_floor, record_turn
from coach.talk.language import in_language_of
from coach.talk.models import Directive, Floor, Session, Turn
from coach.types import Member
from handoff.actions import locks, transitions
from handoff.actions.scripts import say_script
from handoff.actions.stays import staying
from handoff.actions.transitions import EscalationChanges, State
from handoff.limits import TO_MEMBER_MAX_CHARS
from handoff.models import (
    OWNED_STATES,
    Escalation,
    Expert,
    Script,
    Tier,
    VoiceLine,
)
from handoff.timeouts import BACK_AGAIN_LIFE, VOICE_OPENING

Mode = Escalation.Mode


@transaction.atomic
def take_floor(escalation: Escalation, expert: Expert, mode: str) -> Escalation:
    """Join the talk one owns, as `mode`: monitor, guide, text or voice.

    The member is told who joined; with text or voice the coach falls silent from the commit on.
    """
    session, escalation = locks.lock_escalation(escalation)
    check_live(session)
    expert = locks.lock_expert(expert.pk)
    at = clock.now()
    fresh = escalation.joined_at is None
    transferring = escalation.state == State.TRANSFERRING
    changes: EscalationChanges = {
        "state": State.TRANSFERRING if transferring else State.ACTIVE,
        "mode": mode,
        "joined_at": escalation.joined_at or at,
        "next_action_at": escalation.next_action_at if transferring else None,
    }
    moved = transitions.move(
        escalation,
        "joined" if fresh else "mode",
        from_states=OWNED_STATES,
        owner=expert,
        actor=expert.user,
        at=at,
        **changes,
    )
    if not moved:
        raise transitions.taken()
    if fresh:
        tell_member(session, _("%(expert)s, has joined.") % {"expert": expert})
    _keep_line(escalation, expert, mode, at)
    _set_floor(session, escalation, expert, mode)
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    return escalation


@transaction.atomic
def say(escalation: Escalation, expert: Expert, text: str, client_id: str) -> Turn:
    """Write to the member. The same `client_id` again returns the turn that is there."""
    text = text_of(text, client_id, TO_MEMBER_MAX_CHARS)
    session, escalation = locks.lock_escalation(escalation)
    if again := session.turns.filter(client_id=client_id).first():
        return again
    check_live(session)
    if session.floor != Floor.EXPERT or session.floor_holder_id != expert.user_id:
        raise Refused(_("You do not have the floor. Join the talk first."), code="no_floor")
    owns = escalation.owner_id == expert.pk
    if not (owns or staying(expert).filter(pk=escalation.pk).exists()):
        raise transitions.taken()
    turn = record_turn(
        session,
        Turn.Speaker.EXPERT,
        text,
        client_id=client_id,
        author=expert.user,
        author_name=str(expert),
        source=Turn.Source.TEXT,
    )
    if turn is None:
        raise Refused(_("You do not have the floor. Join the talk first."), code="no_floor")
    return turn


def first_word(session: Session, person: Member | None) -> None:
    """The owner of the talk's case has said something themselves: that stops the first clock."""
    if person is None:
        return
    mine = Escalation.objects.filter(session=session, owner__user=person)
    escalation = mine.filter(first_human_at=None, wrap_at=None).open().first()
    if escalation is not None:
        at = clock.now()
        transitions.move(escalation, "first_word", actor=person, at=at, first_human_at=at)


def return_floor(
    escalation: Escalation, *, notice: str = "", moment: str = Script.Moment.STAY
) -> None:
    """The owner is gone: the coach takes over as far as the tier allows. Rows are locked.

    `notice` is written into the thread for the member; in a safety hold the coach says the
    reviewed line of `moment`.
    """
    session = escalation.session
    if session.ended_at is not None:
        return
    spoke = session.expert_speaks
    to = Floor.SAFETY_HOLD if escalation.tier == Tier.P0 else Floor.COACH_WAITING
    moved = move_floor(
        session, to, from_floors=(Floor.EXPERT, Floor.GUIDED, Floor.COACH, Floor.COACH_WAITING)
    )
    if notice:
        tell_member(session, notice)
    if moved is not None and to == Floor.SAFETY_HOLD:
        say_script(session, escalation, moment, escalation.held_item)
    elif moved is not None and spoke:
        speak_again(session)


def speak_again(session: Session) -> None:
    """The voice that the member listened to is gone: another one must be heard."""
    line = in_language_of(session.member, lambda: _("I am with you again. You can talk to me."))()
    add_directive(
        session,
        Directive.Kind.SCRIPT,
        _("Say exactly these reviewed words and nothing else."),
        spoken=line,
        expires_at=clock.now() + BACK_AGAIN_LIFE,
    )


def _keep_line(escalation: Escalation, expert: Expert, mode: str, at: datetime) -> None:
    """Who speaks must have a socket soon, who goes on speaking has one, and nobody else has."""
    lines = VoiceLine.objects.filter(escalation=escalation)
    goes_on = mode == Mode.VOICE and escalation.session.is_spoken_in_by(expert.user)
    if goes_on and lines.exists():
        return
    lines.delete()
    if mode == Mode.VOICE:
        VoiceLine.objects.create(escalation=escalation, until=at + VOICE_OPENING)


def _set_floor(session: Session, escalation: Escalation, expert: Expert, mode: str) -> None:
    spoke = session.expert_speaks
    if mode in (Mode.TEXT, Mode.VOICE):
        voice = mode == Mode.VOICE
        name = str(expert) if voice else _shown(expert)
        move_floor(session, Floor.EXPERT, holder=expert.user, name=name, voice=voice)
    elif mode == Mode.GUIDE and escalation.tier != Tier.P0:
        move_floor(session, Floor.GUIDED, holder=expert.user, name=_shown(expert))
        if spoke:
            speak_again(session)
    elif session.floor in (Floor.EXPERT, Floor.GUIDED):
        return_floor(escalation)


def _shown(expert: Expert) -> str:
    """Name and title, as "Asha (dietitian)"."""
    return f"{expert.user} ({expert.title})" if expert.title else str(expert.user)


def tell_member(session: Session, text: str) -> None:
    """Write a notice into the thread."""
    record_turn(session, Turn.Speaker.SYSTEM, text, source=Turn.Source.TEXT)


def text_of(text: str, client_id: str, most: int) -> str:
    """The text that is to be sent, whole. Raises Refused."""
    if len(client_id) > wire.CLIENT_ID_MAX_CHARS:  # half of an id would be another's
        raise Refused(_("The message has no number of its own; reload the page."))
    text = whole_text(text, most)
    if not text:
        raise Refused(_("There is nothing to send."))
    return text


def check_live(session: Session) -> None:
    if session.ended_at is not None:
        raise Refused(_("This talk has ended."), code="ended")
