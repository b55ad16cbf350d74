"""The application's side of a live talk.

`TalkHost` answers the relay and keeps the page in step with the rows: whatever a push says, what is
sent to the page is a row of the database, once per number of the thread.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from uuid import uuid4

import msgspec
from django.utils import translation

from coach import wire
from coach.database import reading, tools, writing
from coach.talk.actions import end_session, run_tool, settle_directive
from coach.talk.brief import Brief
from coach.talk.error_messages import words_for
from coach.talk.language import in_language_of, language_of
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.captions import Captions
from coach.talk.live.changes import Changes, changes_since, turn_message
from coach.talk.live.directive_claims import DirectiveClaims
from coach.talk.live.expert_turns import PersonSpeaks, write_expert_turn
from coach.talk.live.failures import Failures
from coach.talk.live.history import history_of
from coach.talk.live.screening_guard import ScreeningGuard
from coach.talk.live.sweep import TalkState
from coach.talk.live.turn_writer import TurnWriter
from coach.talk.models import Floor, Session, Turn
from coach.talk.usage.budget_guard import BudgetGuard
from coach.voice.effects import (
    CountUsage,
    DirectiveDelivered,
    RecordTurn,
    RunTool,
    ScreenText,
    ShowCaption,
)
from coach.voice.inputs import Event, FloorChanged, UsageCounted
from coach.voice.interfaces import HistoryLine

Send = Callable[[wire.ToPage], Awaitable[None]]
Dispatch = Callable[[Event], Awaitable[None]]
FollowVoice = Callable[[PersonSpeaks | None], None]


class TalkHost:
    """Implements `coach.voice.interfaces.Host` for one connection of one session."""

    def __init__(self, session: Session, brief: Brief, *, send: Send, since: int) -> None:
        self.session = session
        self.brief = brief
        self.ended = asyncio.Event()
        self._send = send
        self._dispatch: Dispatch | None = None
        self._settled: Callable[[], bool] = lambda: False
        self._follow_voice: FollowVoice = lambda _: None
        self._nudge = asyncio.Event()
        self._must_look = False  # whatever is known
        self._added_seq = 0  # the last number of the thread that a push told of
        self._sent_seq = since  # the last number of the thread that the page has
        self._told_seq = session.last_seq  # and the engine
        self._looked_at = (-1, -1)  # the last number of the thread, and the floor's epoch
        self._refreshing = asyncio.Lock()
        self._floor: str = session.floor
        self._loop = asyncio.get_running_loop()
        self._said_at = self._loop.time()
        self._writing = 0  # turns that are being written
        self._in_turn = asyncio.Lock()  # an expert's words are written in the order they were said
        self._counting = False
        self._connection = uuid4().hex[:12]
        self.background = BackgroundTasks(on_failure=self.nudge)
        self._claims = DirectiveClaims(session, brief)
        self._writer = TurnWriter(session, self._tell_not_saved)
        self._failures = Failures(session, self.background)
        self._captions = Captions(session.watch_group)
        self._budget = BudgetGuard(session, brief, self._tell)
        self._screening = ScreeningGuard(
            session, brief.language, self.background, tell=self._tell, refresh=self.refresh
        )

    def bind(
        self,
        dispatch: Dispatch,
        settled: Callable[[], bool] = lambda: False,
        follow_voice: FollowVoice = lambda _: None,
    ) -> None:
        """Where events for the conversation go; `settled`: nothing is under way in it.

        `follow_voice` is told at each look which expert has the floor by voice.
        """
        self._dispatch = dispatch
        self._settled = settled
        self._follow_voice = follow_voice

    # --- for the relay --------------------------------------------------------------------------

    async def record_turn(self, turn: RecordTurn) -> bool:
        if turn.notice:
            turn = msgspec.structs.replace(turn, text=self.error_message(turn.notice))
        self._writing += 1
        try:
            written = await self._writer.write(turn)
        finally:
            self._writing -= 1
        self._screening.written(turn.item_id)
        if written is None:
            self.nudge()  # the floor has moved
        else:
            self.background.start(self._show(written))
        return written is not None

    async def record_expert(self, speaks: PersonSpeaks, item_id: str, text: str) -> None:
        """Write down what an expert has said aloud; their words are heard whoever has the floor."""
        self._writing += 1
        write = partial(write_expert_turn, self.session, speaks, item_id, text)
        try:
            async with self._in_turn:
                await self._writer.run(write)
        finally:
            self._writing -= 1
        self.nudge()

    async def run_tool(self, call: RunTool) -> str:
        # Some servers count their calls: on the next connection the same id is another call.
        row_id = f"{call.call_id[-60:]}~{self._connection}"
        verb = partial(run_tool, asked=call.asked, later=self._write_later)
        run = in_language_of(self.session.member, verb)
        output: str = await tools.run(run, self.session.pk, row_id, call.name, call.arguments)
        # The floor may have moved in the tool: know it before the coach speaks of the result.
        await self.refresh()
        return output

    def screen(self, text: ScreenText) -> bool:
        return self._screening.screen(text)

    def show_caption(self, caption: ShowCaption) -> None:
        self._captions.show(caption)

    async def history(self) -> Sequence[HistoryLine]:
        lines, last = await reading.run(history_of, self.session)
        self._told_seq = max(self._told_seq, last)
        return lines

    def count_usage(self, usage: CountUsage) -> None:
        self._budget.take(usage)
        if not self._counting:
            self._counting = True
            self.background.start(self._count())

    def directive_delivered(self, delivered: DirectiveDelivered) -> None:
        became = self._claims.delivered(delivered.ref, void=delivered.void)
        if became:
            write = partial(settle_directive, delivered.ref, became, delivered.item_id)
            self.background.start(writing.run(write))

    def error_shown(self, code: str) -> None:
        self._failures.take(code)

    def error_message(self, code: str) -> str:
        with translation.override(language_of(self.session.member)):
            return words_for(code)

    # --- for the socket -------------------------------------------------------------------------

    def idle_s(self) -> float:
        """For how long nothing has come to the thread; 0 while a person has it or is waited for."""
        if self._floor != Floor.COACH:
            return 0.0
        return self._loop.time() - self._said_at

    def nudge(self) -> None:
        """Something may have changed: look soon."""
        self._must_look = True
        self._nudge.set()

    def added(self, seq: int) -> None:
        """The thread has a turn or a card of this number: look soon, if it was not seen yet.

        Of what this connection writes itself a push comes, too, as a rule behind its own look.
        """
        self._added_seq = max(self._added_seq, seq)
        self._nudge.set()

    def watched(self) -> None:
        """Somebody reads along."""
        self._captions.watched()

    def look_at_budget(self) -> None:
        """Another talk has reached a budget that may be this one's."""
        self._budget.ring()
        self.nudge()

    def is_behind(self, state: TalkState) -> bool:
        """Whether the rows say what was not looked at, or what is to end the talk still waits."""
        known = state.last_seq, state.floor_epoch
        return state.ended or state.waiting or known != self._looked_at or self._budget.spent

    async def keep_in_step(self) -> None:
        """Look when nudged, until the session ends. Raises what background work raised."""
        while not self.ended.is_set():
            await self._nudge.wait()
            self.background.check()
            self._nudge.clear()
            must_look, self._must_look = self._must_look, False
            if must_look or self._added_seq > self._looked_at[0]:
                await self.refresh(claim=must_look)

    async def refresh(self, *, claim: bool = True) -> None:
        """Bring page and conversation up to the rows.

        `claim`: look as well whether anything waits to be told. Goes on to its end if the caller is
        cancelled: what was claimed must be told.
        """
        await asyncio.shield(self.background.start(self._refresh(claim)))

    async def end(self) -> None:
        """The member ends the talk."""
        await writing.run(end_session, self.session)
        self.ended.set()

    async def give_back(self, but: Collection[asyncio.Task[None]] = ()) -> None:
        """Wait for what was found to be acted upon, `but` for these tasks, which claim nothing.

        The next connection is told what the member did not hear of this one. Call it when the
        conversation has ended.
        """
        await self.background.join(but)
        await writing.run(self._claims.give_back)

    async def close(self) -> None:
        """Wait for everything that was begun, and give back; captions may be lost."""
        await self._captions.close()
        await self.give_back()

    def _write_later(self, write: Callable[[], None]) -> None:
        """Called in a thread: no answer waits for this."""
        self._loop.call_soon_threadsafe(lambda: self.background.start(writing.run(write)))

    async def _tell_not_saved(self) -> None:
        await self._send(wire.Error("not_saved", self.error_message("not_saved"), fatal=False))

    # --- inside -----------------------------------------------------------------------------------

    async def _tell(self, event: Event) -> None:
        if self._dispatch is not None:
            await self._dispatch(event)

    async def _refresh(self, claim: bool) -> None:
        # One at a time: an older look told after a newer one would move the floor back.
        async with self._refreshing:
            await self._bring_up(claim)

    async def _show(self, turn: Turn) -> None:
        """A turn that was written here. Where it is all that is new, nothing has to be read."""
        async with self._refreshing:
            epoch, session = turn.floor_epoch, self.session
            next_one = self._looked_at == (turn.seq - 1, epoch)
            newest = (session.last_seq, session.floor_epoch) == (turn.seq, epoch)
            if next_one and newest and not self._budget.spent:
                self._looked_at = turn.seq, epoch
                await self._send_thread([turn_message(turn)])
        self.added(turn.seq)

    async def _send_thread(self, new: Sequence[wire.Turn | wire.Card]) -> None:
        if new:
            self._said_at = self._loop.time()
        for message in new:
            if message.seq > self._sent_seq:
                self._sent_seq = message.seq
                await self._send(message)

    async def _bring_up(self, claim: bool) -> None:
        claimed, now = await self._look(claim)
        self._looked_at = now.last_seq, now.epoch
        self._floor = now.floor
        await self._send_thread(now.thread)
        speaks = now.speaker is not None
        await self._tell(FloorChanged(now.floor, now.epoch, now.name, speaks, now.stopped))
        self._follow_voice(PersonSpeaks(now.speaker, now.name, now.epoch) if now.speaker else None)
        for event, seq in now.beside:
            if seq > self._told_seq:
                self._told_seq = seq
                await self._tell(event)
        for event in claimed:
            await self._tell(event)
        if now.ended:
            self.ended.set()
        elif await self._budget.keep(now.floor, self._idle):
            self.nudge()

    async def _look(self, claim: bool) -> tuple[list[Event], Changes]:
        # Claimed before the floor is read: a script is never told ahead of the hold it is for.
        claimed: list[Event] = []
        waiting, now = await reading.run(self._read, claim)
        if waiting:
            claimed = await writing.run(self._claims.claim)
            _, now = await reading.run(self._read, False)
        return claimed, now

    def _read(self, claim: bool) -> tuple[bool, Changes]:
        waiting = claim and self._claims.waiting()
        return waiting, changes_since(self.session, self._sent_seq)

    def _idle(self) -> bool:
        """Nothing is being said, written down or acted upon."""
        return self._settled() and not self._writing and not self._screening.busy

    async def _count(self) -> None:
        while self._budget.waiting:
            await self._budget.write()
            if self._budget.spent:
                await self.refresh()
        self._counting = False
        await self._tell(UsageCounted())
