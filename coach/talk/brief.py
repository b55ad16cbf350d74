"""The Brief: instructions, tools and engine settings, frozen when a session starts.

It is stored as JSON, its tools apart from the rest, and sent byte for byte on every connection of
the session, so the prompt cache holds and a persona that is edited during a talk changes only the
next one.
"""

from typing import Any, Literal, TypedDict, cast

import msgspec

from coach.personas.engines import engine_for
from coach.personas.models import Persona
from coach.talk.models import Session, Toolset
from coach.talk.models.toolset import toolset_of
from coach.talk.registries.tools import definitions


class Brief(msgspec.Struct, frozen=True):
    persona: str
    persona_version: int
    persona_name: str
    language: str
    instructions: str
    greeting: str  # what the coach says first, as an example a model may vary
    tools: list[dict[str, Any]]
    voice: str
    speed: float
    model: str
    silence_ms: int
    provider: str = ""  # its slug; empty: the site's engine
    reasoning_effort: str = ""
    turn_detection: Literal["server_vad", "semantic_vad"] = "server_vad"
    eagerness: str = ""
    noise_reduction: Literal["", "near_field", "far_field"] = ""
    transcription_model: str = "gpt-transcribe"
    retention_ratio: float | None = None
    images: bool = False  # what the engine can do: it takes pictures, it follows authored lines
    scripted: bool = True
    answers_itself: bool = False  # it answers each utterance, whatever it is told
    max_sessions: int | None = None  # talks at once with this provider
    pace: int = 0  # how many steps slower than `speed` it begins: see coach.voice.conversation.pace
    data: dict[str, Any] = {}  # what a feature needs of its own, e.g. the lesson

    @property
    def tool_names(self) -> set[str]:
        return {tool["name"] for tool in self.tools}


def make_brief(
    persona: Persona,
    *,
    member_name: str,
    instructions: str = "",
    greeting: str = "",
    tools: list[str] | None = None,
    silence_ms: int | None = None,
    data: dict[str, Any] | None = None,
) -> Brief:
    """Freeze `persona` for one talk; the keyword arguments replace or extend what it says."""
    engine = engine_for(persona)
    own = persona.provider is not None and persona.provider.slug == engine.provider
    about = [f"You are {persona.name}. {persona.instructions.strip()}"]
    if persona.manner:
        about.append(f"Your manner: {persona.manner.strip()}")
    about.append(f"The member is called {member_name}.")
    if instructions:
        about.append(instructions.strip())
    return Brief(
        persona=persona.slug,
        persona_version=persona.version,
        persona_name=persona.name,
        language=persona.language,
        instructions="\n\n".join(about),
        greeting=(greeting or persona.greeting).replace("{name}", member_name),
        tools=definitions(persona.tools if tools is None else tools, images=engine.images),
        voice=persona.voice,
        speed=persona.speed,
        model=engine.model if own else persona.model,
        silence_ms=silence_ms or persona.silence_ms,
        provider=engine.provider if own else "",
        reasoning_effort=persona.reasoning_effort if engine.reasons else "",
        turn_detection=cast(Any, persona.turn_detection),
        eagerness=persona.eagerness,
        noise_reduction=cast(Any, persona.noise_reduction),
        transcription_model=engine.transcription_model,
        retention_ratio=engine.retention_ratio,
        images=engine.images,
        scripted=engine.scripted,
        answers_itself=engine.answers_itself,
        max_sessions=engine.max_sessions if own else None,
        data=data or {},
    )


class Frozen(TypedDict):
    """The columns of a `Session` that hold its Brief."""

    brief: dict[str, Any]
    toolset: Toolset


def freeze(brief: Brief) -> Frozen:
    """What a new session stores of its Brief."""
    rest: dict[str, Any] = msgspec.to_builtins(brief)
    del rest["tools"]
    return {"brief": rest, "toolset": toolset_of(brief.tools)}


def thaw(session: Session) -> Brief:
    """The Brief of a session, as its row has it. Briefs that have the same tools share them."""
    brief = msgspec.convert({**session.brief, "tools": []}, Brief)
    return msgspec.structs.replace(brief, tools=session.tools)


def sees_pictures(brief: Brief) -> bool:
    """Whether the engine of this talk takes pictures."""
    return brief.images
