"""What a page sends and asks in notes mode. Each answer is whole: no socket is needed for it."""

import re
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import msgspec
from channels.db import database_sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from coach import wire
from coach.bounds import read_number
from coach.errors import CoachError
from coach.talk.actions import show_picture
from coach.talk.actions.notes import claim_note, show_scripts
from coach.talk.answers import json_answer
from coach.talk.limits import PICTURE_MAX_BYTES
from coach.talk.models import Note, NoteSound, Session
from coach.talk.notes import limits
from coach.talk.notes.run import answer_note, full
from coach.talk.notes.words import note_words
from coach.talk.thread import piece
from coach.types import Member, MemberRequest
from coach.voice import limits as voice_limits
from coach.voice.types import Floor
from coach.voice.wav import BadWav, read_recording

CLIENT_ID = re.compile(rf"[0-9A-Za-z-]{{8,{limits.NOTE_ID_CHARS}}}")
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")

# Which status tells the page what to do: keep the note and try again, or not.
STATUS = {
    "ended": 410,
    "too_many": 429,
    "too_long": 413,
    "picture_too_large": 413,
    "not_yours": 409,
    "at_limit": 503,
}


class Unacceptable(Exception):
    """The request is answered with this code and nothing is done."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Sent:
    """A note as the page sent it."""

    client_id: str
    pcm: bytes = b""
    text: str = ""
    picture: "UploadedFile[Any] | None" = None
    again: bool = False

    @property
    def kind(self) -> Note.Kind:
        if self.pcm:
            return Note.Kind.VOICE
        return Note.Kind.TEXT if self.text else Note.Kind.PICTURE


@dataclass(frozen=True)
class Taken:
    """A note that stands in a row."""

    sent: Sent
    note: Note
    mine: bool  # this request is to answer it
    unshown: Unacceptable | None  # why it goes without its picture


@never_cache
async def notes(request: MemberRequest, pk: UUID) -> HttpResponse:
    """POST a note and get its answer; GET what the thread has since `since`."""
    user = await request.auser()
    if not user.is_authenticated:
        return _refusal(Unacceptable("signed_out"), status=401)
    found = await database_sync_to_async(_mine)(user, pk)
    if found is None:
        return _refusal(Unacceptable("not_yours"), status=404)
    if request.method == "GET":
        return await database_sync_to_async(_news)(request, found)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, POST"})
    try:
        taken = await database_sync_to_async(_receive)(request, user, found)
    except Unacceptable as error:
        return _refusal(error)
    if taken.mine:
        await answer_note(taken.note, taken.sent.pcm, taken.sent.text)
    return await database_sync_to_async(_result)(request, taken)


@login_required
@require_GET
def sound(request: MemberRequest, pk: UUID, note: int) -> HttpResponse:
    """How the coach's answer sounds: for the member alone, kept nowhere on the way."""
    session = get_object_or_404(Session.objects.for_member(request.user), pk=pk)
    wav = bytes(get_object_or_404(NoteSound, note=note, note__session=session).wav)
    headers = {"Cache-Control": "private, no-store", "Accept-Ranges": "bytes"}
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return HttpResponse(wav, content_type="audio/wav", headers=headers)
    first, last = asked.groups()
    start = int(first) if first else max(0, len(wav) - int(last))
    end = min(int(last), len(wav) - 1) if first and last else len(wav) - 1
    if start > end:
        headers["Content-Range"] = f"bytes */{len(wav)}"
        return HttpResponse(status=416, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end}/{len(wav)}"
    piece = wav[start : end + 1]
    return HttpResponse(piece, status=206, content_type="audio/wav", headers=headers)


def _receive(request: MemberRequest, user: Member, session: Session) -> Taken:
    """Off the loop: taking a recording apart would hold up the live talks beside it."""
    return _claim(session, _read(request, user))


def _mine(user: Member, pk: UUID) -> Session | None:
    session: Session | None = Session.objects.for_member(user).filter(pk=pk).first()
    return session


