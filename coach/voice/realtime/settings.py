"""The settings of a session, and the `session.update` that carries them.

Built from a whitelist: engines refuse a whole update for one unknown field. The update is the same
byte for byte on every connection of a talk, so that the engine's prompt cache holds. Empty settings
are omitted.
"""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from coach.voice import limits

ToolDefinition = dict[str, Any]  # {"type": "function", "name", "description", "parameters"}

TurnDetection = Literal["server_vad", "semantic_vad", "none"]
NoiseReduction = Literal["", "near_field", "far_field"]

# Settings that a server may not know; a talk works without them.
OPTIONAL = frozenset(
    {
        "reasoning",
        "truncation",
        "audio.input.noise_reduction",
        "audio.input.turn_detection.idle_timeout_ms",
        "audio.input.turn_detection.eagerness",
        "audio.input.turn_detection.type",  # omitted: server_vad, which all have
        "audio.output.speed",
        "audio.output.voice",
    }
)

# Omitted only when nothing else helps: without the last two a server may not transcribe.
LAST_RESORT = OPTIONAL | {"audio.input.transcription.model", "audio.input.transcription.language"}


class EngineSettings(msgspec.Struct, frozen=True):
    """The engine's side of a Brief.

    `speed` 0.25 to 1.5; `language` as in BCP 47; `threshold` 0 to 1; `prefix_ms`, `silence_ms` and
    `idle_timeout_ms` in milliseconds; `retention_ratio` 0 to 1: how much of a full context is kept.
    `turn_detection` "none": the member says when they speak, by holding a button. `answers_itself`:
    it is to answer each utterance without being asked. Empty or None: not sent, the engine's own
    default holds.
    """

    instructions: str
    tools: tuple[ToolDefinition, ...] = ()
    voice: str = ""
    speed: float = 1.0
    language: str = "en"
    output: Literal["audio", "text"] = "audio"
    transcription_model: str = "gpt-transcribe"
    threshold: float = 0.5
    prefix_ms: int = 300
    silence_ms: int = 500
    noise_reduction: NoiseReduction = ""
    reasoning_effort: str = ""
    turn_detection: TurnDetection = "server_vad"
    answers_itself: bool = False
    eagerness: str = ""
    retention_ratio: float | None = None
    idle_timeout_ms: int | None = None


def session_update(
    settings: EngineSettings, event_id: str, omitted: Iterable[str] = frozenset()
) -> bytes:
    """The `session.update` of these settings, as JSON. `omitted`: paths left out."""
    return _update(event_id, session_config(settings, omitted))


def session_config(
    settings: EngineSettings, omitted: Iterable[str] = frozenset()
) -> dict[str, Any]:
    """The session that an engine with these settings is asked for."""
    omitted = frozenset(omitted)
    settings = _with_common_detection(settings, omitted)
    pcm = {"type": "audio/pcm", "rate": 24000}
    output: dict[str, Any] = {"format": pcm, "speed": settings.speed}
    if settings.voice:
        output["voice"] = settings.voice
    session: dict[str, Any] = {
        "type": "realtime",
        "instructions": settings.instructions,
        "output_modalities": [settings.output],
        "tools": list(settings.tools),
        "tool_choice": "auto",
        "audio": {"input": {"format": pcm, **_input_config(settings)}, "output": output},
    }
    if settings.reasoning_effort:
        session["reasoning"] = {"effort": settings.reasoning_effort}
    if settings.retention_ratio is not None:
        session["truncation"] = {
            "type": "retention_ratio",
            "retention_ratio": settings.retention_ratio,
        }
    for path in omitted - {_DETECTION_TYPE}:
        _omit(session, path)
    return session


def turn_detection_update(
    settings: EngineSettings, event_id: str, *, on: bool, omitted: Iterable[str] = ()
) -> bytes:
    """The partial `session.update` that switches turn detection on or off.

    Nothing else is named, so nothing else changes.
    """
    omitted = frozenset(omitted)
    detection = _turn_detection(_with_common_detection(settings, omitted)) if on else None
    session: dict[str, Any] = {
        "type": "realtime",
        "audio": {"input": {"turn_detection": detection}},
    }
    for path in omitted - {_DETECTION_TYPE}:
        _omit(session, path)
    return _update(event_id, session)


def pace_update(
    settings: EngineSettings, event_id: str, *, pace: float, omitted: Iterable[str] = ()
) -> bytes | None:
    """The partial `session.update` for `pace` times the speed; None where no speed is sent.

    A voice that is slower than that by its settings stays as it is.
    """
    if "audio.output.speed" in omitted:
        return None
    slowest = min(settings.speed, limits.SLOWEST_SPEED)
    speed = round(min(max(settings.speed * pace, slowest), limits.FASTEST_SPEED), 2)
    return _update(event_id, {"type": "realtime", "audio": {"output": {"speed": speed}}})


_DETECTION_TYPE = "audio.input.turn_detection.type"


def _with_common_detection(settings: EngineSettings, omitted: frozenset[str]) -> EngineSettings:
    """Where the type of detection is omitted, the one that every server has."""
    if _DETECTION_TYPE in omitted and settings.turn_detection == "semantic_vad":
        return msgspec.structs.replace(settings, turn_detection="server_vad")
    return settings


def _update(event_id: str, session: dict[str, Any]) -> bytes:
    return msgspec.json.encode({"type": "session.update", "event_id": event_id, "session": session})


def _input_config(settings: EngineSettings) -> dict[str, Any]:
    transcription = {"model": settings.transcription_model}
    if settings.language:
        transcription["language"] = settings.language.split("-")[0]
    config: dict[str, Any] = {
        "transcription": transcription,
        "turn_detection": _turn_detection(settings),
    }
    if settings.noise_reduction:
        config["noise_reduction"] = {"type": settings.noise_reduction}
    return config


def _turn_detection(settings: EngineSettings) -> dict[str, Any] | None:
    if settings.turn_detection == "none":
        return None
    # The relay decides when the coach falls silent, and when it answers unless the engine does.
    decided_here = {"create_response": settings.answers_itself, "interrupt_response": False}
    if settings.turn_detection == "semantic_vad":
        eager = {"eagerness": settings.eagerness} if settings.eagerness else {}
        return {"type": "semantic_vad", **eager, **decided_here}
    detection: dict[str, Any] = {
        "type": "server_vad",
        "threshold": settings.threshold,
        "prefix_padding_ms": settings.prefix_ms,
        "silence_duration_ms": settings.silence_ms,
        **decided_here,
    }
    if settings.idle_timeout_ms is not None:
        detection["idle_timeout_ms"] = settings.idle_timeout_ms
    return detection


def _omit(session: dict[str, Any], path: str) -> None:
    *parents, name = path.split(".")
    config: Any = session
    for parent in parents:
        config = config.get(parent) if isinstance(config, dict) else None
    if isinstance(config, dict):
        config.pop(name, None)
