"""The turns of an attempt, each with what was said of it."""

from dataclasses import dataclass, field

from coach.lessons.models import Attempt, SchoolClass, TurnComment
from coach.lessons.school.limits import TURNS_SHOWN
from coach.talk.models import Turn


@dataclass(frozen=True)
class Line:
    turn: Turn
    comments: list[TurnComment] = field(default_factory=list)


def commented(attempt: Attempt, of: SchoolClass | None = None) -> list[Line]:
    """The turns of an attempt with their comments: those of one class, or of all."""
    rows = attempt.session.turns.exclude(speaker=Turn.Speaker.SYSTEM)[:TURNS_SHOWN]
    lines = {turn.pk: Line(turn) for turn in rows}
    comments = attempt.comments.select_related("author", "school_class")
    for one in comments.filter(school_class=of) if of is not None else comments:
        if one.turn_id in lines:
            lines[one.turn_id].comments.append(one)
    return list(lines.values())