def _read(request: MemberRequest, user: Member) -> Sent:
    """The note in a multipart request, strictly. Raises Unacceptable."""
    given = request.POST
    if given.get("member", "") != str(user.pk):
        raise Unacceptable("not_yours")
    client_id = given.get("client_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        raise Unacceptable("bad_recording")
    audio, text = request.FILES.get("audio"), given.get("text", "").strip()
    again = given.get("again") == "1"
    file = request.FILES.get("picture")
    picture = file if isinstance(file, UploadedFile) else None
    if isinstance(audio, UploadedFile) and not text:
        if (audio.size or 0) > limits.NOTE_MAX_BYTES:
            raise Unacceptable("too_long")
        try:
            pcm = read_recording(
                audio.read(),
                shortest_ms=voice_limits.NOTE_MIN_MS,
                longest_ms=voice_limits.NOTE_MAX_MS,
            )
        except BadWav as error:
            raise Unacceptable(error.code) from error
        return Sent(client_id, pcm=pcm, picture=picture, again=again)
    if audio is not None or not (text or picture):
        raise Unacceptable("empty")
    if len(text) > limits.NOTE_TEXT_MAX_CHARS:
        raise Unacceptable("too_long")
    return Sent(client_id, text=text, picture=picture, again=again)


def _claim(session: Session, sent: Sent) -> Taken:
    if full():
        raise Unacceptable("at_limit")
    unshown = _show(session, sent)
    # Words may be of danger: whatever is wrong with their picture, they are heard.
    if unshown and sent.kind == Note.Kind.PICTURE:
        raise unshown
    try:
        note, mine = claim_note(session.pk, sent.client_id, sent.kind, again=sent.again)
    except CoachError as error:
        raise Unacceptable(error.code, str(error)) from error
    return Taken(sent, note, mine, unshown)


def _show(session: Session, sent: Sent) -> Unacceptable | None:
    """Put the note's picture, if any, into the thread; returns why it cannot stand there."""
    if sent.picture is None:
        return None
    if (sent.picture.size or 0) > PICTURE_MAX_BYTES:
        return Unacceptable("picture_too_large")
    try:
        show_picture(session, sent.client_id, sent.picture.read(), by_note=True)
    except CoachError as error:
        return Unacceptable(error.code, str(error))
    return None


def _result(request: MemberRequest, taken: Taken) -> JsonResponse:
    """How the note stands, and the thread since what the page has."""
    note = Note.objects.select_related("session").get(pk=taken.note.pk)
    waits = note.state in (Note.State.RECEIVED, Note.State.ANSWERING)
    code = note.code or ("busy" if waits else "")
    status = wire.NoteStatus(
        id=note.client_id,
        state="waiting" if waits else "done" if note.state == Note.State.DONE else "failed",
        code=code,
        message=note_words(code) if code else "",
        retry_s=limits.NOTE_RETRY_S if waits else None,
        reply=note.reply.seq if note.reply else None,
        picture=_told(taken.unshown) if taken.unshown else None,
    )
    news = _thread(request, note.session, request.POST.get("since", "0"))
    answer = wire.NoteAnswer(**msgspec.structs.asdict(news), note=status)
    return json_answer(answer, status=202 if waits else 200)


def _news(request: MemberRequest, session: Session) -> JsonResponse:
    """What has happened: for a page without a socket."""
    if session.ended_at is None:
        show_scripts(session)
    return json_answer(_thread(request, session, request.GET.get("since", "0")))


def _thread(request: MemberRequest, session: Session, since: str) -> wire.ThreadNews:
    session.refresh_from_db()
    number = read_number(since) or 0
    context = {"session": session, "piece": piece(session, request, number)}
    return wire.ThreadNews(
        thread=render_to_string("talk/_thread.html", context, request),
        floor=cast(Floor, session.floor),
        person=session.expert_name,
        ended=session.ended_at is not None,
    )


def _refusal(error: Unacceptable, status: int | None = None) -> JsonResponse:
    return json_answer(_told(error), status=status or STATUS.get(error.code, 400))


def _told(error: Unacceptable) -> wire.Refusal:
    return wire.Refusal(error.code, error.message or note_words(error.code))
