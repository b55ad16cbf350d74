"""What goes to the page, in the order in which it was decided."""

from coach import wire
from coach.voice import limits
from coach.voice.clock import Clock
from coach.voice.effects import (
    ClearPlayback,
    DropCaption,
    PageEffect,
    Play,
    ShowCaption,
    ShowError,
    ShowFloor,
    ShownEffect,
    ShowState,
)
from coach.voice.interfaces import Host, Page
from coach.voice.ordered_sender import OrderedSender

_FRAME_BYTES = limits.PAGE_FRAME_MAX_MS * limits.BYTES_PER_MS


class PageOutput(OrderedSender[bytes | wire.ToPage]):
    """Sends effects to the page. A page that stops taking them is an OverflowError."""

    def __init__(self, page: Page, host: Host) -> None:
        super().__init__(self._put, limits.PAGE_QUEUE_FRAMES, self._put_now)
        self._page = page
        self._host = host

    def show(self, effect: PageEffect) -> None:
        """Queue what the page is sent for this. Raises OverflowError."""
        if not isinstance(effect, Play):
            self.add(self._message(effect))
            return
        header, pcm = _header(effect), effect.pcm
        if len(pcm) <= _FRAME_BYTES:
            self.add(header + pcm)
            return
        for start in range(0, len(pcm), _FRAME_BYTES):
            self.add(header + pcm[start : start + _FRAME_BYTES])

    def play_now(self, play: Play) -> bool:
        """Send sound at once. False: it is for `show`, behind what waits or in several frames."""
        pcm = play.pcm
        if not self.idle or len(pcm) > _FRAME_BYTES:
            return False
        return self._page.send_audio_now(_header(play) + pcm)

    async def watch(self, clock: Clock) -> None:
        """Run for ever. Raises OverflowError when one send has taken `PAGE_STUCK_S`."""
        while True:
            before = self.in_flight
            await clock.sleep(limits.PAGE_STUCK_S)
            if before >= 0 and before == self.in_flight:
                raise OverflowError("the page does not take what is sent")

    def _put_now(self, item: bytes | wire.ToPage) -> bool:
        page = self._page
        return page.send_audio_now(item) if isinstance(item, bytes) else page.send_now(item)

    async def _put(self, item: bytes | wire.ToPage) -> None:
        if isinstance(item, bytes):
            await self._page.send_audio(item)
        else:
            await self._page.send(item)

    def _message(self, effect: ShownEffect) -> wire.ToPage:
        match effect:
            case ShowState(state=state):
                return wire.StateChanged(state)
            case ShowCaption(speaker=speaker, item_id=item, text=text):
                return wire.Caption(speaker, item, text)
            case DropCaption(item_id=item):
                return wire.CaptionDropped(item)
            case ClearPlayback(generation=generation):
                return wire.ClearPlayback(generation)
            case ShowFloor(floor=floor, epoch=epoch, name=name, voice=voice):
                return wire.FloorState(floor, epoch, name, voice)
            case ShowError(code=code, fatal=fatal):
                self._host.error_shown(code)
                return wire.Error(code, self._host.error_message(code), fatal)


def _header(play: Play) -> bytes:
    return wire.audio_header(play.generation, play.index, wire.LIVE if play.live else 0)
