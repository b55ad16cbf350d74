"""The engine of a talk: where it is dialled, what it is told, and how many talks it takes."""

from typing import Literal, cast

from django.conf import settings

from coach.database import reading
from coach.personas.engines import engine_for
from coach.talk.brief import Brief
from coach.types import Member
from coach.voice.realtime import EngineSettings, RealtimeEngine, connect

NoiseReduction = Literal["", "near_field", "far_field", "off"]  # "": as the persona has it


def engine_settings(brief: Brief, member: Member | None = None) -> EngineSettings:
    """The part of a Brief that the engine is told, the same on every connection of the session.

    How the microphone's sound is cleaned is `member`'s own choice, if they have made one.
    """
    chosen = cast(NoiseReduction, member.noise_reduction) if member is not None else ""
    return EngineSettings(
        instructions=brief.instructions,
        tools=tuple(brief.tools),
        voice=brief.voice,
        speed=brief.speed,
        language=brief.language,
        silence_ms=brief.silence_ms,
        transcription_model=brief.transcription_model,
        noise_reduction="" if chosen == "off" else chosen or brief.noise_reduction,
        reasoning_effort=brief.reasoning_effort,
        turn_detection=brief.turn_detection,
        answers_itself=brief.answers_itself,
        eagerness=brief.eagerness,
        retention_ratio=brief.retention_ratio,
    )


async def dial(brief: Brief, member: Member) -> RealtimeEngine:
    """A new connection for `member`'s talk. Raises EngineError."""
    engine = await reading.run(engine_for, brief)
    return await connect(engine.target(member))


def places(brief: Brief) -> tuple[str, int]:
    """The slug of the engine that a talk needs a place with, and how many live talks it takes."""
    engine = engine_for(brief)
    return engine.provider, engine.max_sessions or settings.ENGINE_SESSIONS
