"""Writes what was said in a live talk into its thread."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from django.db import OperationalError

from coach.database import writing
from coach.talk.actions import record_turn
from coach.talk.models import FLOORS_OF_COACH, Session, Turn
from coach.voice.effects import RecordTurn

log = structlog.get_logger(__name__)

AGAIN_S = 2.0  # between two tries to write a turn
TRY_FOR_S = 120.0  # a database that is locked, full or away may be back by then


async def write_until_done(
    session: Session, turn: RecordTurn, on_failure: Callable[[], Awaitable[None]]
) -> bool:
    """Write a turn as soon as the database takes it; what it returns is `write_turn`'s.

    `on_failure` is awaited at the first failure. Raises OperationalError after `TRY_FOR_S`.
    """
    loop = asyncio.get_running_loop()
    until, failures = loop.time() + TRY_FOR_S, 0
    while True:
        try:
            return await writing.run(write_turn, session, turn)
        except OperationalError:
            failures += 1
            lost = loop.time() > until
            log.error("turn_lost" if lost else "turn_not_written", session=session.pk.hex)
            if lost:
                raise
            if failures == 1:
                await on_failure()
            await asyncio.sleep(AGAIN_S)


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
