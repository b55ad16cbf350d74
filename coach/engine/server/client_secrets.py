"""Keys for browsers: each opens sessions that begin with one configuration, until it expires."""

import secrets
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from coach.engine import limits
from coach.engine.errors import BadRequest, from_validation
from coach.engine.protocol.config import Closed, Config, SessionConfig, TranscriptionConfig
from coach.engine.protocol.config_update import session_object, updated
from coach.engine.session.output import random_suffix


class ExpiresAfter(Closed, frozen=True, kw_only=True):
    """How long a key opens sessions; a session it opened outlives it."""

    anchor: Literal["created_at"] = "created_at"
    seconds: Annotated[int, Meta(ge=limits.SECRET_SECONDS_MIN, le=limits.SECRET_SECONDS_MAX)] = (
        limits.SECRET_SECONDS
    )


class Request(Closed, frozen=True, kw_only=True):
    """The body of a request for a key."""

    expires_after: ExpiresAfter | None = None
    session: dict[str, Any] = {}


@dataclass(frozen=True)
class Secret:
    """A key's configuration and the calendar time, in seconds, at which it opens nothing more."""

    config: Config
    expires_at: int


class ClientSecrets:
    """The keys of one process. They are lost with it, as its sessions are.

    A key that any engine could verify would have to carry its configuration, and instructions and
    tools of the size that the API allows fit in no header.
    """

    def __init__(self) -> None:
        self._known: dict[str, Secret] = {}

    def issue(self, body: dict[str, Any], unix_time: float) -> dict[str, Any]:
        """A new key as the API answers it. Raises BadRequest."""
        try:
            request = msgspec.convert(body, Request)
        except msgspec.ValidationError as error:
            raise from_validation(error) from error
        config = _config(request.session)
        self._forget_expired(unix_time)
        if len(self._known) >= limits.SECRETS:
            raise BadRequest("rate_limit_exceeded", "There are too many client secrets for now.")
        seconds = (request.expires_after or ExpiresAfter()).seconds
        value = f"ek_{secrets.token_hex(16)}"
        secret = Secret(config, int(unix_time) + seconds)
        self._known[value] = secret
        session = session_object(config, f"sess_{random_suffix()}", 0)
        return {"value": value, "expires_at": secret.expires_at, "session": session}

    def find(self, value: str, unix_time: float) -> Secret | None:
        """What a key opens, if anything."""
        found = self._known.get(value)
        return found if found is not None and unix_time < found.expires_at else None

    def _forget_expired(self, unix_time: float) -> None:
        for value in [one for one, of in self._known.items() if unix_time >= of.expires_at]:
            del self._known[value]


def _config(session: dict[str, Any]) -> Config:
    """The model may be left to the connection, and is "" then."""
    if session.get("type") == "transcription":
        return updated(TranscriptionConfig(type="transcription"), session)
    model = session.get("model") or ""
    if not isinstance(model, str) or len(model) > limits.MODEL_CHARS:
        raise BadRequest("invalid_value", "This is no name of a model.", "session.model")
    return updated(SessionConfig(type="realtime", model=model), {"type": "realtime", **session})
