"""How an update changes a session's configuration, and how events show it."""

from typing import Any

import msgspec

from coach.engine import limits
from coach.engine.errors import BadRequest, from_validation
from coach.engine.protocol.config import Config, SessionConfig

_NO_MCP = "MCP is not supported by this engine; use function tools."

# Settings that may be empty: null clears them. Elsewhere null says nothing, as absence does.
_CLEARED_BY_NULL = {
    *("turn_detection", "noise_reduction", "transcription", "tracing", "include", "reasoning"),
    *("idle_timeout_ms", "language", "languages", "prompt", "keywords", "delay"),
}
_MERGED = {"audio", "input", "output", "noise_reduction", "transcription", "turn_detection"}
_CLIENTS_OWN = {"parameters", "metadata"}  # what is in them is not for us to change
_NULLS_DEPTH = 4  # levels, from a response down to the format it sounds in


def updated(config: Config, patch: object) -> Config:
    """The configuration after a `session.update` with this `session` object.

    Absent fields stay. Raises BadRequest, and then nothing may be applied.
    """
    if not isinstance(patch, dict):
        raise BadRequest("invalid_type", "Expected an object.", "session")
    if "type" not in patch:
        message = "Missing required parameter: 'session.type'."
        raise BadRequest("missing_required_parameter", message, "session.type")
    if patch["type"] != config.type:
        message = f"This session's type is '{config.type}' and cannot change."
        raise BadRequest("invalid_value", message, "session.type")
    if patch.get("prompt") is not None:
        message = "Stored prompts are not supported; send 'instructions'."
        raise BadRequest("unsupported_parameter", message, "session.prompt")
    refuse_foreign_tools(patch.get("tools"), patch.get("tool_choice"), "session")
    refuse_logprobs(patch.get("include"))
    if nesting(patch.get("tracing")) > limits.JSON_DEPTH:
        raise BadRequest("invalid_value", "This is nested too deeply.", "session.tracing")
    whole = msgspec.to_builtins(config)
    _merge(whole, {key: value for key, value in patch.items() if key != "prompt"}, "session")
    try:
        return msgspec.convert(whole, type(config))
    except msgspec.ValidationError as error:
        raise from_validation(error, "session") from error


def session_object(config: Config, session_id: str, expires_at: int) -> dict[str, object]:
    """A session as events and answers show it: the full effective configuration."""
    kind = "session" if isinstance(config, SessionConfig) else "transcription_session"
    settings: dict[str, Any] = msgspec.to_builtins(config)
    asked = settings["audio"]["input"]["transcription"]
    if asked is not None:  # clients older than these fields do not take them, not even empty
        for name in ("languages", "keywords", "delay"):
            if asked[name] is None:
                del asked[name]
    return {
        "id": session_id,
        "object": f"realtime.{kind}",
        "expires_at": expires_at,
        **settings,
    }


def refuse_foreign_tools(tools: object, choice: object, where: str) -> None:
    """Says clearly that only functions are served, and holds each tool to its size."""
    if isinstance(choice, dict) and choice.get("type") == "mcp":
        raise BadRequest("unsupported_parameter", _NO_MCP, f"{where}.tool_choice")
    if not isinstance(tools, list):
        return
    for index, tool in enumerate(tools):
        param = f"{where}.tools[{index}]"
        if isinstance(tool, dict) and tool.get("type") == "mcp":
            raise BadRequest("unsupported_parameter", _NO_MCP, param)
        if nesting(tool) > limits.JSON_DEPTH:
            raise BadRequest("invalid_value", "A tool is nested too deeply.", param)
        if len(msgspec.json.encode(tool)) > limits.TOOL_BYTES:
            message = f"A tool may be at most {limits.TOOL_BYTES} bytes."
            raise BadRequest("invalid_value", message, param)


def refuse_logprobs(include: object) -> None:
    """The recogniser has no probabilities to give, and silence about it would be a lie."""
    if isinstance(include, list) and "item.input_audio_transcription.logprobs" in include:
        message = "This engine gives no log probabilities."
        raise BadRequest("unsupported_parameter", message, "session.include")


def without_nulls(value: Any, depth: int = _NULLS_DEPTH) -> Any:
    """The same without what is null: to most optional fields it says no more than absence, and
    clients that write out all fields of an object send it."""
    if isinstance(value, list) and depth:
        return [without_nulls(one, depth - 1) for one in value]
    if not isinstance(value, dict) or not depth:
        return value
    return {
        key: one if key in _CLIENTS_OWN else without_nulls(one, depth - 1)
        for key, one in value.items()
        if one is not None
    }


def nesting(value: object) -> int:
    """How deep lists and objects lie in each other. Does not recurse: it is asked of anything."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [
            inner for one in level for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _merge(into: dict[str, Any], patch: dict[str, Any], where: str) -> None:
    """Lays the patch over the tree. A new `type` starts from its own defaults."""
    for key, value in patch.items():
        if value is None:
            if key in _CLEARED_BY_NULL:
                into[key] = None
            elif key not in into:
                param = f"{where}.{key[:64]}"
                raise BadRequest("unknown_parameter", f"Unknown parameter: '{param}'.", param)
            continue
        old = into.get(key)
        if key in _MERGED and isinstance(value, dict):
            kind = old.get("type") if isinstance(old, dict) else None
            if isinstance(old, dict) and value.get("type", kind) == kind:
                _merge(old, value, f"{where}.{key}")
            else:
                into[key] = without_nulls(value)
            continue
        into[key] = without_nulls(value)
