"""What an engine that was not there must know of a talk."""

import json
from datetime import timedelta

from django.db.models import QuerySet

from coach import clock
from coach.talk import limits
from coach.talk.models import FLOORS_OF_COACH, Card, Directive, Session, ToolCall, Turn
from coach.talk.pictures.image import KIND as PICTURE
from coach.talk.registries.tools import is_reading
from coach.voice.interfaces import HistoryLine
from coach.voice.limits import HISTORY_NOTES, HISTORY_TURNS

PICTURE_IN_HISTORY = "(the member showed a photo)"


def history_of(
    session: Session, *, without: str = "", without_picture: int | None = None
) -> tuple[list[HistoryLine], int]:
    """The last turns and what experts asked of the coach, and the number of the last turn (or 0).

    `without`: the item id of a turn that is told in another way, as is the picture of this pk.
    """
    turns = _said(session)
    turns = turns.exclude(item_id=without) if without else turns
    rows = list(turns.order_by("-seq")[:HISTORY_TURNS])[::-1]
    # What an expert asked of the coach holds to the end of the talk, whichever engine speaks.
    given = session.directives.filter(kind=Directive.Kind.HAND_BACK).exclude(claimed_at=None)
    asked = [HistoryLine("system", one.text) for one in given.order_by("-pk")[:HISTORY_NOTES]][::-1]
    lines = _with_pictures(session, rows, without_picture)
    return lines + asked, max((row.seq for row in rows), default=0)


def is_answer_pending(session: Session) -> bool:
    """Whether the last thing in the talk is a typed text of the member that nothing came of.

    The engine was lost before it answered, and the page left before another engine came. Where a
    tool has run since, the wish may be fulfilled already, and it is not fulfilled twice.
    """
    typed: Turn | None = _said(session).order_by("-seq").first()
    if typed is None or typed.speaker != Turn.Speaker.MEMBER or typed.source != Turn.Source.TEXT:
        return False
    moved = typed.floor_epoch != session.floor_epoch or session.floor not in FLOORS_OF_COACH
    if moved or clock.now() - typed.created_at > timedelta(seconds=limits.ANSWER_PENDING_S):
        return False
    return not (
        # A note is answered as such, and words beside a picture with it.
        session.notes.filter(client_id=typed.client_id).exists()
        or session.pictures.filter(client_id=typed.client_id).exists()
        or _was_acted_upon(session, typed)
    )


def _was_acted_upon(session: Session, typed: Turn) -> bool:
    """Whether a tool has run for these words, or something was shown since.

    A tool that was called for words before them ends after them at times, and so its card.
    """
    calls = session.tool_calls.filter(created_at__gte=typed.created_at)
    for_others = calls.exclude(asked="").exclude(asked=typed.item_id)
    if calls.exclude(pk__in=for_others).exists():
        return True
    return not for_others.exists() and session.cards.filter(seq__gt=typed.seq).exists()


def _said(session: Session) -> QuerySet[Turn]:
    """The turns that somebody said. Notices are for people: a model would obey them."""
    return session.turns.exclude(speaker=Turn.Speaker.SYSTEM)


def _with_pictures(session: Session, rows: list[Turn], without: int | None) -> list[HistoryLine]:
    """The turns as lines, and where in between a picture was shown."""
    since = rows[0].seq if len(rows) == HISTORY_TURNS else 0  # else the talk's own beginning
    cards = session.cards.filter(kind=PICTURE, seq__gt=since)
    if without is not None:
        cards = cards.exclude(ref=str(without))
    told: list[Turn | Card] = sorted([*rows, *cards], key=lambda row: row.seq)
    lines: list[HistoryLine] = []
    done = _done_unsaid(session, rows)
    for row in told:
        while isinstance(row, Turn) and done and done[0].created_at < row.created_at:
            lines.append(_said_of(done.pop(0)))
        lines.append(_line(row))
        if isinstance(row, Turn):
            # What they said while it was done is below it: it would else pass for answered.
            lines += [_said_of(call) for call in done if call.asked == row.item_id]
            done = [call for call in done if call.asked != row.item_id]
    return lines + [_said_of(call) for call in done]


def _line(row: Turn | Card) -> HistoryLine:
    if isinstance(row, Turn):
        return HistoryLine(row.speaker, row.text, row.author_name, row.item_id)  # type: ignore[arg-type]
    return HistoryLine("system", PICTURE_IN_HISTORY)


def _done_unsaid(session: Session, rows: list[Turn]) -> list[ToolCall]:
    """What tools changed since the coach last spoke: its answer was lost, and it is not done twice.

    What was only read may be read again; its row may be written after the answer.
    """
    spoken = [row.created_at for row in rows if row.speaker == Turn.Speaker.COACH]
    calls = session.tool_calls.filter(created_at__gt=spoken[-1] if spoken else session.started_at)
    return [
        call
        for call in calls.order_by("pk")[:HISTORY_TURNS]
        if not is_reading(call.name) and _said_of(call).text
    ]


def _said_of(call: ToolCall) -> HistoryLine:
    """The tool's own sentence, as the coach would have spoken it."""
    output = json.loads(call.output)
    return HistoryLine("coach", "" if "error" in output else str(output.get("say", "")))
