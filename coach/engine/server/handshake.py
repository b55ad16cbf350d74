"""What a client asks for when it connects: the interface, its key, and a configuration."""

from urllib.parse import parse_qs

import msgspec
from starlette.requests import HTTPConnection

from coach.engine import limits
from coach.engine.errors import EngineError
from coach.engine.protocol.config import Config, SessionConfig, TranscriptionConfig

SUBPROTOCOL = "realtime"
KEY_SUBPROTOCOL = "openai-insecure-api-key."
_BETA_HEADER = "realtime=v1"
_BETA_SUBPROTOCOL = "openai-beta.realtime-v1"  # browsers cannot set a header
_NO_MODEL = "Give ?model=… or ?intent=transcription."


class Refused(EngineError):
    """A connection that gets no session: one error event, then this close code."""

    kind = "invalid_request_error"

    def __init__(self, code: str, message: str, close: int = limits.CLOSE_REFUSED) -> None:
        super().__init__(code, message)
        self.close = close


def key_of(connection: HTTPConnection) -> str:
    """The key, from the header or, as browsers must, from a subprotocol; "" for none."""
    scheme, _, key = connection.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return key.strip()
    for offered in offered_subprotocols(connection):
        if offered.startswith(KEY_SUBPROTOCOL):
            return offered.removeprefix(KEY_SUBPROTOCOL)
    return ""


def offered_subprotocols(connection: HTTPConnection) -> list[str]:
    """The subprotocols that the client offers."""
    lines = connection.headers.getlist("Sec-WebSocket-Protocol")
    return [offered.strip() for line in lines for offered in line.split(",")]


def check_interface(connection: HTTPConnection) -> None:
    """Raises Refused for a client of the beta, whose events are others."""
    by_header = _BETA_HEADER in connection.headers.get("OpenAI-Beta", "")
    if by_header or _BETA_SUBPROTOCOL in offered_subprotocols(connection):
        message = "The Realtime Beta API is no longer supported. Use the GA API."
        raise Refused("beta_api_shape_disabled", message)


def requested_config(connection: HTTPConnection, of_secret: Config | None) -> Config:
    """The configuration of a client secret, if one is the key, and of the query. Raises Refused."""
    asked = _queried(connection)
    kept = asked if of_secret is None else of_secret
    model = asked.model if isinstance(asked, SessionConfig) else ""
    if isinstance(kept, TranscriptionConfig):
        if model:
            raise Refused("invalid_model", "This key opens transcription sessions, without ?model.")
        return kept
    if isinstance(asked, TranscriptionConfig) or (model and kept.model not in ("", model)):
        raise Refused("invalid_model", "This key opens sessions with another model.")
    if not (kept.model or model):
        raise Refused("invalid_model", _NO_MODEL)
    return msgspec.structs.replace(kept, model=kept.model or model)


def _queried(connection: HTTPConnection) -> Config:
    """What the query asks for; the model may be "" here. Raises Refused."""
    query = parse_qs(connection.url.query)
    if "call_id" in query:
        message = "There are no WebRTC or SIP calls here; connect with ?model=…"
        raise Refused("unsupported_parameter", message)
    intent = query.get("intent", [""])[0]
    if intent == "transcription":
        return TranscriptionConfig(type="transcription")
    model = query.get("model", [""])[0]
    if intent or len(model) > limits.MODEL_CHARS:
        raise Refused("invalid_model", _NO_MODEL)
    return SessionConfig(type="realtime", model=model)
