"""Follow up with a member whose talk has ended: write, note calls, take their answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.actions import write_message
from coach.talk.models import Message, Session, Turn
from handoff.actions import clocks, locks, queue, transitions
from handoff.actions.asking import ASKED
from handoff.actions.contacted import REACHED
from handoff.actions.floor import text_of
from handoff.actions.mailing import mail_absent
from handoff.actions.raising import RESTING, is_followed, queued_again, raise_escalation
from handoff.actions.transitions import EscalationChanges, State
from handoff.assignment import Ring
from handoff.limits import CALL_NOTE_MAX_CHARS, TO_MEMBER_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Outbox, Tier
from handoff.outside import outbox
from handoff.timeouts import NEXT_CONTACT

# What came of a call to the member: the kind of its event.
CALLS = (REACHED, "no_answer", "left_message")
HELD = (State.ASSIGNED, State.ACTIVE, State.FOLLOW_UP)  # where the owner may contact the member


@transaction.atomic
def write(escalation: Escalation, expert: Expert, text: str, client_id: str) -> Turn:
    """Write to the member of an ended talk. The same `client_id` again returns the turn there is.

    The member finds it in the thread and on every page, and has a mail without its contents. The
    case then waits for them.
    """
    text = text_of(text, client_id, TO_MEMBER_MAX_CHARS)
    session, escalation = locks.lock_escalation(escalation)
    if again := session.turns.filter(client_id=client_id).first():
        return again
    _check(session, escalation, expert)
    first = not Message.objects.unread().filter(turn__session=session).exists()
    turn = write_message(
        session, text, author=expert.user, author_name=str(expert), client_id=client_id
    )
    _contact(escalation, expert, "wrote")
    if first:  # one mail, until they have read
        outbox.post(Outbox.Kind.MESSAGE, escalation, clock.now(), session.member)
    return turn


@transaction.atomic
def note_call(escalation: Escalation, expert: Expert, result: str, note: str = "") -> None:
    """Write down a call to the member: `result` of `CALLS`. Whatever came of it, a next is due."""
    note = whole_text(note, CALL_NOTE_MAX_CHARS)
    if result not in CALLS:
        raise Refused(_("Choose what came of the call."))
    session, escalation = locks.lock_escalation(escalation)
    if session.ended_at is None:  # they are called beside the talk, which goes on
        moved = transitions.move(
            escalation,
            result,
            from_states=OWNED_STATES,
            owner=expert,
            actor=expert.user,
            note=note,
        )
        if not moved:
            raise transitions.taken()
        return
    _check(session, escalation, expert)
    _contact(escalation, expert, result, note=note)


def _check(session: Session, escalation: Escalation, expert: Expert) -> None:
    if session.ended_at is None:
        raise Refused(_("The talk goes on: join it to speak with the member."), code="live")
    if escalation.owner_id != expert.pk or escalation.state not in HELD:
        raise transitions.taken()


def _contact(escalation: Escalation, expert: Expert, kind: str, note: str = "") -> None:
    """It is the expert's, waits for the member, and is due again after a while."""
    at = clock.now()
    changes: EscalationChanges = {
        "state": State.FOLLOW_UP,
        "mode": Escalation.Mode.NONE,
        "joined_at": None,
        "next_action_at": None,
    }
    if kind == REACHED and escalation.first_human_at is None:
        changes["first_human_at"] = at
    transitions.move(escalation, kind, actor=expert.user, at=at, note=note, **changes)
    clocks.contact_by(escalation, at + NEXT_CONTACT[escalation.tier], at)
    queue.tell_owner(escalation)


@transaction.atomic
def member_wrote(turn: Turn) -> Escalation:
    """The member wrote into their ended talk: whoever has the case sees it, and what rested wakes.

    An owner at an open page keeps it, and it is due soon. Else it is called out again, first to
    whoever had it. Where the case was closed, a new one is.
    """
    session = locks.lock_session(turn.session_id)
    found = Escalation.objects.select_for_update(no_key=True).filter(session=session).open().first()
    if found is None or (found.state in RESTING and found.state != State.FOLLOW_UP):
        reason = _("The member wrote into a talk that had ended.")
        key = turn.item_id or turn.client_id
        return raise_escalation(session, ASKED, Tier.P3, turn.text, reason, key)
    found.session = session
    at = clock.now()
    followed = is_followed(found, at)
    changes: EscalationChanges = {} if followed else _woken(found, at)
    transitions.move(found, "member_wrote", at=at, **changes)
    if followed:
        clocks.hurry(found, at)
    mail_absent(found, at)
    queue.tell_owner(found, warn=followed)
    queue.nudge_dispatcher()
    return found


def _woken(escalation: Escalation, at: datetime) -> EscalationChanges:
    """What an answer changes: with nobody at its owner's desk the case rings, first at theirs."""
    if escalation.state != State.FOLLOW_UP or escalation.owner is None:
        return {}  # it rings already
    transitions.end_ownership(escalation, Offer.State.COMPLETED, at)
    ring = Ring.KNOWN if escalation.tier > Tier.P1 else Ring.SPECIALTY
    return queued_again(escalation, at) | {"ring": ring, "ring_since": at}
