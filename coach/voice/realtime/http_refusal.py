"""An engine that answers the handshake with an HTTP status."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Protocol

from coach.voice.clock import Clock
from coach.voice.realtime.errors import EngineError

# Each says itself that the same request may be taken later.
_LATER = frozenset({408, 409, 423, 425, 429})


class HttpAnswer(Protocol):
    """The part of a handshake's answer that is read."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def refused(answer: HttpAnswer | None) -> EngineError:
    """The error of a handshake that was not accepted."""
    status = int(answer.status) if answer else 0
    later = status in _LATER or status >= 500
    asked = answer.headers.get("Retry-After", "") if answer else ""
    return EngineError("refused", f"http_{status}", later, retry_after_s(asked, Clock().wall()))


def retry_after_s(value: str, now: float) -> float:
    """Seconds until the time that a `Retry-After` names, as a number or a date; else 0.

    `now` is in seconds since 1970.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the latter: a year without an end
        return 0.0
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now)
