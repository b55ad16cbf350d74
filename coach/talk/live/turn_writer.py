"""Writes what was said in a live talk into its thread."""

from functools import partial

from coach.talk.actions import record_turn
from coach.talk.models import FLOORS_OF_COACH, Session, Turn
from coach.voice.effects import RecordTurn


def write_turn(session: Session, turn: RecordTurn) -> bool:
    """False: the turn was refused, since the floor has moved from the coach meanwhile.

    `session` is the row as it was when somebody last looked.
    """
    write = partial(
        record_turn,
        session,
        turn.speaker,
        turn.text,
        item_id=turn.item_id,
        client_id=turn.client_id,
        source=Turn.Source.TEXT if turn.source == "text" else Turn.Source.VOICE,
        author=session.member if turn.speaker == "member" else None,
        interrupted=turn.interrupted,
        heard_ms=turn.heard_ms,
    )
    if write(epoch=turn.epoch) is not None:
        return True
    # The floor moved after the words were heard; from coach to coach that voids nothing.
    now = Session.objects.values("floor", "floor_epoch").get(pk=session.pk)
    if now["floor"] in FLOORS_OF_COACH and session.floor in FLOORS_OF_COACH:
        return write(epoch=now["floor_epoch"]) is not None
    return write(epoch=turn.epoch, already_heard=turn.interrupted) is not None
