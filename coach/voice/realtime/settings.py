"""What an engine is told at the start of a session, and how the wire says it.

Built from a whitelist: engines refuse a whole update for one unknown field. Sent byte for byte the
same on every connection of a talk, so that the engine's prompt cache holds.
"""

from typing import Any, Literal

import msgspec

ToolDefinition = dict[str, Any]  # {"type": "function", "name", "description", "parameters"}


class EngineSettings(msgspec.Struct, frozen=True):
    """The engine's side of a Brief. `speed` 0.25 to 1.5; `language` as in BCP 47."""

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


def session_update(settings: EngineSettings, event_id: str) -> bytes:
    """The `session.update` of these settings, as JSON."""
    pcm = {"type": "audio/pcm", "rate": 24000}
    session: dict[str, Any] = {
        "type": "realtime",
        "instructions": settings.instructions,
        "output_modalities": [settings.output],
        "tools": list(settings.tools),
        "tool_choice": "auto",
        "audio": {
            "input": {
                "format": pcm,
                "transcription": {
                    "model": settings.transcription_model,
                    "language": settings.language.split("-")[0],
                },
                # The relay decides when the coach answers and when it falls silent.
                "turn_detection": {
                    "type": "server_vad",
                    "threshold": settings.threshold,
                    "prefix_padding_ms": settings.prefix_ms,
                    "silence_duration_ms": settings.silence_ms,
                    "create_response": False,
                    "interrupt_response": False,
                },
            },
            "output": {"format": pcm, "speed": settings.speed},
        },
    }
    if settings.voice:
        session["audio"]["output"]["voice"] = settings.voice
    return msgspec.json.encode({"type": "session.update", "event_id": event_id, "session": session})
