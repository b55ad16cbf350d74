"""Write into the thread."""

import msgspec
from django.db import transaction
from django.db.models import F

from coach import wire
from coach.after_commit import publish
from coach.null_characters import without_nul
from coach.talk.models import FLOORS_OF_COACH, Card, Floor, Session, SessionQuerySet, Turn
from coach.talk.signals import turn_recorded
from coach.types import Member
from coach.voice.effects import SpeechTiming

AUDIBLE_FLOORS = (*FLOORS_OF_COACH, Floor.SAFETY_HOLD)  # where the coach is heard at all
MAX_TURN_CHARS = 8000


@transaction.atomic
def record_turn(
    session: Session,
    speaker: str,
    text: str,
    *,
    item_id: str = "",
    client_id: str = "",
    author: Member | None = None,
    author_name: str = "",
    source: str = Turn.Source.VOICE,
    epoch: int | None = None,
    interrupted: bool = False,
    heard_ms: int | None = None,
    timing: SpeechTiming | None = None,
    already_heard: bool = False,
) -> Turn | None:
    """Append one turn; the same `item_id` or `client_id` again returns the row that is there.

    A coach's turn is written only while the floor is still the one it was spoken under (`epoch`)
    and is the coach's: otherwise None, and nothing is written. `already_heard`: what the member had
    heard of a turn that was cut off when the floor moved from `epoch` to the next; it is the past,
    and is written under its own epoch. Sends `turn_recorded` inside the transaction.
    """
    past = already_heard and epoch is not None
    rows = Session.objects.filter(pk=session.pk)
    if speaker == Turn.Speaker.COACH:
        rows = _fenced(rows, epoch, past=past)
    if not _take_number(session, rows):
        return None
    if again := _already_there(session, item_id, client_id):
        _give_number_back(session)
        return again
    turn = Turn.objects.create(
        session=session,
        seq=session.last_seq,
        speaker=speaker,
        author=author,
        author_name=author_name or _name_of(session, speaker, author),
        text=without_nul(text)[:MAX_TURN_CHARS],
        source=source,
        item_id=item_id,
        client_id=client_id,
        floor_epoch=epoch if past and epoch is not None else session.floor_epoch,
        interrupted=interrupted,
        heard_ms=heard_ms,
        timing=msgspec.to_builtins(timing),
    )
    turn_recorded.send(Turn, turn=turn)
    _announce(session, wire.TurnAdded(turn.seq))
    return turn


@transaction.atomic
def add_card(session: Session, kind: str, ref: str) -> Card:
    """Put a card at the end of the thread. Raises Session.DoesNotExist."""
    if not _take_number(session, Session.objects.filter(pk=session.pk)):
        raise Session.DoesNotExist
    card = Card.objects.create(session=session, seq=session.last_seq, kind=kind, ref=ref)
    _announce(session, wire.CardAdded(card.seq))
    return card


def _take_number(session: Session, rows: SessionQuerySet) -> bool:
    """Give the session its next number; False when its row is not among `rows`.

    The update comes first: it takes the row's lock, so two writers cannot get one number.
    """
    if not rows.update(last_seq=F("last_seq") + 1):
        return False
    session.refresh_from_db(fields=["last_seq", "floor_epoch", "floor"])
    return True


def _give_number_back(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(last_seq=F("last_seq") - 1)
    session.last_seq -= 1


def _announce(session: Session, message: wire.TurnAdded | wire.CardAdded) -> None:
    """Tell the member's page and the experts who read along."""
    publish(session.group, message, session.watch_group)


def _fenced(rows: SessionQuerySet, epoch: int | None, *, past: bool) -> SessionQuerySet:
    """The session's row, if the coach's words of `epoch` may still be written into its thread."""
    if past:
        return rows.filter(floor_epoch=(epoch or 0) + 1)
    rows = rows.filter(floor__in=AUDIBLE_FLOORS)
    return rows if epoch is None else rows.filter(floor_epoch=epoch)


def _already_there(session: Session, item_id: str, client_id: str) -> Turn | None:
    if item_id and (turn := session.turns.of_item(item_id).first()):
        return turn
    if client_id:
        return session.turns.of_page(client_id).first()
    return None


def _name_of(session: Session, speaker: str, author: Member | None) -> str:
    if author is not None:
        return str(author)
    if speaker == Turn.Speaker.MEMBER:
        return str(session.member)
    if speaker == Turn.Speaker.COACH:
        return str(session.brief["persona_name"])
    return ""
