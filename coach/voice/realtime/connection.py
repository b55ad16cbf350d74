"""What every connection to an engine does, whatever is spoken over it."""

from collections.abc import AsyncIterator, Callable

from coach.voice.engine_events import EngineEvent
from coach.voice.realtime.applied_settings import AppliedSettings
from coach.voice.realtime.handshake import Handshake, MalformedFrames
from coach.voice.realtime.quirks import ServerQuirks
from coach.voice.realtime.transport import Socket, Transport


class Connection:
    """One session over one socket. Not reusable: after a loss, connect anew.

    A subclass says by `_read` which events a frame is.
    """

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        self._transport = Transport(socket, quirks)
        self._quirks = quirks
        self._applied = AppliedSettings(quirks)
        self._malformed = MalformedFrames()
        self._handshake = Handshake(self._transport, quirks, self._applied, self._malformed)

    @property
    def expires_at(self) -> float | None:
        """When the engine will end the session, in seconds since 1970, if it has said so."""
        return self._handshake.session.expires_at

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        return self._transport.congested

    @property
    def silent_s(self) -> float:
        """For how many seconds nothing at all has come, not even an answer to a ping."""
        return self._transport.silent_s

    async def open(self) -> None:
        """Wait for the session. Raises EngineError."""
        await self._handshake.open()

    async def drain(self) -> None:
        """Wait while too much is on its way."""
        await self._transport.drain()

    def offer_to(self, take: Callable[[EngineEvent], None], is_ready: Callable[[], bool]) -> None:
        """Give events to `take` in the call in which they come, if `is_ready` says that it may."""

        def take_frame(data: bytes) -> bool:
            if not is_ready():
                return False
            for event in self._read(data):
                take(event)
            return True

        self._transport.frames.offer_to(take_frame)

    async def events(self) -> AsyncIterator[EngineEvent]:
        """The engine's events until the connection ends. Raises EngineError when it does."""
        early = self._handshake.early
        while True:
            data = early.popleft() if early else await self._transport.receive()
            for event in self._read(data):
                yield event

    def abort(self) -> None:
        """Drop the connection at once."""
        self._transport.abort()

    async def close(self) -> None:
        """Close the connection."""
        await self._transport.close()

    def _read(self, data: bytes) -> tuple[EngineEvent, ...]:
        raise NotImplementedError
