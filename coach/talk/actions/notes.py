"""The verbs of voice notes. Each is one transaction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError
from coach.talk.actions import record_turn
from coach.talk.models import Directive, Note, NoteSound, Session, Turn
from coach.talk.notes import limits
from coach.talk.registries.screeners import Flag, Screener

MINUTE = timedelta(minutes=1)
State = Note.State


@transaction.atomic
def claim_note(
    session_id: UUID, client_id: str, kind: str, *, again: bool = False
) -> tuple[Note, bool]:
    """The note of this id, and whether the caller is to answer it now.

    The first call makes the note. It is free to be answered when nobody tries, when whoever tried
    is gone (the claim lapsed) or, with `again`, when the member asks for another try of one that
    failed. Notes of one talk are answered one at a time. Raises CoachError `ended` or
    `too_many_notes`; then nothing was made.
    """
    now = clock.now()
    # Touching the row takes its lock: two claims in one talk come one after the other.
    Session.objects.filter(pk=session_id).update(last_seq=F("last_seq"))
    session = Session.objects.get(pk=session_id)
    note = session.notes.filter(client_id=client_id).first()
    settled = note is not None and note.state in (State.DONE, State.FAILED) and not again
    if note is not None and (settled or note.state == State.DONE):
        return note, False
    if session.ended_at is not None:
        raise CoachError(_("This talk has ended, so the note was not sent."), code="ended")
    if note is None:
        if session.notes.filter(created_at__gt=now - MINUTE).count() >= limits.NOTES_PER_MINUTE:
            raise CoachError(_("That was a lot at once. It goes on in a moment."), code="too_many")
        note = Note.objects.create(session=session, client_id=client_id, kind=kind)
    busy = session.notes.filter(state=State.ANSWERING, claimed_until__gt=now)
    if busy.exists():
        return note, False
    free = Q(state__in=[State.RECEIVED, *([State.FAILED] if again else [])])
    lapsed = Q(state=State.ANSWERING, claimed_until__lte=now)
    claimed = Note.objects.filter(free | lapsed, pk=note.pk).update(
        state=State.ANSWERING,
        claimed_until=now + limits.NOTE_LEASE,
        attempts=F("attempts") + 1,
        code="",
    )
    note.refresh_from_db()
    return note, bool(claimed)


@transaction.atomic
def record_words(note: Note, text: str, found: Sequence[tuple[Screener, list[Flag]]] = ()) -> Turn:
    """Write down what the member said; the same note again writes nothing.

    What screening `found` is acted upon with it: the hold, its card and its reviewed words stand in
    the thread together with the words, or none of them does.
    """
    session = Session.objects.select_related("member").get(pk=note.session_id)
    turn = record_turn(
        session,
        Turn.Speaker.MEMBER,
        text,
        item_id=note.said_item,
        client_id=note.client_id,
        author=session.member,
        source=Turn.Source.TEXT if note.kind == Note.Kind.TEXT else Turn.Source.VOICE,
    )
    assert turn is not None  # only the coach's words are fenced
    for screener, flags in found:
        screener.act(session.pk, flags, note.said_item, Turn.Speaker.MEMBER)
    Note.objects.filter(pk=note.pk).update(turn=turn)
    note.turn = turn
    show_scripts(session)
    return turn


@transaction.atomic
def finish_note(
    note: Note, text: str = "", wav: bytes = b"", *, epoch: int = 0, code: str = ""
) -> bool:
    """The note is done; the coach's words, if any, are written under the floor of `epoch`.

    False: the claim had lapsed and another one has it, or the floor had moved; nothing was written
    of the coach.
    """
    mine = Note.objects.filter(pk=note.pk, state=State.ANSWERING, attempts=note.attempts)
    if not mine.update(state=State.DONE, code=code, claimed_until=None):
        return False
    note.refresh_from_db()
    if not text:
        return True
    session = Session.objects.get(pk=note.session_id)
    reply = record_turn(
        session, Turn.Speaker.COACH, text, item_id=note.reply_item, epoch=epoch or None
    )
    if reply is None:
        return False
    Note.objects.filter(pk=note.pk).update(reply=reply)
    note.reply = reply
    if wav:
        NoteSound.objects.get_or_create(note=note, defaults={"wav": wav})
    return True


@transaction.atomic
def give_up_note(note: Note, code: str, *, retryable: bool) -> bool:
    """There was no answer: the note waits for its next try, or has failed for good.

    An engine that was not reached was not asked: the page goes on, ever slower, as it promises.
    """
    waits = retryable and (code == "unreachable" or note.attempts < limits.NOTE_TRIES)
    mine = Note.objects.filter(pk=note.pk, state=State.ANSWERING, attempts=note.attempts)
    given_up = mine.update(
        state=State.RECEIVED if waits else State.FAILED, code=code[:40], claimed_until=None
    )
    note.refresh_from_db()
    return bool(given_up)


@transaction.atomic
def show_scripts(session: Session) -> int:
    """Write the reviewed words that wait to be spoken into the thread, as they are.

    Without a live line there is nobody to speak them, and they are for danger: they must not wait.
    """
    shown = 0
    waiting = session.directives.filter(kind=Directive.Kind.SCRIPT, claimed_at=None)
    for directive in waiting:
        free = Directive.objects.filter(pk=directive.pk, claimed_at=None)
        if not free.update(claimed_at=clock.now()):
            continue
        text, item = directive.spoken or directive.text, f"script-{directive.pk}"
        source = Turn.Source.TEXT
        shown += bool(record_turn(session, Turn.Speaker.COACH, text, item_id=item, source=source))
    return shown


def prune_sounds() -> int:
    """Delete answers' sounds that were kept for `SOUND_KEPT`; returns how many."""
    since = clock.now() - limits.SOUND_KEPT
    old = NoteSound.objects.filter(created_at__lt=since).order_by("pk")
    pks: list[Any] = list(old.values_list("pk", flat=True)[: limits.SOUNDS_PRUNED_AT_ONCE])
    return NoteSound.objects.filter(pk__in=pks).delete()[0] if pks else 0
