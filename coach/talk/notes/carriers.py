"""Which way a note goes: to a hosted model of Chat Completions, else to the engine of the talk.

One with a picture goes to the hosted model only if that sees: the engine of the talk does, or the
picture had not been taken.
"""

from django.conf import settings

from coach.personas.engines import safety_identifier
from coach.talk.brief import Brief
from coach.talk.live.engine import dial, engine_settings
from coach.talk.models import Session
from coach.talk.usage.recorder import UsageRecorder
from coach.types import Member
from coach.voice.notes.chat import ChatCarrier, ChatClient, ChatTarget
from coach.voice.notes.exchange import Carrier
from coach.voice.notes.realtime import Count, open_realtime

CHAT_VOICE = "alloy"  # for a persona that names none: a request must name one


async def open_carrier(
    brief: Brief, member: Member, ref: str, count: Count, *, picture: bool
) -> Carrier:
    """`picture`: the note shows one. Raises NoteError."""
    if _hosted(picture):
        client = ChatClient(
            ChatTarget(
                url=settings.NOTES_URL,
                key=settings.NOTES_KEY,
                model=settings.NOTES_MODEL,
                transcription_model=settings.NOTES_TRANSCRIPTION_MODEL,
                voice=brief.voice or CHAT_VOICE,
                language=brief.language,
                safety_id=safety_identifier(member.pk),
            )
        )
        return ChatCarrier(client, engine_settings(brief), count, ref=ref)
    return await open_realtime(lambda: dial(brief, member), engine_settings(brief), count)


def till_for(session: Session, brief: Brief, *, picture: bool) -> UsageRecorder:
    """Where what a note costs is written down, by whoever answers it."""
    if not _hosted(picture):
        return UsageRecorder(session, brief)
    engine = (settings.NOTES_PROVIDER, settings.NOTES_MODEL)
    return UsageRecorder(session, brief, engine=engine, heard_by=settings.NOTES_TRANSCRIPTION_MODEL)


def _hosted(picture: bool) -> bool:
    return bool(settings.NOTES_URL) and (settings.NOTES_IMAGES or not picture)
