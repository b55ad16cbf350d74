"""The interpreter of a meeting: which it is, where it is dialled, and what it is told."""

import asyncio

import msgspec
from django.conf import settings

from coach.database import reading
from coach.interpreter.direction import SIDES, Side
from coach.interpreter.identify import warm
from coach.interpreter.live.instructed import Instructed
from coach.interpreter.live.interpreting import Interpreting, PutOut
from coach.interpreter.live.party import Party
from coach.interpreter.live.translating import Translating
from coach.interpreter.models import Meeting
from coach.interpreter.readiness import engine_of
from coach.personas.engines import EngineChoice
from coach.voice.interfaces import Engine
from coach.voice.realtime import connect, connect_to_translate


class Plan(msgspec.Struct, frozen=True):
    """What a meeting is interpreted by, as it is reached now."""

    engine: EngineChoice
    translates: bool
    model: str
    transcriber: str
    sides: tuple[Side, ...]

    @property
    def sessions(self) -> int:
        """Of the engine, at a time."""
        return len(self.sides) if self.translates else 1


async def plan_of(party: Party) -> Plan:
    meeting = party.meeting
    await asyncio.to_thread(warm, meeting.language_a, meeting.language_b)
    engine = await reading.run(engine_of, meeting.provider, meeting.model)
    translates = meeting.mode == Meeting.Mode.TRANSLATION
    heard_by = settings.INTERPRETER_WRITER if translates else ""
    return Plan(
        engine=engine,
        translates=translates,
        model=meeting.model,
        transcriber=heard_by or engine.transcription_model,
        sides=(party.side,) if meeting.by_links else SIDES,
    )


def make(
    plan: Plan, party: Party, languages: tuple[str, str], put_out: PutOut, first: int
) -> Interpreting:
    """Its interpreter, for these languages of the two."""
    target = plan.engine.target(party.meeting.member)

    async def dial() -> Engine:
        if plan.translates:
            return await connect_to_translate(target.translating(plan.model))
        return await connect(target)

    kind = Translating if plan.translates else Instructed
    a, b = languages
    return kind(
        dial,
        {"a": a, "b": b},
        put_out,
        sides=plan.sides,
        model=plan.model,
        transcriber=plan.transcriber,
        first=first,
    )
