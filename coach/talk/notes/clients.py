"""Which client answers a note: a hosted model of Chat Completions, else the engine of the talk.

A note with a picture goes to the hosted model only if that model sees. The engine of the talk does:
else the picture had not been accepted.
"""

from django.conf import settings

from coach.personas.engines import safety_identifier
from coach.talk.brief import Brief
from coach.talk.live.engine import dial, engine_settings
from coach.talk.models import Session
from coach.talk.usage.recorder import UsageRecorder
from coach.types import Member
from coach.voice.notes.chat import ChatApi, ChatNoteClient, ChatTarget
from coach.voice.notes.exchange import NoteClient, ReportUsage
from coach.voice.notes.realtime import open_realtime_client

CHAT_VOICE = "alloy"  # for a persona that names none: a request must name one


async def open_note_client(
    brief: Brief, member: Member, ref: str, report: ReportUsage, *, picture: bool
) -> NoteClient:
    """Open a client for one note. `picture`: the note shows one. Raises NoteError."""
    if _hosted(picture):
        api = ChatApi(
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
        return ChatNoteClient(api, engine_settings(brief), report, ref=ref)
    return await open_realtime_client(lambda: dial(brief, member), engine_settings(brief), report)


def usage_recorder(session: Session, brief: Brief, *, picture: bool) -> UsageRecorder:
    """The recorder of a note's usage, by whoever answers it."""
    if not _hosted(picture):
        return UsageRecorder(session, brief)
    engine = (settings.NOTES_PROVIDER, settings.NOTES_MODEL)
    return UsageRecorder(session, brief, engine=engine, heard_by=settings.NOTES_TRANSCRIPTION_MODEL)


def _hosted(picture: bool) -> bool:
    return bool(settings.NOTES_URL) and (settings.NOTES_IMAGES or not picture)
