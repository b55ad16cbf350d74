"""Reads what the member's page sends, and passes it on to the conversation."""

from typing import NoReturn

from coach import wire
from coach.page_socket import PageSocket
from coach.talk.live.host import TalkHost
from coach.voice import limits
from coach.voice.inputs import Interrupt, MicrophoneMuted, PlaybackProgress, TalkMode, TextTyped
from coach.voice.relay import Relay

HEARD = '{"type":"heard",'  # how our page begins this report; one written otherwise takes the loop
BAD_MESSAGES = 20  # so many are answered; the last one closes the socket


class PageReader:
    """The reading side of one connection.

    While nothing waits anywhere, sound and reports of what was heard are passed on in the very call
    in which they come. All else goes through the loop of `run`, which waits for what it causes.
    """

    def __init__(self, socket: PageSocket, relay: Relay, host: TalkHost) -> None:
        self._socket = socket
        self._relay = relay
        self._host = host
        self._bad_messages = 0

    async def run(self) -> NoReturn:
        """Until the page is gone: raises PageGone."""
        await self._socket.read(self._take, self._deal)

    def _take(self, frame: str | bytes) -> bool:
        if isinstance(frame, bytes):
            self._relay.page_audio(frame)
            return True
        return frame.startswith(HEARD) and self._relay.ready and self._take_heard(frame)

    async def _deal(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._relay.page_audio(frame)
        else:
            await self._read(frame)

    def _take_heard(self, text: str) -> bool:
        try:
            message = wire.read_from_page(text)
        except ValueError:
            return False
        if not isinstance(message, wire.HeardAudio):
            return False
        if message.item == limits.LIVE_INDEX:
            self._relay.page_plays_person()
        else:
            self._relay.take(PlaybackProgress(message.generation, message.item, int(message.ms)))
        return True

    async def _read(self, text: str) -> None:
        relay = self._relay
        try:
            message = wire.read_from_page(text)
        except ValueError:
            await self._refuse()
            return
        match message:
            case wire.HeardAudio(item=limits.LIVE_INDEX):
                relay.page_plays_person()
            case wire.HeardAudio(generation=generation, item=item, ms=ms):
                await relay.dispatch(PlaybackProgress(generation, item, int(ms)))
            case wire.Text(id=id, text=typed):
                await relay.dispatch(TextTyped(id, typed))
            case wire.InterruptCoach():
                await relay.dispatch(Interrupt())
            case wire.Mute(on=on):
                await relay.dispatch(MicrophoneMuted(on))
            case wire.TalkModeChosen(push=push):
                await relay.dispatch(TalkMode(push))
            case wire.ButtonHeld(down=down):
                await relay.button_held(down)
            case wire.Ping():
                await self._socket.send(wire.Pong())
            case wire.End():
                await self._host.end()
                self._host.nudge()
            case wire.Hello():
                await self._refuse()

    async def _refuse(self) -> None:
        self._bad_messages += 1
        words = self._host.error_message("bad_message")
        if self._bad_messages >= BAD_MESSAGES:
            await self._socket.give_up("bad_message", words, wire.PageClose.BAD_MESSAGES)
        await self._socket.send(wire.Error("bad_message", words, fatal=False))
