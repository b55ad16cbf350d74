"""The application's side of a live talk: rows, tools, screening, and those who read along.

`TalkHost` answers the relay and keeps the page in step with the rows: whatever a push says, what is
sent to the page is read from the database, once per number of the thread.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any
from uuid import uuid4

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from redis.exceptions import RedisError

from coach.talk.actions import (
    claim_directives,
    claim_pictures,
    end_session,
    give_back_directives,
    give_back_pictures,
    record_turn,
    run_tool,
)
from coach.talk.brief import Brief
from coach.talk.budget_keeper import Keeper
from coach.talk.history import history_of
from coach.talk.models import Directive, Floor, Picture, Session, Turn
from coach.talk.notes.models import ITEM_PREFIX
from coach.talk.pictures import data_uri, instructions_for
from coach.talk.screening import Flag, Screener, screen
from coach.talk.words import words_for
from coach.voice.events import (
    Counted,
    CountUsage,
    Event,
    FloorChanged,
    Guided,
    HandedBack,
    Noted,
    PersonSaid,
    PictureShown,
    RecordTurn,
    Released,
    Screen,
    Scripted,
    ShowCaption,
)
from coach.voice.seams import Line

log = structlog.get_logger(__name__)

CAPTION_S = 0.2  # those who read along get the words so far this often
HOLD_SEVERITY = 1  # a member's words of this severity (0 gravest) or worse hold the coach
WRITTEN_S = 0.3  # how long acting on a turn may wait for the turn's row
CUT_SEVERITY = 2  # the coach's own words of this severity or worse are cut off
FLOORS_OF_COACH = (Floor.COACH, Floor.COACH_WAITING, Floor.GUIDED)

Send = Callable[[dict[str, Any]], Awaitable[None]]
Dispatch = Callable[[Event], Awaitable[None]]


class TalkHost:
    """Implements `coach.voice.seams.Host` for one session and one socket."""

    def __init__(self, session: Session, brief: Brief, *, send: Send, since: int) -> None:
        self.session = session
        self.brief = brief
        self.seen = since
        self.ended = asyncio.Event()
        self._send = send
        self._dispatch: Dispatch | None = None
        self._nudge = asyncio.Event()
        self._told = session.last_seq
        self._acts: set[asyncio.Task[None]] = set()
        self._holds = 0  # acts under way that hold the coach
        self._floor: str = session.floor
        self._said_at = asyncio.get_running_loop().time()
        self._writing = 0  # turns, and acts on flags, under way
        self._money = Keeper(session, brief, self._tell)
        self._counting = False
        self._settled: Callable[[], bool] = lambda: False
        self._connection = uuid4().hex[:12]
        self._owed: set[int] = set()  # directives claimed here that the member has not heard
        self._pictures: set[int] = set()  # claimed here
        self._unwritten: dict[str, asyncio.Event] = {}  # flagged, and not in the thread yet
        self._broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._captions: dict[str, dict[str, Any]] = {}
        self._publishing: asyncio.Task[None] | None = None

    def bind(self, dispatch: Dispatch, settled: Callable[[], bool] = lambda: False) -> None:
        """Where events for the conversation go; `settled`: nothing is under way in it."""
        self._dispatch = dispatch
        self._settled = settled

    # --- for the relay --------------------------------------------------------------------------

    def idle_s(self) -> float:
        """For how long nothing has come to the thread; 0 while a person has it or is waited for."""
        if self._floor != Floor.COACH:
            return 0.0
        return asyncio.get_running_loop().time() - self._said_at

    async def record(self, turn: RecordTurn) -> bool:
        self._writing += 1
        try:
            written = await database_sync_to_async(self._record)(turn)
        finally:
            self._writing -= 1
        if (waiting := self._unwritten.pop(turn.item_id, None)) is not None:
            waiting.set()
        self.nudge()
        return written

    async def run_tool(self, call_id: str, name: str, arguments: str) -> str:
        output = await database_sync_to_async(self._run_tool)(call_id, name, arguments)
        # The floor may have moved in the tool: know it before the coach speaks of the result.
        await self.refresh()
        return output

    def screen(self, found: Screen) -> bool:
        hits = screen(found.text, found.speaker, self.brief.language)
        if not hits:
            return False
        worst = min(flag.severity for _, flags in hits for flag in flags)
        hold = worst <= (CUT_SEVERITY if found.speaker == "coach" else HOLD_SEVERITY)
        if found.final and found.speaker == "member":
            self._unwritten[found.key] = asyncio.Event()
        self._holds += hold
        self._writing += 1
        self._start(self._act(found, hits, hold))
        return hold

    def caption(self, caption: ShowCaption) -> None:
        self._captions[caption.item_id] = {
            "type": "caption",
            "speaker": caption.speaker,
            "item": caption.item_id,
            "text": caption.text,
        }
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.create_task(self._publish(), name="captions")

    async def history(self) -> Sequence[Line]:
        lines, self._told = await database_sync_to_async(self._history)()
        return lines

    def count(self, usage: CountUsage) -> None:
        self._money.take(usage)
        if not self._counting:
            self._counting = True
            self._start(self._count())

    async def _count(self) -> None:
        while self._money.waiting:
            await self._money.write()
            if self._money.spent:
                await self.refresh()
        self._counting = False
        await self._tell(Counted())

    def look_at_budget(self) -> None:
        """Another talk has reached a budget that may be this one's."""
        self._money.ring()
        self.nudge()

    def delivered(self, ref: int) -> None:
        self._owed.discard(ref)

    def words(self, code: str) -> str:
        with translation.override(self.brief_language):
            return words_for(code)

    # --- in step with the rows ------------------------------------------------------------------

    @property
    def brief_language(self) -> str:
        """The language of sentences for the member."""
        return str(self.session.member.language or settings.LANGUAGE_CODE)

    def nudge(self) -> None:
        """Something may have changed: look soon."""
        self._nudge.set()

    async def keep_in_step(self, every_s: float) -> None:
        """Look when nudged and every `every_s` seconds, until the session ends.

        A lost push costs no more than that. Raises what an act on a flag raised.
        """
        while not self.ended.is_set():
            try:
                async with asyncio.timeout(every_s):
                    await self._nudge.wait()
            except TimeoutError:
                pass  # the poll: nobody said that anything changed
            if self._broken.done():
                self._broken.result()
            self._nudge.clear()
            await self.refresh()

    async def refresh(self) -> None:
        """Bring page and conversation up to the rows.

        Goes on to its end if the caller is cancelled: what was claimed must be told.
        """
        await asyncio.shield(self._start(self._refresh()))

    async def _refresh(self) -> None:
        state = await database_sync_to_async(self._look)()
        self._floor = state["floor"]
        if state["thread"]:
            self._said_at = asyncio.get_running_loop().time()
        for message in state["thread"]:
            if message["seq"] > self.seen:
                self.seen = message["seq"]
                await self._send(message)
        await self._tell(FloorChanged(state["floor"], state["epoch"], state["name"]))
        for event, seq in state["said"]:
            if seq > self._told:
                self._told = seq
                await self._tell(event)
        for directive in state["directives"]:
            await self._tell(_event_of(directive))
        for picture in state["pictures"]:
            await self._tell(self._shown(picture))
        if state["ended"]:
            self.ended.set()
        elif await self._money.keep(state["floor"], self._idle):
            self.nudge()

    def _idle(self) -> bool:
        """Nothing is being said, written down or acted upon."""
        return self._settled() and not self._writing and not self._unwritten

    async def end(self) -> None:
        """The member ends the talk."""
        await database_sync_to_async(end_session)(self.session)
        self.ended.set()

    async def close(self) -> None:
        """Wait for what was found to be acted upon; captions may be lost.

        The next connection is told what the member did not hear of this one. Call it when the
        conversation has ended.
        """
        if self._publishing is not None:
            self._publishing.cancel()
            await asyncio.gather(self._publishing, return_exceptions=True)
        while self._acts:
            await asyncio.wait(set(self._acts))
        if self._owed:
            await database_sync_to_async(give_back_directives)(self.session, self._owed)
        if self._pictures:
            await database_sync_to_async(give_back_pictures)(self.session, self._pictures)

    # --- inside -----------------------------------------------------------------------------------

    def _shown(self, picture: Picture) -> PictureShown:
        seen = data_uri(bytes(picture.data))
        return PictureShown(picture.client_id, seen, instructions=instructions_for(self.brief))

    async def _tell(self, event: Event) -> None:
        if self._dispatch is not None:
            await self._dispatch(event)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name="act")
        self._acts.add(task)
        task.add_done_callback(self._act_over)
        return task

    async def _act(
        self, found: Screen, hits: list[tuple[Screener, list[Flag]]], hold: bool
    ) -> None:
        if (written := self._unwritten.get(found.key)) is not None:
            # The words come before their card in the thread, unless that would take long.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WRITTEN_S):
                    await written.wait()
            self._unwritten.pop(found.key, None)
        for screener, flags in hits:
            act = database_sync_to_async(self._in_language(screener.act))
            await act(self.session.pk, flags, found.key, found.speaker)
        self._writing -= 1
        await self.refresh()
        self._holds -= hold
        if hold and not self._holds:
            await self._tell(Released())

    def _act_over(self, task: asyncio.Task[None]) -> None:
        self._acts.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._broken.done():
            self._broken.set_exception(error)
            self._broken.exception()  # seen: who awaited the task has it too
            self.nudge()

    async def _publish(self) -> None:
        await asyncio.sleep(CAPTION_S)
        layer = get_channel_layer()
        if layer is None:
            return
        captions, self._captions = self._captions, {}
        for event in captions.values():
            try:
                await layer.group_send(self.session.watch_group, {"type": "push", "event": event})
            except (RedisError, OSError) as error:
                log.warning("caption_lost", error=type(error).__name__)

    def _record(self, turn: RecordTurn) -> bool:
        fields: dict[str, Any] = {
            "item_id": turn.item_id,
            "client_id": turn.client_id,
            "source": Turn.Source.TEXT if turn.source == "text" else Turn.Source.VOICE,
            "author": self.session.member if turn.speaker == "member" else None,
            "interrupted": turn.interrupted,
            "heard_ms": turn.heard_ms,
        }
        row = record_turn(self.session, turn.speaker, turn.text, epoch=turn.epoch, **fields)
        if row is not None:
            return True
        # The floor moved after the words were heard; from coach to coach that voids nothing.
        now = Session.objects.values("floor", "floor_epoch").get(pk=self.session.pk)
        if now["floor"] not in FLOORS_OF_COACH or self.session.floor not in FLOORS_OF_COACH:
            fields["already_heard"] = turn.interrupted
            row = record_turn(self.session, turn.speaker, turn.text, epoch=turn.epoch, **fields)
            return row is not None
        epoch = now["floor_epoch"]
        return record_turn(self.session, turn.speaker, turn.text, epoch=epoch, **fields) is not None

    def _run_tool(self, call_id: str, name: str, arguments: str) -> str:
        # Some servers count their calls: on the next connection the same id is another call.
        row_id = f"{call_id[-60:]}~{self._connection}"
        return str(self._in_language(run_tool)(self.session.pk, row_id, name, arguments))

    def _in_language(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        """The verb, in the member's language and time zone."""

        def run(*args: Any) -> Any:
            zone = self.session.member.time_zone
            with translation.override(self.brief_language), timezone.override(zone):
                return verb(*args)

        return run

    def _history(self) -> tuple[list[Line], int]:
        lines, told = history_of(self.session)
        return lines, max(told, self._told)

    def _look(self) -> dict[str, Any]:
        # Claimed before the floor is read: a script is never told ahead of the hold it is for.
        waiting = Directive.objects.filter(session=self.session, claimed_at=None).exists()
        directives = claim_directives(self.session) if waiting else []
        self._owed.update(directive.pk for directive in directives)
        shown = self.session.pictures.filter(told_at=None).exists()
        pictures = claim_pictures(self.session) if shown else []
        self._pictures.update(picture.pk for picture in pictures)
        row = Session.objects.get(pk=self.session.pk)
        turns = list(row.turns.filter(seq__gt=self.seen)) if row.last_seq > self.seen else []
        cards = list(row.cards.filter(seq__gt=self.seen)) if row.last_seq > self.seen else []
        thread = [turn_message(t) for t in turns] + [card_message(c) for c in cards]
        return {
            "floor": row.floor,
            "epoch": row.floor_epoch,
            "name": row.expert_name,
            "ended": row.ended_at is not None,
            "thread": sorted(thread, key=lambda message: message["seq"]),
            "said": [(event, t.seq) for t in turns if (event := _beside(t))],
            "directives": directives,
            "pictures": pictures,
        }


def _beside(turn: Turn) -> Event | None:
    """What was said beside the live line, which the engine cannot have heard."""
    if turn.speaker == Turn.Speaker.EXPERT:
        return PersonSaid(turn.author_name, turn.text)
    if turn.item_id.startswith(ITEM_PREFIX):
        return Noted("user" if turn.speaker == Turn.Speaker.MEMBER else "assistant", turn.text)
    return None


def turn_message(turn: Turn) -> dict[str, Any]:
    return {
        "type": "turn",
        "seq": turn.seq,
        "speaker": turn.speaker,
        "author": turn.author_name,
        "item": turn.item_id or None,
        "client_id": turn.client_id or None,
        "text": turn.text,
        "interrupted": turn.interrupted,
        "at": turn.created_at.isoformat(),
    }


def card_message(card: Any) -> dict[str, Any]:
    url = reverse("talk:card", args=[card.session_id, card.seq])
    return {"type": "card", "seq": card.seq, "kind": card.kind, "url": url}


def _event_of(directive: Directive) -> Event:
    match directive.kind:
        case Directive.Kind.HAND_BACK:
            return HandedBack(directive.text, directive.spoken, directive.pk)
        case Directive.Kind.GUIDE:
            return Guided(directive.text, directive.pk)
        case _:
            return Scripted(directive.spoken or directive.text, directive.pk)
