"""Writes what was said in a live talk into its thread."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from django.db import OperationalError

from coach.database import writing
from coach.talk import outage
from coach.talk.actions import record_turn
from coach.talk.models import FLOORS_OF_COACH, Session, Turn
from coach.talk.outage import Outage
from coach.talk.registries.rehearsed import is_rehearsed
from coach.talk.registries.screeners import score_turns, scores
from coach.voice.effects import RecordTurn

log = structlog.get_logger(__name__)
T = TypeVar("T")


class TurnWriter:
    """Writes the turns of one connection as soon as the database takes them.

    `on_failure` is awaited when it does not, once until it does again.
    """

    def __init__(self, session: Session, on_failure: Callable[[], Awaitable[None]]) -> None:
        self._session = session
        self._on_failure = on_failure
        self._outage = Outage(asyncio.get_running_loop().time)

    async def write(self, turn: RecordTurn) -> Turn | None:
        """What `write_turn` returns. Raises OperationalError where it is lost: see `Outage`."""
        return await self.run(partial(write_turn, self._session, turn))

    async def run(self, write: Callable[[], T]) -> T:
        """What `write` returns. Raises OperationalError where it is lost."""
        while True:
            try:
                written = await writing.run(write)
            except OperationalError:
                if await self._is_lost():
                    raise
                await asyncio.sleep(outage.AGAIN_S)
            else:
                self._outage.over()
                return written

    async def _is_lost(self) -> bool:
        first = not self._outage.lasts
        lost = self._outage.failed()
        log.error("turn_lost" if lost else "turn_not_written", session=self._session.pk.hex)
        if first:
            await self._on_failure()
        return lost


def write_turn(session: Session, turn: RecordTurn) -> Turn | None:
    """The turn's row; None: it was refused, since the floor has moved from the coach meanwhile.

    `session` is the row as it was when somebody last looked.
    """
    if turn.speaker == "member" and scores():
        _score_ahead(session, turn.text)
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
        timing=turn.timing,
    )
    if (row := write(epoch=turn.epoch)) is not None:
        return row
    # The floor moved after the words were heard; from coach to coach that voids nothing.
    now = Session.objects.values("floor", "floor_epoch").get(pk=session.pk)
    if now["floor"] in FLOORS_OF_COACH and session.floor in FLOORS_OF_COACH:
        return write(epoch=now["floor_epoch"])
    return write(epoch=turn.epoch, already_heard=turn.partial)


def _score_ahead(session: Session, text: str) -> None:
    """The transaction scores the words from memory: it holds the rows as briefly as it can."""
    if is_rehearsed(session, text):
        return
    said = session.turns.filter(speaker=Turn.Speaker.MEMBER).order_by("-seq")
    score_turns([*said.values_list("text", flat=True)[:1], text], [])
