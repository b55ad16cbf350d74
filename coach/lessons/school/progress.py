"""What a teacher sees of a class: who has done what, how often, and what is hard for many.

Numbers alone: no word of a learner is here. Words are read attempt by attempt, which is written
down.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from coach.lessons.library import some_lessons
from coach.lessons.models import Assignment, Attempt, Membership, ObjectiveMet, SchoolClass
from coach.lessons.scenario import OBJECTIVES, Scenario
from coach.lessons.school.access import attempts_of
from coach.lessons.school.limits import (
    ASSIGNMENTS_SHOWN,
    ATTEMPTS_COUNTED,
    ATTEMPTS_SHOWN,
    SLIPS_FROM,
    SLIPS_SHOWN,
)
from coach.lessons.slips import corrections
from coach.talk.models import Turn

EVERY_SLIP = 1_000  # of one attempt: all that there are


@dataclass(frozen=True)
class Tries:
    """What one learner has made of one lesson: `reached` is of the best try."""

    membership: Membership
    tries: int
    reached: int
    minutes: int  # of all tries together
    last: datetime | None


@dataclass(frozen=True)
class LessonProgress:
    """One assignment, with a row for each who is in the class."""

    assignment: Assignment
    scenario: Scenario | None  # None: its teacher has withdrawn the lesson
    rows: list[Tries]

    @property
    def title(self) -> str:
        return self.scenario.title if self.scenario else self.assignment.slug

    @property
    def objectives(self) -> int:
        return OBJECTIVES

    @property
    def done(self) -> int:
        return sum(row.reached == self.objectives for row in self.rows)


def learners(school_class: SchoolClass) -> list[Membership]:
    """Who is in the class now, by name."""
    rows = school_class.memberships.standing().select_related("member")
    return sorted(rows, key=lambda one: one.member.name.lower())


def progress_of(school_class: SchoolClass, who: Iterable[Membership]) -> list[LessonProgress]:
    """What has become of each assignment, the newest first."""
    tries: dict[tuple[int, str], list[Attempt]] = defaultdict(list)
    newest = list(_dated(attempts_of(school_class))[:ATTEMPTS_COUNTED])
    reached = _reached(newest)
    for attempt in newest:
        tries[attempt.member_id, attempt.slug].append(attempt)
    assignments = list(school_class.assignments.standing()[:ASSIGNMENTS_SHOWN])
    lessons = some_lessons(school_class.teacher, {row.slug for row in assignments})
    return [
        LessonProgress(
            row,
            lessons.get(row.slug),
            [_tries(one, tries[one.member_id, row.slug], reached) for one in who],
        )
        for row in assignments
    ]


def _dated(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Whose they are and how long they took, without the large columns."""
    return attempts.select_related("session").only(
        *("member_id", "slug", "version_id", "started_at", "finished_at", "session__ended_at")
    )


def _reached(attempts: Iterable[Attempt]) -> Counter[int]:
    """How many objectives each attempt reached, by its key."""
    ticks = ObjectiveMet.objects.filter(attempt__in=[one.pk for one in attempts])
    counted = ticks.order_by().values_list("attempt").annotate(n=Count("pk"))
    return Counter(dict(counted))


def _tries(membership: Membership, attempts: list[Attempt], reached: Counter[int]) -> Tries:
    return Tries(
        membership=membership,
        tries=len(attempts),
        reached=max((reached[attempt.pk] for attempt in attempts), default=-1),
        minutes=sum(attempt.minutes for attempt in attempts),
        last=max((attempt.started_at for attempt in attempts), default=None),
    )


@dataclass(frozen=True)
class CommonSlip:
    """Something that learners of a class say wrong: what is told of it, and how many do."""

    why: str
    learners: int


def common_slips(school_class: SchoolClass) -> list[CommonSlip]:
    """The slips of most learners, as their reports explain them."""
    newest = list(attempts_of(school_class).values_list("session", "member")[:SLIPS_FROM])
    of_session = dict(newest)
    turns = Turn.objects.filter(session__in=of_session, speaker=Turn.Speaker.MEMBER)
    said: dict[int, list[str]] = defaultdict(list)
    for session, text in turns.values_list("session", "text"):
        said[of_session[session]].append(text)
    counted = Counter(
        why
        for texts in said.values()
        for why in {slip.why for slip in corrections(texts, limit=EVERY_SLIP)}
    )
    return [CommonSlip(why, n) for why, n in counted.most_common(SLIPS_SHOWN)]


@dataclass(frozen=True)
class AttemptRow:
    """One attempt of a learner, in numbers."""

    attempt: Attempt
    scenario: Scenario | None
    reached: int
    comments: int
    unread: int
    objectives: int = OBJECTIVES


def attempts_by(membership: Membership) -> list[AttemptRow]:
    """The attempts of one learner that belong to the class, the newest first."""
    school_class = membership.school_class
    rows = attempts_of(school_class).filter(member_id=membership.member_id)
    shown = list(_dated(rows)[:ATTEMPTS_SHOWN])
    reached = _reached(shown)
    commented: dict[int, list[bool]] = defaultdict(list)
    for attempt, read_at in school_class.comments.filter(attempt__in=shown).values_list(
        "attempt", "read_at"
    ):
        commented[attempt].append(read_at is None)
    return [
        AttemptRow(
            attempt,
            attempt.lesson,
            reached[attempt.pk],
            len(commented[attempt.pk]),
            sum(commented[attempt.pk]),
        )
        for attempt in shown
    ]
