"""What all of a session shares: its identifiers, and the effects that are gathered."""

import secrets
from collections.abc import Callable

from coach.engine.errors import EngineError
from coach.engine.protocol.server_events import Error, ErrorBody, ServerEvent
from coach.engine.session.effects import Effect, SendEvent


def random_suffix() -> str:
    """22 hexadecimal digits."""
    return secrets.token_hex(11)


class OutputEvents:
    """Gathers effects in order; hands out ids and job numbers."""

    def __init__(self, suffix: Callable[[], str] = random_suffix) -> None:
        self._suffix = suffix
        self._effects: list[Effect] = []
        self._jobs = 0

    def new_id(self, kind: str) -> str:
        """An id such as `item_…`."""
        return f"{kind}_{self._suffix()}"

    def new_job(self) -> int:
        """A number for a decode."""
        self._jobs += 1
        return self._jobs

    def do(self, effect: Effect) -> None:
        """Adds an effect."""
        self._effects.append(effect)

    def send(self, event: ServerEvent) -> None:
        """Stamps an event and adds its sending."""
        event.event_id = self.new_id("event")
        self._effects.append(SendEvent(event))

    def refuse(self, error: EngineError, event_id: str | None = None) -> None:
        """Sends an error event."""
        body = ErrorBody(
            type=error.kind,
            code=error.code,
            message=error.message,
            param=error.param,
            event_id=event_id,
        )
        self.send(Error(error=body))

    def drain(self) -> list[Effect]:
        """All effects since the last time."""
        effects, self._effects = self._effects, []
        return effects
