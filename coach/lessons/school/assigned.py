"""What a learner's classes want of them, and what is new for them there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from coach import clock
from coach.lessons.library import some_lessons
from coach.lessons.models import Assignment, Attempt, Membership, SchoolClass, TurnComment
from coach.lessons.scenario import Scenario
from coach.lessons.understanding.text import phrase_used
from coach.talk.models import Turn
from coach.types import Member

COMMENTED_SHOWN = 5


@dataclass(frozen=True)
class Assigned:
    """One lesson that a member's class is to play. `reached`: objectives; -1 before a try."""

    assignment: Assignment
    scenario: Scenario
    reached: int
    today: date

    @property
    def is_done(self) -> bool:
        return self.reached == len(self.scenario.objectives)

    @property
    def is_late(self) -> bool:
        due = self.assignment.due_on
        return due is not None and due < self.today and not self.is_done

    @property
    def by(self) -> str:
        return self.assignment.school_class.teacher.name


def assigned_to(member: Member, slug: str = "") -> list[Assigned]:
    """What is assigned to `member`: of one lesson, or of all; what is due first comes first."""
    joined = dict(
        Membership.objects.standing().for_member(member).values_list("school_class_id", "joined_at")
    )
    if not joined:
        return []
    rows = Assignment.objects.standing().filter(school_class__in=joined)
    rows = rows.filter(slug=slug) if slug else rows
    rows = rows.select_related("school_class__teacher")
    lessons = some_lessons(member, {row.slug for row in rows})
    reached, today = _reached(member, rows), member.local(clock.now()).date()
    found = [
        Assigned(
            row,
            lessons[row.slug],
            max(
                (
                    n
                    for n, at in reached.get(row.slug, ())
                    if at >= max(row.created_at, joined[row.school_class_id])
                ),
                default=-1,
            ),
            today,
        )
        for row in rows
        if row.slug in lessons  # its teacher may have withdrawn it
    ]
    return sorted(found, key=lambda one: (one.assignment.due_on or date.max, one.assignment.pk))


def still_to_do(member: Member) -> list[Assigned]:
    return [one for one in assigned_to(member) if not one.is_done]


def _reached(member: Member, rows: Iterable[Assignment]) -> dict[str, list[tuple[int, datetime]]]:
    """How many objectives each try of these lessons reached, and when it began."""
    tries = Attempt.objects.for_member(member).filter(slug__in={row.slug for row in rows})
    reached: dict[str, list[tuple[int, datetime]]] = {}
    counted = tries.order_by().annotate(n=Count("ticks")).values_list("slug", "n", "started_at")
    for slug, n, at in counted:
        reached.setdefault(slug, []).append((n, at))
    return reached


def words_used(attempt: Attempt, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Each of the words that a teacher wants to hear, and whether it was used."""
    turns = attempt.session.turns.filter(speaker=Turn.Speaker.MEMBER)
    said = list(turns.values_list("text", flat=True))
    return [(word, any(phrase_used(text, word) for text in said)) for word in words]


def words_of(attempt: Attempt, of: SchoolClass | None = None) -> list[str]:
    """The words that the member's classes want to hear in this attempt: all of them, or one."""
    classes = Membership.objects.since(attempt.started_at).filter(member=attempt.member_id)
    classes = classes.filter(school_class=of) if of is not None else classes
    rows = Assignment.objects.stood(attempt.started_at).filter(
        school_class__in=classes.values("school_class"), slug=attempt.slug
    )
    every = [word for words in rows.values_list("words", flat=True) for word in words]
    return list(dict.fromkeys(every))


def commented_attempts(member: Member) -> list[Attempt]:
    """The attempts with comments that the member has not read, the newest first."""
    unread = set(TurnComment.objects.unread_by(member).values_list("attempt", flat=True))
    if not unread:
        return []
    return list(Attempt.objects.for_member(member).filter(pk__in=unread)[:COMMENTED_SHOWN])


def unread_comments(member: Member) -> int:
    """How many comments of teachers wait to be read."""
    return TurnComment.objects.unread_by(member).count()
