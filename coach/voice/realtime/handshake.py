"""The opening of an engine's session: it is created, and takes its settings."""

import asyncio
from collections import deque

import structlog

from coach.voice import limits
from coach.voice.engine_events import EngineFault
from coach.voice.realtime import wire
from coach.voice.realtime.applied_settings import AppliedSettings
from coach.voice.realtime.errors import FATAL_CODES, EngineError
from coach.voice.realtime.quirks import ServerQuirks, is_transient, omit_more
from coach.voice.realtime.settings import EngineSettings, session_update
from coach.voice.realtime.transport import Transport

log = structlog.get_logger(__name__)


class MalformedFrames:
    """Counts the frames that cannot be read, and logs some of them."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, error: wire.Malformed) -> None:
        """Count one. A stream of them must not fill the log."""
        self.count += 1
        if self.count in (1, 10, 100, 1000):
            log.warning("engine_event_malformed", error=str(error), times=self.count)


class Handshake:
    """Waits for `session.created` and `session.updated`; everything raises EngineError.

    `early` holds the last frames of other events that came meanwhile, `session` what is known of
    it.
    """

    def __init__(
        self,
        transport: Transport,
        quirks: ServerQuirks,
        applied: AppliedSettings,
        malformed: MalformedFrames,
    ) -> None:
        self._transport = transport
        self._quirks = quirks
        self._applied = applied
        self._malformed = malformed
        self.early: deque[bytes] = deque(maxlen=limits.ENGINE_QUEUE_MESSAGES)
        self.session = wire.SessionInfo()

    async def open(self) -> None:
        """Wait for the session."""
        answer = await self.answer("session.created", limits.CONNECT_S)
        if isinstance(answer, EngineFault):
            raise EngineError(answer.message, answer.code, answer.code not in FATAL_CODES)
        if answer is None and not self.early:
            raise EngineError("no session", "timeout", True)
        self.session = wire.parse_session(answer or {})

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force.

        A server that does not know one of them refuses all: they are sent again without that one,
        and it is remembered. A server that never confirms is taken to have applied them.
        """
        self._applied.settings = settings
        omitted, refusal = self._quirks.omitted, EngineFault("error", "")
        for attempt in range(limits.CONFIGURE_TRIES):
            event_id = f"configure-{attempt}" if attempt else "configure"
            await self._transport.send(session_update(settings, event_id, omitted))
            answer = await self.answer("session.updated", self._quirks.confirm_timeout_s)
            if not isinstance(answer, EngineFault):
                self._quirks.omitted = omitted  # only what has helped is remembered
                self._on_configured(answer)
                return
            refusal, more = answer, omit_more(omitted, answer)
            if more is None:
                break
            omitted = more
        await self._confirm_despite(refusal)

    async def _confirm_despite(self, refusal: EngineFault) -> None:
        """Some servers refuse one field and still apply the rest."""
        if refusal.code not in FATAL_CODES:
            answer = await self.answer("session.updated", limits.CONFIGURE_REFUSED_S)
            if answer is not None and not isinstance(answer, EngineFault):
                self._on_configured(answer)
                return
        raise EngineError(refusal.message, refusal.code, is_transient(refusal))

    def _on_configured(self, answer: wire.Json | None) -> None:
        self._quirks.unconfirmed = answer is None
        if answer is None:
            log.info("engine_settings_unconfirmed", omitted=sorted(self._quirks.omitted))
            return
        updated = wire.parse_session(answer)
        self.session = wire.SessionInfo(
            updated.id or self.session.id,
            updated.model or self.session.model,
            updated.expires_at or self.session.expires_at,
        )
        self._applied.check(answer)

    async def answer(self, name: str, seconds: float) -> wire.Json | EngineFault | None:
        """The event called `name`, or an error; None if neither comes within `seconds`.

        A server that sends other events is alive: it is given `CONFIGURE_ACTIVE_S` more at most.
        What cannot be read is dropped, however much of it comes.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while loop.time() < deadline:
            try:
                data = await self._transport.receive_until(deadline)
            except TimeoutError:
                return None
            try:
                event = wire.parse(data)
            except wire.Malformed as error:
                self._malformed.add(error)
                continue
            deadline = min(deadline, loop.time() + limits.CONFIGURE_ACTIVE_S)
            if event["type"] == name:
                return event
            if event["type"] == "error":
                return wire.parse_fault(event)
            self.early.append(data)
        return None
