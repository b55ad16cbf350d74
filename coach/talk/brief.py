"""The Brief: instructions, tools and engine settings, frozen when a session starts.

It is stored as JSON and sent byte for byte on every connection of the session, so the prompt
cache holds and a persona that is edited during a talk changes only the next one.
"""

from typing import Any

import msgspec

from coach.personas.models import Persona
from coach.talk.tools import definitions


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
        tools=definitions(persona.tools if tools is None else tools),
        voice=persona.voice,
        speed=persona.speed,
        model=persona.model,
        silence_ms=silence_ms or persona.silence_ms,
        data=data or {},
    )


def thaw(stored: Any) -> Brief:
    return msgspec.convert(stored, Brief)
