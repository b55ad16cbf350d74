"""What an engine that was not there must know of a talk."""

from coach.talk.models import Card, Directive, Session, Turn
from coach.talk.pictures import KIND as PICTURE
from coach.voice.limits import HISTORY_NOTES, HISTORY_TURNS
from coach.voice.seams import Line

PICTURE_IN_HISTORY = "(the member showed a photo)"


def history_of(
    session: Session, *, without: str = "", without_picture: int | None = None
) -> tuple[list[Line], int]:
    """The last turns and what experts asked of the coach, and the number of the last turn (or 0).

    `without`: the item id of a turn that is told in another way, as is the picture of this pk.
    """
    turns = session.turns.exclude(item_id=without) if without else session.turns.all()
    rows = list(turns.order_by("-seq")[:HISTORY_TURNS])[::-1]
    # What an expert asked of the coach holds to the end of the talk, whichever engine speaks.
    given = session.directives.filter(kind=Directive.Kind.HAND_BACK).exclude(claimed_at=None)
    asked = [Line("system", one.text) for one in given.order_by("-pk")[:HISTORY_NOTES]][::-1]
    lines = _with_pictures(session, rows, without_picture)
    return lines + asked, max((row.seq for row in rows), default=0)


def _with_pictures(session: Session, rows: list[Turn], without: int | None) -> list[Line]:
    """The turns as lines, and where in between a picture was shown."""
    since = rows[0].seq if len(rows) == HISTORY_TURNS else 0  # else the talk's own beginning
    cards = session.cards.filter(kind=PICTURE, seq__gt=since)
    if without is not None:
        cards = cards.exclude(ref=str(without))
    told: list[Turn | Card] = sorted([*rows, *cards], key=lambda row: row.seq)
    return [
        Line(row.speaker, row.text, row.author_name)  # type: ignore[arg-type]
        if isinstance(row, Turn)
        else Line("system", PICTURE_IN_HISTORY)
        for row in told
    ]
