"""A person writes to a member whose talk has ended, and the member answers in the same thread."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.actions.turns import record_turn
from coach.talk.limits import ANSWER_MAX_CHARS, ANSWERS_AN_HOUR, MESSAGES_SHOWN
from coach.talk.models import Message, Session, Turn
from coach.talk.registries.readers import is_read_by_somebody
from coach.talk.signals import member_answered
from coach.types import Member

HOUR = timedelta(hours=1)


@transaction.atomic
def write_message(
    session: Session, text: str, *, author: Member, author_name: str, client_id: str
) -> Turn:
    """Write to the member of an ended talk. The same `client_id` again returns the turn there is.

    The words are a turn of the thread; beside it stands that it waits to be read.
    """
    turn = record_turn(
        session,
        Turn.Speaker.EXPERT,
        text,
        client_id=client_id,
        author=author,
        author_name=author_name,
        source=Turn.Source.TEXT,
    )
    if turn is None:
        raise Session.DoesNotExist
    Message.objects.get_or_create(turn=turn, defaults={"member_id": session.member_id})
    _tell_other_talk(session.member_id)
    return turn


@transaction.atomic
def read_messages(session: Session, upto: int) -> int:
    """The member has the thread before them, up to number `upto`: nothing in it waits any more.

    What was written while the page was made has a higher number, and waits on.
    """
    unread = Message.objects.unread().filter(turn__session=session, turn__seq__lte=upto)
    return unread.update(read_at=clock.now())


@transaction.atomic
def answer_message(session: Session, text: str, client_id: str) -> Turn:
    """The member writes into their ended talk, as long as somebody reads there.

    The same `client_id` again returns the turn that is there. It is recorded and screened as every
    turn is. Raises Refused.
    """
    text = whole_text(text, ANSWER_MAX_CHARS)
    if not text:
        raise Refused(_("There is nothing to send."))
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if client_id and (again := session.turns.of_page(client_id).first()):
        return again
    if not may_answer(session):
        raise Refused(
            _("Nobody reads here any more. Begin a talk and ask for a person."), code="closed"
        )
    since = clock.now() - HOUR
    lately = session.turns.filter(speaker=Turn.Speaker.MEMBER, created_at__gt=since)
    if lately.filter(created_at__gt=session.ended_at).count() >= ANSWERS_AN_HOUR:
        raise Refused(_("That is a lot at once. Please wait a while."), code="too_many")
    turn = record_turn(
        session, Turn.Speaker.MEMBER, text, client_id=client_id, source=Turn.Source.TEXT
    )
    if turn is None:
        raise Session.DoesNotExist
    member_answered.send(Turn, turn=turn)
    return turn


def may_answer(session: Session) -> bool:
    """Whether what the member writes into this ended talk reaches somebody."""
    if session.ended_at is None:
        return False
    wrote = Message.objects.filter(turn__session=session).exists()
    return wrote or is_read_by_somebody(session)


def unread_messages(member: Member) -> Sequence[Message]:
    """The newest messages that `member` has not read, with their turns: at most some."""
    unread = Message.objects.for_member(member).unread().select_related("turn")
    return list(unread[:MESSAGES_SHOWN])


def _tell_other_talk(member_pk: int) -> None:
    """The page of the talk that is open now, if there is one, shows that something has come."""
    live = Session.objects.filter(member_id=member_pk).live().only("pk").first()
    if live is not None:
        publish(live.group, wire.DataChanged("messages"))
