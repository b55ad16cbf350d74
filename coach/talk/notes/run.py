"""Answers one note: rows, tools and screening on this side, the model on the other.

Runs beside the request that brought the note, and to its end: a page that is gone finds the answer
when it asks again.
"""

import asyncio
import contextvars
from collections.abc import Sequence
from functools import partial

import structlog
from django.utils import translation

from coach.database import reading, tools, writing
from coach.talk.actions import (
    claim_directives,
    give_back_directives,
    run_tool,
    settle_directive,
)
from coach.talk.actions.notes import finish_note, give_up_note, record_words
from coach.talk.actions.usage import stop_for_budget
from coach.talk.brief import thaw
from coach.talk.error_messages import words_for
from coach.talk.language import in_language_of, language_of
from coach.talk.live.history import history_of
from coach.talk.models import FLOORS_OF_COACH, Directive, Note, Picture, Session
from coach.talk.notes import limits
from coach.talk.notes.clients import open_note_client, usage_recorder
from coach.talk.pictures.image import ABOUT_PICTURE, data_uri
from coach.talk.registries.screeners import is_grave, screen
from coach.talk.usage.budgets import refusal
from coach.voice import wav
from coach.voice.effects import CountUsage
from coach.voice.engine_commands import AddMessage
from coach.voice.history import history_messages
from coach.voice.notes import exchange as voice

log = structlog.get_logger(__name__)

GUIDE = "A human expert tells you privately, for your next answer only (do not mention it): "

_under_way: set[asyncio.Task[None]] = set()


def full() -> bool:
    """Whether this process answers as many notes as it may."""
    return len(_under_way) >= limits.NOTES_AT_ONCE


async def answer_note(note: Note, pcm: bytes, text: str) -> None:
    """Answer a note that the caller has claimed. Returns when its row says how it went.

    Goes on to its end when the caller is cancelled.
    """
    # A context of its own: what the request's brings ends with the request.
    task = asyncio.create_task(_answer(note, pcm, text), context=contextvars.Context())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    await asyncio.shield(task)


async def _answer(note: Note, pcm: bytes, text: str) -> None:
    host = await reading.run(TalkNote.load, note)
    try:
        reply = await host.exchange(pcm, text)
        await host.finish(reply)
    except voice.NoteError as error:
        log.info("note_failed", note=note.pk, code=error.code, retryable=error.retryable)
        await host.fail(error.code, retryable=error.retryable)
    except Exception as error:  # noqa: BLE001  the row must say that nobody is at it any more
        log.error("note_broken", note=note.pk, error=type(error).__name__)
        await host.fail("failed", retryable=True)


