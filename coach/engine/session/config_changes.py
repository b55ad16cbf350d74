"""What of a configuration may not change in the middle of a session."""

from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Config, SessionConfig


def check_change(old: Config, new: Config, *, has_spoken: bool, responding: bool) -> None:
    """Raises BadRequest. `has_spoken`: audio was sent; `responding`: a response is under way."""
    if not isinstance(old, SessionConfig) or not isinstance(new, SessionConfig):
        return
    if new.model != old.model:
        message = "The model of a session cannot change."
        raise BadRequest("invalid_value", message, "session.model")
    before, after = old.audio.output, new.audio.output
    if has_spoken and after.voice != before.voice:
        message = "The voice cannot change once the session has spoken."
        raise BadRequest("cannot_update_voice", message, "session.audio.output.voice")
    if responding and after.speed != before.speed:
        message = "The speed can change between responses only."
        raise BadRequest("invalid_value", message, "session.audio.output.speed")
    if old.tracing is not None and new.tracing != old.tracing:
        message = "Tracing cannot change once it is on."
        raise BadRequest("invalid_value", message, "session.tracing")
