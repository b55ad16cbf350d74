"""When a connection is to be changed: an engine ends every session after a while, and says when."""

import msgspec

from coach.voice import limits
from coach.voice.clock import Clock
from coach.voice.interfaces import Engine, EngineUser


class Connection(msgspec.Struct, frozen=True):
    """An open engine. Times in the clock's seconds: when it was opened, when its successor is to be
    opened at an idle moment, and when at the latest."""

    engine: Engine
    opened_at: float
    rotate_after: float
    rotate_by: float

    @classmethod
    def open(cls, engine: Engine, clock: Clock) -> "Connection":
        """A connection that begins now."""
        now, left_s = clock.now(), _session_left_s(engine, clock)
        after_s = min(limits.ROTATE_AFTER_S, left_s * limits.ROTATE_AFTER_SHARE)
        latest_s = min(limits.ROTATE_LATEST_S, left_s * limits.ROTATE_LATEST_SHARE)
        return cls(engine, now, now + after_s, now + latest_s)


async def wait_until_idle(user: EngineUser, clock: Clock, deadline: float) -> None:
    """Return when nothing has been under way for `ROTATE_IDLE_S`, or at `deadline`."""
    idle_since = clock.now()
    while clock.now() < deadline:
        if not user.idle:
            idle_since = clock.now()
        elif clock.now() - idle_since >= limits.ROTATE_IDLE_S:
            return
        await clock.sleep(limits.TICK_S)


def _session_left_s(engine: Engine, clock: Clock) -> float:
    """How many seconds the engine grants; those of the longest session if it does not say."""
    if engine.expires_at is None:
        return limits.SESSION_MAX_S
    left_s = engine.expires_at - clock.wall()
    return left_s if left_s >= limits.SESSION_MIN_S else limits.SESSION_MAX_S
