"""The socket by which an expert speaks with the member of a case, and hears them.

Sound goes between here and the process of the member's socket by `coach.sound_bus`; it is kept
nowhere. The line is a lease in the database, renewed here: see `handoff.actions.speaking`.
"""

import asyncio
from typing import NoReturn, TypedDict

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from django.contrib.auth.models import AnonymousUser

from coach import wire
from coach.database import reading, writing
from coach.page_socket import PageSocket
from coach.sound_bus import SoundBus, to_expert, to_member
from coach.types import Member
from coach.voice import limits, pcm
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.live_sound import LiveEnd
from coach.websocket_frames import EXTENSION, DirectExtension
from handoff import actions
from handoff.actions import OpenLine
from handoff.models import Escalation
from handoff.views.access import expert_of

KEEP_S = 2.0  # so often the lease is renewed, and with it asked whether the expert may still speak
KEPT_WITHIN_S = 3.0  # of the lease: who cannot renew it by then may have lost it
FIRST_WORD_MS = 400  # of a loud microphone: somebody said something
UNSENT_FRAMES = 10  # of the member's sound, to a page that takes nothing; more are dropped


class CaseRoute(TypedDict):
    kwargs: dict[str, int]


class VoiceScope(TypedDict):
    """The ASGI scope, as far as it is read."""

    user: Member | AnonymousUser
    url_route: CaseRoute
    extensions: dict[str, DirectExtension]


async def voice_consumer(
    scope: VoiceScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """The ASGI application of the socket, behind the session's authentication."""
    direct = scope.get("extensions", {}).get(EXTENSION)
    socket = PageSocket(receive, send, direct["socket"] if direct else None)
    await VoiceConsumer(scope["user"], scope["url_route"]["kwargs"]["pk"], socket).run()


class VoiceConsumer:
    """One socket of one expert, for the case `pk`."""

    def __init__(self, user: Member | AnonymousUser, pk: int, socket: PageSocket) -> None:
        self._user = user
        self._pk = pk
        self._socket = socket

    async def run(self) -> None:
        """Serve the socket to its end. Raises nothing: what fails closes it."""
        await self._socket.serve(self._serve, failed=wire.VoiceClose.FAILED, event="voice_failed")

    async def _serve(self) -> None:
        bus = SoundBus.here()
        if bus is None:
            await self._socket.close(wire.VoiceClose.FAILED)
            return
        line = await writing.run(self._open)
        if line is None:
            await self._socket.close(wire.VoiceClose.NOT_SPEAKING)
            return
        try:
            await Speaking(line, bus, self._socket).run()
        finally:
            await asyncio.shield(writing.run(actions.leave_line, line))

    def _open(self) -> OpenLine | None:
        expert = expert_of(self._user)
        case = Escalation.objects.filter(pk=self._pk, owner=expert).first() if expert else None
        return actions.open_line(case, expert) if case is not None and expert else None


class Speaking:
    """Sound both ways, for as long as the line is this socket's."""

    def __init__(self, line: OpenLine, bus: SoundBus, socket: PageSocket) -> None:
        self._line = line
        self._bus = bus
        self._socket = socket
        self._to_member = to_member(line.group)
        self._end = LiveEnd(line.epoch, Clock())
        self._words = False
        self._told: wire.VoiceStatus | None = None
        self._first_ms = FIRST_WORD_MS  # of speech until it is a first word
        self._spoken = False  # and that it was heard is written down
        self._unsent: asyncio.Queue[bytes] = asyncio.Queue(UNSENT_FRAMES)

    async def run(self) -> None:
        """Until the page or the line is gone. Raises PageGone."""
        async with self._bus.subscription(to_expert(self._line.group), self._on_member):
            await self._socket.send(wire.VoiceReady(self._line.epoch))
            loops = [
                self._socket.read(self._take, self._deal),
                self._keep(),
                self._tell_status(),
                self._send_unsent(),
            ]
            tasks = [asyncio.create_task(loop) for loop in loops]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await cancel(tasks)
        for task in done:
            task.result()

    # --- the expert's sound ---------------------------------------------------------------------

    def _take(self, frame: str | bytes) -> bool:
        if isinstance(frame, str):
            return False
        self._speak(frame)
        return True

    async def _deal(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._speak(frame)
        else:
            await self._answer(frame)

    def _speak(self, frame: bytes) -> None:
        if frame and not len(frame) % 2 and len(frame) <= limits.MIC_FRAME_MAX_BYTES:
            self._bus.publish(self._to_member, self._end.send(frame))
            if self._first_ms > 0 and pcm.rms(pcm.from_bytes(frame)) > limits.BARGE_IN_LOUD:
                self._first_ms -= len(frame) // limits.BYTES_PER_MS

    async def _answer(self, text: str) -> None:
        try:
            wire.read_from_voice(text)
        except ValueError:
            return  # none of ours
        await self._socket.send(wire.Pong())

    # --- the member's sound ---------------------------------------------------------------------

    def _on_member(self, frame: bytes) -> None:
        sound = self._end.receive(frame)
        if sound is None:
            return
        self._words = sound.words
        if not sound.pcm:
            return
        data = wire.audio_header(self._line.epoch, 0, wire.LIVE) + sound.pcm
        if self._unsent.empty() and self._socket.send_audio_now(data):
            return
        if self._unsent.full():
            self._unsent.get_nowait()  # the oldest
        self._unsent.put_nowait(data)

    async def _send_unsent(self) -> NoReturn:
        while True:
            await self._socket.send_audio(await self._unsent.get())

    # --- the line ---------------------------------------------------------------------------------

    async def _keep(self) -> None:
        """Until the line is this socket's no longer."""
        kept = True
        while kept:
            await asyncio.sleep(KEEP_S)
            try:
                async with asyncio.timeout(KEPT_WITHIN_S):
                    kept = await writing.run(actions.keep_line, self._line)
            except TimeoutError:  # the page comes back, and the line is asked for anew
                await self._socket.close(wire.VoiceClose.FAILED)
                return
        taken = await reading.run(actions.taken_over, self._line)
        close = wire.VoiceClose.TAKEN if taken else wire.VoiceClose.NOT_SPEAKING
        await self._socket.close(close)

    async def _tell_status(self) -> NoReturn:
        while True:
            status = wire.VoiceStatus(self._end.heard, self._end.arrives, self._words)
            if status != self._told:
                self._told = status
                await self._socket.send(status)
            if status.heard and self._first_ms <= 0 and not self._spoken:
                self._spoken = True
                await writing.run(actions.voice_heard, self._line)
            await asyncio.sleep(limits.LIVE_STATUS_S)
