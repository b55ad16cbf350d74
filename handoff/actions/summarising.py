"""Have a talk summarised by a language model, while an expert reads it, and keep what it wrote."""

import threading
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from coach import clock
from coach.after_commit import enqueue
from coach.talk.actions.usage import count_usage
from coach.talk.models import Session
from coach.voice.notes.exchange import NoteError
from handoff.models import TalkSummary
from handoff.summary import model, wording
from handoff.summary.rows import FUTURE, spoken
from handoff.timeouts import SUMMARY_AGAIN

log = structlog.get_logger(__name__)
SUMMARISE = "handoff.tasks.summarise"
NEW_LINES = 4  # after so many more a summary is out of date
PROVIDER = "embedded"
# Of a worker, whose other threads send web push and web hooks meanwhile.
_one_at_a_time = threading.Lock()


def want_summary(session: Session, *, ask: bool = True) -> TalkSummary | None:
    """The summary as it is; `ask` for a new one where lines have come. None: there is none."""
    if not model.name():
        return None
    return _wanted(session) if ask else TalkSummary.objects.filter(session=session).first()


@transaction.atomic
def _wanted(session: Session) -> TalkSummary:
    row, _new = TalkSummary.objects.get_or_create(session=session)
    now = clock.now()
    due = TalkSummary.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - SUMMARY_AGAIN),
        pk=row.pk,
        through__lte=session.last_seq - NEW_LINES,
    )
    if due.update(asked_at=now, asked_through=session.last_seq, failed=""):
        row.refresh_from_db()
        enqueue(SUMMARISE, session.pk.hex)
    return row


def summarise(session_id: UUID) -> None:
    """Ask the model, and keep each statement that names a line of the talk. Slow: for a worker.

    While it words another talk nothing is done: whoever still reads asks again.
    """
    if not _one_at_a_time.acquire(blocking=False):
        return
    try:
        row = TalkSummary.objects.get(session=session_id)
        if row.is_being_written(clock.now()):  # else done, or so old that it is asked for again
            _write(row)
    finally:
        _one_at_a_time.release()


def _write(row: TalkSummary) -> None:
    session = Session.objects.select_related("member").defer("brief").get(pk=row.session_id)
    turns = spoken(session, FUTURE)
    try:
        answer = model.complete(wording.messages(turns))
    except NoteError as error:
        log.warning("summary_failed", session=session.pk.hex, code=error.code)
        TalkSummary.objects.filter(pk=row.pk).update(failed=error.code[:40])
        return
    kept = wording.statements(answer.text, (turn.seq for turn in turns))
    through = session.last_seq
    newer = TalkSummary.objects.filter(pk=row.pk, through__lt=through)
    if kept:
        said = [list(each) for each in kept]
        newer.update(statements=said, through=through, model=model.name()[:80], failed="")
    else:
        newer.update(through=through, failed="empty")  # what an earlier answer said stays
    if answer.usage:
        ref = answer.id or f"summary-{through}"
        count_usage(session, "summary", ref, answer.usage, provider=PROVIDER, model=model.name())
