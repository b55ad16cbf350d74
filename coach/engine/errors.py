"""What the engine refuses: errors with the code the protocol gives them."""

import re

import msgspec

_AT = re.compile(r" - at (?:`key` in )?`\$?(?P<path>[^`]*)`$")
_ANY_KEY = "[...]"  # how msgspec names a value in a mapping
_NAME = re.compile(r"field `(?P<name>[^`]+)`")
_LONG = re.compile(r"'([^']{32})[^']{4,}'", re.DOTALL)
_LONGEST = 256  # letters of a place, or of a reason, in an error


class EngineError(Exception):
    """A refusal. `code` decides what the client does; `param` names the field at fault."""

    kind = "server_error"

    def __init__(self, code: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.param = param


class BadRequest(EngineError):
    """The client asked for something that cannot be done. The session goes on."""

    kind = "invalid_request_error"


def from_validation(error: msgspec.ValidationError, root: str = "") -> BadRequest:
    """Turns a schema error into a refusal that names the field, as `session.audio.input`."""
    text = _LONG.sub(r"'\1…'", str(error))  # the client need not be told all it sent
    at = _AT.search(text)
    path = root + (at["path"].removesuffix(_ANY_KEY) if at else "")
    reason = _AT.sub("", text)
    name = _NAME.search(reason)
    if "unknown field" in reason and name:
        param = _join(path, name["name"])
        return BadRequest("unknown_parameter", f"Unknown parameter: '{param}'.", param)
    if "missing required field" in reason and name:
        param = _join(path, name["name"])
        message = f"Missing required parameter: '{param}'."
        return BadRequest("missing_required_parameter", message, param)
    param = path.strip(".")
    message = f"Invalid value for '{param}': {reason[:_LONGEST]}."
    return BadRequest("invalid_value", message, param or None)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}".strip(".")[:_LONGEST]
