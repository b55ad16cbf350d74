"""A live talk while a page is connected to it: the loops between page, group, rows and engine.

The first loop to end ends the connection.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import NoReturn, cast
from uuid import uuid4

from django.urls import reverse

from coach import wire
from coach.meaning.pace import pace_wish
from coach.page_socket import PageSocket
from coach.talk.brief import sees_pictures
from coach.talk.live.admission import Admission
from coach.talk.live.engine import dial, engine_settings
from coach.talk.live.expert_voice import ExpertVoice
from coach.talk.live.group import TalkGroup
from coach.talk.live.host import TalkHost
from coach.talk.live.page_reader import PageReader
from coach.talk.live.start import TalkStart
from coach.talk.live.sweep import SweptTalk, talk_sweep
from coach.talk.models import Session
from coach.talk.registries.tools import reads_only
from coach.voice.cancel import cancel, finish
from coach.voice.conversation import Conversation
from coach.voice.relay import Relay
from coach.voice.types import Floor

END_S = 5.0  # for the last that engine and page are told


class LiveTalk:
    """One connection of one session. `run` it once."""

    def __init__(
        self,
        session: Session,
        start: TalkStart,
        *,
        socket: PageSocket,
        group: TalkGroup,
        since: int,
    ) -> None:
        brief = start.brief
        self._session = session
        self._brief = brief
        self._socket = socket
        self._group = group
        self._idle = False
        self._admission = Admission(start.engine, start.places, session.pk)
        self._host = TalkHost(session, brief, send=socket.send, since=since)
        self._relay = Relay(
            conversation=_conversation(session, start),
            page=socket,
            host=self._host,
            connect=lambda: dial(brief, session.member),
            admit=lambda: self._admission.take(self._show_place),
            settings=engine_settings(brief, session.member),
            resumed=start.begun,
        )
        self._voice = ExpertVoice(
            session.group,
            self._relay,
            self._host,
            connect=lambda: dial(brief, session.member),
            settings=engine_settings(brief),
            tasks=self._host.background,
            place=lambda: Admission(start.engine, start.places, uuid4()),
        )
        self._host.bind(
            self._relay.dispatch, lambda: self._relay.settled, follow_voice=self._voice.follow
        )
        self._swept = SweptTalk(
            session.pk,
            key=group.key,
            window=group.window,
            is_behind=self._host.is_behind,
            nudge=self._host.nudge,
            taken=asyncio.Event(),
        )

    async def run(self) -> None:
        """Serve the page until the first loop ends; then end the others and keep what was said.

        Raises PageGone when the socket is closed, and what went wrong unexpectedly.
        """
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._greet()
            talk_sweep.add(self._swept)
            tasks += [asyncio.create_task(loop) for loop in self._loops()]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await finish(self._wind_up(tasks))
        if self._host.ended.is_set():
            await self._socket.close(wire.PageClose.ENDED, ended_message(self._session))
            return
        for task in done:
            task.result()
        # The engine is gone for good, and the page knows.
        await self._socket.close(wire.PageClose.FAILED)

    def _loops(self) -> list[Coroutine[None, None, None]]:
        return [
            PageReader(self._socket, self._relay, self._host).run(),
            self._read_group(),
            self._host.keep_in_step(),
            self._watch_for_other_window(),
            self._hold_place(),
            self._relay.run(),
        ]

    async def _greet(self) -> None:
        """Tell the page how the talk stands."""
        session, conversation, brief = self._session, self._relay.conversation, self._brief
        capabilities = wire.Capabilities(scripted=brief.scripted, images=sees_pictures(brief))
        engine = wire.EngineInfo(capabilities)
        floor = cast(Floor, session.floor)
        send = self._socket.send
        await send(wire.Ready(str(session.pk), conversation.generation, engine))
        await send(wire.StateChanged(conversation.page_state))
        name, speaks = session.expert_name, session.expert_speaks
        await send(wire.FloorState(floor, session.floor_epoch, name, speaks))
        await self._host.refresh()

    async def _wind_up(self, tasks: "list[asyncio.Task[None]]") -> None:
        """End the conversation. Whatever fails in it, all that was claimed is given back, and all
        that was said is written down."""
        if not self._host.ended.is_set():
            # What the conversation does now is for the rows: the page may come back.
            self._socket.silence()
        talk_sweep.discard(self._swept)
        try:
            # The conversation ends at once; only telling engine and page of it may take long.
            with suppress(TimeoutError):
                async with asyncio.timeout(END_S):
                    await self._relay.end()
        finally:
            await cancel(tasks)
            self._voice.hang_up()
            try:
                await self._admission.leave(for_good=self._idle or self._host.ended.is_set())
                # The next connection needs this; a person's last words take seconds.
                await self._host.give_back(but=self._voice.ending)
                await self._voice.close()
                await self._host.close()
            finally:
                await self._relay.drain()

    # --- loops ----------------------------------------------------------------------------------

    async def _read_group(self) -> None:
        async for push in self._group.pushes():
            match push:
                case wire.SocketReplaced():
                    await self._give_up("taken_elsewhere", wire.PageClose.TAKEN)
                case wire.TalkWatched():
                    self._host.watched()
                case wire.BudgetReached():
                    self._host.look_at_budget()
                case wire.DataChanged():
                    await self._socket.send(push)
                case wire.TurnAdded(seq=seq) | wire.CardAdded(seq=seq):
                    self._host.added(seq)
                case _:
                    self._host.nudge()

    async def _watch_for_other_window(self) -> None:
        """Notice a second window even if its push was lost."""
        await self._swept.taken.wait()
        await self._give_up("taken_elsewhere", wire.PageClose.TAKEN)

    async def _hold_place(self) -> None:
        """Nobody is here, and others wait: the place is theirs. The talk itself goes on later."""
        await self._admission.keep(self._host.idle_s)
        self._idle = True
        await self._give_up("idle", wire.PageClose.IDLE)

    # --- to the page ----------------------------------------------------------------------------

    async def _show_place(self, position: int) -> None:
        await self._socket.send(wire.WaitingPlace(position))

    async def _give_up(self, code: str, reason: wire.PageClose) -> NoReturn:
        await self._socket.give_up(code, self._host.error_message(code), reason)


def _conversation(session: Session, start: TalkStart) -> Conversation:
    brief = start.brief
    return Conversation(
        floor=cast(Floor, session.floor),
        epoch=session.floor_epoch,
        greeting=brief.greeting,
        silence_ms=brief.silence_ms,
        answered_ids=start.typed_ids,
        answer_pending=start.answer_pending,
        answers_itself=brief.answers_itself,
        budgeted=start.budgeted,
        reads_only=reads_only(),
        read_pace=pace_wish,
        pace=start.pace,
    )


def ended_message(session: Session) -> wire.Ended:
    return wire.Ended(reverse("talk:live", args=[session.pk]))
