"""A meeting while a page is connected to it: the loops between page, rows and interpreter.

The first loop to end ends the connection. Where each person has a device of their own, both have a
socket, and each interprets what its own person says; the other's page hears it over the sound bus.
"""

import asyncio
from typing import NoReturn

from django.urls import reverse

from coach import wire
from coach.database import writing
from coach.interpreter import limits
from coach.interpreter.actions import end_meeting
from coach.interpreter.direction import Steer
from coach.interpreter.live.making import plan_of
from coach.interpreter.live.output import Output, channel
from coach.interpreter.live.page import MeetingPage
from coach.interpreter.live.party import Party, Standing, parties
from coach.interpreter.live.service import Service
from coach.interpreter.words import words_for
from coach.page_socket import PageSocket
from coach.sound_bus import SoundBus
from coach.voice import limits as voice_limits
from coach.voice.cancel import cancel, finish
from coach.voice.clock import Clock
from coach.voice.limits import BYTES_PER_MS
from coach.voice.realtime import EngineError
from coach.wire.vocabulary import InterpreterStage

LEFT_S = 5.0  # a person whose page loads again is not gone
Close = wire.InterpreterClose


class LiveMeeting:
    """One connection of one person. `run` it once."""

    def __init__(self, party: Party, socket: PageSocket, since: int) -> None:
        self._party = party
        self._socket = socket
        self._clock = Clock()
        self._bus = SoundBus.here() if party.meeting.by_links else None
        self._page = MeetingPage(party, socket, since)
        self._output = Output(party, self._page, self._bus)
        self._service = Service(
            party, self._output.put_out, self._show_place, lambda: self._wanted, self._clock
        )
        self._steer = Steer()
        self._bad_messages = 0
        self._heard_until_ms = float("-inf")  # as much sound as came, laid end to end
        self._told: tuple[wire.ToInterpreter, ...] = ()
        self._here_at = float("-inf")  # when the other person was seen last

    async def run(self) -> None:
        """Until the page, the meeting or the engine is gone. May raise PageGone."""
        if self._bus is None:
            if self._party.meeting.by_links:
                await self._give_up("no_bus", Close.FAILED)
            await self._serve()
            return
        mine = channel(self._party, self._party.side)
        async with self._bus.subscription(mine, self._on_passed):
            await self._serve()

    async def _serve(self) -> None:
        plan = await plan_of(self._party)
        parties.add(self._party)
        loops = (self._read(), self._follow(), self._service.run(plan), self._output.run())
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            parties.discard(self._party)
            await cancel(tasks)
            await finish(self._output.write_last())
        for task in done:
            try:
                task.result()
            except EngineError as error:  # none can be reached any more
                await self._give_up(error.code, Close.FAILED)

    # --- the page -------------------------------------------------------------------------------

    async def _read(self) -> NoReturn:
        await self._socket.read(self._take, self._deal)

    def _take(self, frame: str | bytes) -> bool:
        if isinstance(frame, str):
            return False
        self._hear(frame)
        return True

    async def _deal(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._hear(frame)
            return
        try:
            message = wire.read_from_interpreter(frame)
        except ValueError:
            self._bad_messages += 1
            if self._bad_messages >= limits.BAD_MESSAGES:
                await self._give_up("bad_message", Close.BAD_MESSAGES)
            return
        steer = self._steer
        match message:
            case wire.Ping():
                await self._page.show(wire.Pong())
            case wire.DirectionChosen(lock=lock, by_button=by_button):
                self._turn(Steer(None if lock == "auto" else lock, by_button))
            case wire.SpeakerHeld(side=held):
                self._turn(Steer(steer.lock, steer.by_button, held or None))

    def _hear(self, frame: bytes) -> None:
        if not frame or len(frame) % 2 or len(frame) > voice_limits.MIC_FRAME_MAX_BYTES:
            return
        if self._in_time(len(frame) // BYTES_PER_MS):
            self._service.hear(frame)

    def _in_time(self, ms: int) -> bool:
        """A microphone gives no more sound than time passes, and the member pays by its length."""
        now_ms = self._clock.now() * 1000
        heard_until = max(self._heard_until_ms, now_ms) + ms
        if heard_until - now_ms > limits.AHEAD_MS:
            return False
        self._heard_until_ms = heard_until
        return True

    def _turn(self, steer: Steer) -> None:
        self._steer = steer
        self._service.steer(steer)

    def _on_passed(self, frame: bytes) -> None:
        """What the other person's process has for this page."""
        passed = wire.read_passed(frame)
        if passed is not None:
            self._output.pass_on(passed)

    async def _show_place(self, position: int) -> None:
        await self._page.show(wire.WaitingPlace(position))

    # --- how the meeting stands -----------------------------------------------------------------

    async def _follow(self) -> None:
        """Tell the page what changes, until this socket may go on no longer."""
        while True:
            standing = self._party.standing
            if not standing.allowed:
                await self._give_up("shown_out", Close.SHOWN_OUT)
            if not standing.mine:
                await self._give_up("taken_elsewhere", Close.TAKEN)
            if self._service.stopped:
                await self._stop(self._service.stopped)
                return
            if self._service.idle:
                await self._give_up("idle", Close.IDLE)
            if standing.ended:
                await self._end()
                return
            await self._tell(standing)
            await asyncio.sleep(voice_limits.TICK_S)

    async def _tell(self, standing: Standing) -> None:
        if standing.other:
            self._here_at = self._clock.now()
        told: list[wire.ToInterpreter] = [wire.InterpreterReady(*standing.languages)]
        if self._party.meeting.by_links:
            name, joined = standing.other_name, standing.joined
            told.append(wire.OtherPerson(standing.other, name, joined))
        told.append(wire.InterpreterStageChanged(self._stage))
        for message in told:
            if message not in self._told:
                await self._page.show(message)
        self._told = tuple(told)
        if self._page.lacks(standing.last_seq):
            await self._page.show_lines()

    @property
    def _stage(self) -> InterpreterStage:
        if not self._wanted:
            return "alone"
        if self._service.ready:
            return "interpreting"
        return "reconnecting" if self._service.was_ready else "connecting"

    @property
    def _wanted(self) -> bool:
        """There is somebody to interpret for: alone, nothing is sent and nothing costs."""
        if not self._party.meeting.by_links:
            return True
        return self._party.standing.other or self._clock.now() - self._here_at < LEFT_S

    # --- the end --------------------------------------------------------------------------------

    async def _end(self) -> None:
        """The meeting is over: the last words first."""
        await self._service.finish()
        await self._page.flush()
        await self._output.write()
        url = reverse("interpreter:meeting", args=[self._party.meeting.pk])
        if self._party.invitation is not None:
            url = reverse("interpreter:left")
        await self._socket.close(Close.ENDED, wire.Ended(url))

    async def _stop(self, words: str) -> None:
        """The day's budget is used up. A guest is told that it is over, and nothing of money."""
        await self._service.finish()
        await self._output.write()
        await writing.run(end_meeting, self._party.meeting)
        if self._party.invitation is not None:
            await self._end()
            return
        await self._page.flush()
        await self._socket.give_up("budget", words, Close.STOPPED)

    async def _give_up(self, code: str, reason: wire.InterpreterClose) -> NoReturn:
        await self._page.flush()
        await self._socket.give_up(code, words_for(code), reason)
