"""The member's socket in a live talk: it owns the connection and does no work of its own.

Channels would send every frame through its dispatcher, which costs a thread hop each; here the
socket has its own receive loop, and a second one beside it reads the group's messages. The first
loop to end ends the talk's connection (never the talk: the page comes back with `since`).
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

import msgspec
import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import reverse

from coach import wire
from coach.talk.brief import sees_pictures, thaw
from coach.talk.live.admission import Admission
from coach.talk.live.engine import dial, engine_settings, places
from coach.talk.live.group import Group
from coach.talk.live.history import owes_answer
from coach.talk.live.host import TalkHost
from coach.talk.models import Session, Turn
from coach.talk.usage.budgets import has_budget
from coach.voice.cancel import cancel
from coach.voice.conversation import Conversation
from coach.voice.inputs import Interrupt, MicrophoneMuted, PlaybackProgress, TalkMode, TextTyped
from coach.voice.relay import Relay
from coach.voice.types import Floor

log = structlog.get_logger(__name__)

POLL_S = 2.0
HELLO_S = 10.0
BAD_MESSAGES = 20

CLOSE_ENDED = 4410
CLOSE_NOT_SIGNED_IN = 4401
CLOSE_NOT_FOUND = 4404
CLOSE_TAKEN = 4403
CLOSE_BAD = 4400
CLOSE_IDLE = 4408
CLOSE_FAILED = 4500  # 1011 is reserved: the server may not send it


class Gone(Exception):
    """The page has closed its socket."""


class TalkConsumer(AsyncWebsocketConsumer):
    """One socket of one session. Implements `coach.voice.interfaces.Page`."""

    async def __call__(
        self,
        scope: Any,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        self.scope = scope
        self._receive = receive
        self._to_socket = send
        self._closed = False
        self._deaf = False  # nothing more is sent, but for the end itself
        self._bad = 0
        self._idle = False
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        try:
            await self._serve()
        except Gone:
            self._closed = True
        except Exception as error:  # noqa: BLE001  the outermost line: it closes the socket
            where = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "talk_failed",
                error=type(error).__name__,
                at=f"{where.filename.rsplit('/', 1)[-1]}:{where.lineno}",
            )
            await self._close(CLOSE_FAILED)

    # --- for the relay --------------------------------------------------------------------------

    async def send_json(self, message: dict[str, Any]) -> None:
        if not self._closed and not self._deaf:
            text = msgspec.json.encode(message).decode()
            await self._to_socket({"type": "websocket.send", "text": text})

    async def send_audio(self, frame: bytes) -> None:
        if not self._closed and not self._deaf:
            await self._to_socket({"type": "websocket.send", "bytes": frame})

    # --- one connection -------------------------------------------------------------------------

    async def _serve(self) -> None:
        session = await self._authorise()
        if session is None:
            return
        self._group = Group(session.group)
        # Joined before the state is read: nothing that happens in between is missed.
        await self._group.join()
        try:
            await self._group.take_over()
            hello = await self._hello()
            if hello is None:
                await self._close(CLOSE_BAD)
                return
            await self._talk(session, hello.since)
        finally:
            await self._group.leave()

    async def _authorise(self) -> Session | None:
        user: Any = self.scope["user"]
        if not user.is_authenticated:
            await self._close(CLOSE_NOT_SIGNED_IN)
            return None
        pk = self.scope["url_route"]["kwargs"]["pk"]
        mine = Session.objects.for_member(user).select_related("member", "persona")
        session: Session | None = await database_sync_to_async(mine.filter(pk=pk).first)()
        if session is None:
            await self._close(CLOSE_NOT_FOUND)
        elif session.ended_at is not None:
            await self._say_ended(session)
            return None
        return session

    async def _hello(self) -> wire.Hello | None:
        try:
            async with asyncio.timeout(HELLO_S):
                message = await self._receive()
        except TimeoutError:
            return None
        if message["type"] == "websocket.disconnect":
            raise Gone
        try:
            hello = wire.read(message.get("text") or "")
        except ValueError:
            return None
        return hello if isinstance(hello, wire.Hello) else None

    async def _talk(self, session: Session, since: int) -> None:
        brief = thaw(session.brief)
        self._session = session
        self._host = TalkHost(session, brief, send=self.send_json, since=since)
        said, typed_ids, owed = await database_sync_to_async(_said)(session)
        self._relay = Relay(
            conversation=Conversation(
                floor=cast(Floor, session.floor),
                epoch=session.floor_epoch,
                greeting=brief.greeting,
                silence_ms=brief.silence_ms,
                answered_ids=typed_ids,
                answer_pending=owed,
                answers_itself=brief.answers_itself,
                budgeted=await database_sync_to_async(has_budget)(session.member),
            ),
            page=self,
            host=self._host,
            connect=lambda: dial(brief, session.member),
            admit=lambda: self._seat.take(self._tell_position),
            settings=engine_settings(brief, session.member),
            resumed=said,
        )
        self._host.bind(self._relay.dispatch, lambda: self._relay.settled)
        self._seat = Admission(*await database_sync_to_async(places)(brief), session.pk)
        await self._greet_page()
        await self._run(
            self._from_page(),
            self._from_group(),
            self._host.keep_in_step(POLL_S),
            self._keep_place(),
            self._keep_seat(),
            self._relay.run(),
        )

    async def _tell_position(self, position: int) -> None:
        await self.send_json({"type": "waiting", "position": position})

    async def _greet_page(self) -> None:
        session, conversation = self._session, self._relay.conversation
        brief = self._host.brief
        capabilities = {"scripted": brief.scripted, "images": sees_pictures(brief)}
        await self.send_json(
            {
                "type": "ready",
                "session": str(session.pk),
                "generation": conversation.generation,
                "engine": {"capabilities": capabilities},
            }
        )
        await self.send_json({"type": "state", "state": conversation.page_state})
        await self.send_json(
            {
                "type": "floor",
                "floor": session.floor,
                "epoch": session.floor_epoch,
                "name": session.expert_name,
            }
        )
        await self._host.refresh()

    async def _run(self, *pumps: Coroutine[Any, Any, None]) -> None:
        """Until the first pump ends; then end the others and keep what was said."""
        tasks = [asyncio.create_task(pump) for pump in pumps]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # What the conversation does now is for the rows: the page may come back.
            self._deaf = not self._host.ended.is_set()
            await self._relay.end()
            await cancel(tasks)
            await self._seat.leave(for_good=self._idle or self._host.ended.is_set())
            await self._host.close()
            await self._relay.drain()
        if self._host.ended.is_set():
            await self._say_ended(self._session)
            return
        for task in done:
            task.result()
        await self._close(CLOSE_FAILED)  # the engine is gone for good, and the page knows

    # --- pumps ----------------------------------------------------------------------------------

    async def _from_page(self) -> None:
        relay = self._relay
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self._closed = True
                raise Gone
            data = message.get("bytes")
            if data is not None:
                await relay.page_audio(data)
            else:
                await self._page_said(message["text"])

    async def _page_said(self, text: str) -> None:
        relay = self._relay
        try:
            message = wire.read(text)
        except ValueError:
            await self._refuse()
            return
        match message:
            case wire.HeardAudio(generation=generation, item=item, ms=ms):
                await relay.dispatch(PlaybackProgress(generation, item, int(ms)))
            case wire.Text(id=id, text=said):
                await relay.dispatch(TextTyped(id[:64], said))
            case wire.InterruptCoach():
                await relay.dispatch(Interrupt())
            case wire.Mute(on=on):
                await relay.dispatch(MicrophoneMuted(on))
            case wire.TalkModeChosen(push=push):
                await relay.dispatch(TalkMode(push))
            case wire.ButtonHeld(down=down):
                await relay.held(down)
            case wire.Ping():
                await self.send_json({"type": "pong"})
            case wire.End():
                await self._host.end()
                self._host.nudge()
            case wire.Hello():
                await self._refuse()

    async def _refuse(self) -> None:
        self._bad += 1
        await self._error("bad_message", fatal=self._bad >= BAD_MESSAGES)
        if self._bad >= BAD_MESSAGES:
            await self._close(CLOSE_BAD)
            raise Gone

    async def _from_group(self) -> None:
        async for event in self._group.events():
            match event["type"]:
                case "taken":
                    await self._taken()
                case "budget":
                    self._host.look_at_budget()
                case "changed":
                    await self.send_json({"type": "changed", "what": event["what"]})
                case _:
                    self._host.nudge()

    async def _keep_seat(self) -> None:
        """Nobody is here, and others wait: the place is theirs. The talk itself goes on later."""
        await self._seat.keep(self._host.idle_s)
        self._idle = True
        await self._error("idle", fatal=True)
        await self._close(CLOSE_IDLE)
        raise Gone

    async def _keep_place(self) -> None:
        """Notice a second window even if its push was lost."""
        await self._group.taken(POLL_S)
        await self._taken()

    # --- endings --------------------------------------------------------------------------------

    async def _taken(self) -> None:
        await self._error("taken_elsewhere", fatal=True)
        await self._close(CLOSE_TAKEN)
        raise Gone

    async def _say_ended(self, session: Session) -> None:
        url = reverse("talk:live", args=[session.pk])
        await self.send_json({"type": "ended", "url": url})
        await self._close(CLOSE_ENDED)

    async def _error(self, code: str, *, fatal: bool) -> None:
        words = self._host.words(code)
        await self.send_json({"type": "error", "code": code, "message": words, "fatal": fatal})

    async def _close(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            await self._to_socket({"type": "websocket.close", "code": code})


def _said(session: Session) -> tuple[bool, list[str], bool]:
    """Whether anybody has spoken yet, the page's ids of the texts that were typed, and whether the
    last of them is still to be answered."""
    speakers = (Turn.Speaker.MEMBER, Turn.Speaker.COACH, Turn.Speaker.EXPERT)
    said = session.turns.filter(speaker__in=speakers)
    typed = said.exclude(client_id="").order_by("-seq").values_list("client_id", flat=True)
    return said.exists(), list(typed[:100]), owes_answer(session)