class TalkNote:
    """Implements `coach.voice.notes.exchange.NoteHost` for one note."""

    def __init__(self, note: Note, session: Session, picture: Picture | None) -> None:
        self.note = note
        self.session = session
        self.brief = thaw(session)
        self._shown = picture.pk if picture else None
        self._picture = data_uri(bytes(picture.data)) if picture else ""
        self._epoch = session.floor_epoch
        self._by_eye = picture is not None  # it goes to a model that sees
        self._code = ""  # what the member is told beside the answer
        self._usage = usage_recorder(session, self.brief, picture=self._by_eye)
        self._claimed: list[Directive] = []  # directives that the coach has not heeded yet

    @classmethod
    def load(cls, note: Note) -> "TalkNote":
        rows = Session.objects.select_related("member", "persona")
        session = rows.get(pk=note.session_id)
        return cls(note, session, session.pictures.filter(client_id=note.client_id).first())

    async def exchange(self, pcm: bytes, text: str) -> voice.Reply | None:
        """The coach's answer; None when it may not give one. Raises NoteError."""
        try:
            return await self._exchange(pcm, text)
        except voice.NoteError as error:
            if error.code != "picture_refused" or not (pcm or text):
                raise
        # The words have an answer of their own, whatever the model makes of their picture.
        self._picture, self._shown, self._code = "", None, "picture_refused"
        return await self._exchange(pcm, text)

    async def _exchange(self, pcm: bytes, text: str) -> voice.Reply | None:
        # Known from an earlier try: the recording is not heard a second time.
        known = await reading.run(self._known)
        history, _ = await reading.run(
            history_of, self.session, without=self.note.said_item, without_picture=self._shown
        )
        given = voice.Note(pcm=pcm, text=known or text, picture=self._picture)
        try:
            return await voice.exchange(self._open_client, self, given, history_messages(history))
        finally:
            await self._usage.write()

    async def _open_client(self) -> voice.NoteClient:
        # By the try: what an earlier one cost was paid too.
        ref = f"{self.note.reply_item}-{self.note.attempts}"
        member, by_eye = self.session.member, self._by_eye
        return await open_note_client(self.brief, member, ref, self.count, picture=by_eye)

    # --- for the exchange -------------------------------------------------------------------------

    async def accept_words(self, text: str) -> bool:
        return await writing.run(in_language_of(self.session.member, self._accept_words), text)

    async def guidance(self) -> Sequence[AddMessage]:
        return await writing.run(self._guidance)

    async def run_tool(self, call: voice.ToolCall, number: int) -> str:
        # By the note and not by the model's id: a second try of the note runs nothing twice.
        call_id = f"note-{self.note.pk}-{call.name[:40]}-{number}"
        verb = partial(run_tool, asked=self.note.said_item)
        run = in_language_of(self.session.member, verb)
        return str(await tools.run(run, self.session.pk, call_id, call.name, call.arguments))

    async def may_continue(self) -> bool:
        return await reading.run(self._look)

    def tool_timeout_message(self) -> str:
        with translation.override(language_of(self.session.member)):
            return words_for("tool_timeout")

    def count(self, usage: CountUsage) -> None:
        self._usage.take(usage)

    # --- how it ends ------------------------------------------------------------------------------

    async def finish(self, reply: voice.Reply | None) -> None:
        await writing.run(in_language_of(self.session.member, self._finish), reply)

    async def fail(self, code: str, *, retryable: bool) -> None:
        await writing.run(self._fail, code, retryable)

    # --- in a thread ------------------------------------------------------------------------------

    def _known(self) -> str:
        turn = self.session.turns.of_item(self.note.said_item).first()
        return turn.text if turn else ""

    def _accept_words(self, text: str) -> bool:
        if text:
            record_words(self.note, text, screen(text, "member", self.brief.language))
        if not self._look():
            return False
        # The words were heard and screened whatever they cost; an answer needs money.
        return not refusal(self.session.member) or stop_for_budget(self.session) != "stopped"

    def _look(self) -> bool:
        """Whether the coach may speak now; its words then belong to the epoch that is seen here."""
        now = Session.objects.values("floor", "floor_epoch", "ended_at").get(pk=self.session.pk)
        self._epoch = now["floor_epoch"]
        return now["floor"] in FLOORS_OF_COACH and now["ended_at"] is None

    def _guidance(self) -> list[AddMessage]:
        messages = []
        if self._picture:
            messages.append(AddMessage("guide-picture", "", "system", ABOUT_PICTURE))
        # A second exchange, without the picture, is told the same.
        self._claimed += claim_directives(self.session)
        for directive in self._claimed:
            text = _as_told(directive)
            messages.append(AddMessage(f"guide-{directive.pk}", "", "system", text))
        return messages

    def _finish(self, reply: voice.Reply | None) -> None:
        if reply is None:
            self._give_back()
            finish_note(self.note, code=self._code)
            return
        found = screen(reply.text, "coach", self.brief.language)
        for screener, flags in found:
            screener.act(self.session.pk, flags, self.note.reply_item, "coach")
        if is_grave(found, "coach"):
            self._give_back()
            finish_note(self.note, code="coach_stopped")
            return
        if not self._look():  # a person has come in meanwhile: the answer is void
            self._give_back()
            finish_note(self.note, code=self._code)
            return
        sound = wav.write(reply.pcm) if reply.pcm else b""
        finish_note(self.note, reply.text, sound, epoch=self._epoch, code=self._code)
        for directive in self._claimed:
            settle_directive(directive.pk, _became(directive, reply.text), self.note.reply_item)
        self._claimed.clear()

    def _fail(self, code: str, retryable: bool) -> None:
        self._give_back()
        give_up_note(self.note, code, retryable=retryable)

    def _give_back(self) -> None:
        """The member hears nothing of what was claimed: the next answer may."""
        if self._claimed:
            give_back_directives(self.session, [directive.pk for directive in self._claimed])
            self._claimed.clear()


def _became(directive: Directive, reply: str) -> str:
    """What an answer made of it. A model may leave out words that it was to say."""
    if directive.kind == Directive.Kind.GUIDE:
        return Directive.Became.USED
    said = _plain(directive.spoken) in _plain(reply)
    return Directive.Became.SPOKEN if said else Directive.Became.CUT_OFF


def _plain(text: str) -> str:
    return " ".join(text.replace('"', "'").replace("’", "'").split()).casefold()


def _as_told(directive: Directive) -> str:
    """The directive as the coach reads it. Words of an expert's own are quoted, to be spoken."""
    if directive.kind == Directive.Kind.GUIDE:
        return GUIDE + directive.text
    if directive.kind == Directive.Kind.WORD or directive.verbatim:
        quoted = directive.spoken.replace('"', "'")
        return f'{directive.text} For your next answer: say exactly this first: "{quoted}"'
    return directive.text
