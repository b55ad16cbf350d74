"""Attempts at lessons, what is kept for review, classes and their teacher's own lessons."""

from datetime import timedelta

from coach.lessons.files import catalogue
from coach.lessons.library import text_of
from coach.lessons.models import (
    Assignment,
    Attempt,
    ClassInvitation,
    LessonVersion,
    Membership,
    ObjectiveMet,
    OwnLesson,
    Placement,
    PlacementStep,
    Preparation,
    ReviewAnswer,
    ReviewItem,
    SchoolClass,
    TurnComment,
)
from coach.people.models import User
from tests.bench.practice.course import Course

SHIPPED = "at-the-cafe"
CLASSES, IN_A_CLASS, OWN, VERSIONS = 12, 30, 40, 5
OF_THE_REGULAR = 400  # words that they keep


def make_lessons(course: Course) -> None:
    attempts = _attempts(course)
    for number, who in enumerate(course.members):
        _kept(course, who, OF_THE_REGULAR if number == 0 else 4)
    _classes(course, attempts)
    _own(course)


def _attempts(course: Course) -> list[Attempt]:
    slugs = sorted(catalogue())
    made = []
    for number, (talk, said) in enumerate(course.lessons):
        slug = SHIPPED if number % 3 == 0 else slugs[number % len(slugs)]
        objectives = [one.id for one in catalogue()[slug].objectives]
        attempt = course.rows.add(
            Attempt,
            member=talk.member,
            session=talk,
            slug=slug,
            started_at=talk.started_at,
            finished_at=talk.ended_at,
        )
        for objective, turn in zip(objectives, said[::2], strict=False):
            course.rows.add(
                ObjectiveMet,
                attempt=attempt,
                objective=objective,
                turn=turn,
                created_at=turn.created_at,
            )
        made.append(attempt)
    return made


def _kept(course: Course, who: User, number: int) -> None:
    rows = course.rows
    for turn in range(number):
        item = rows.add(
            ReviewItem,
            member=who,
            kind="word",
            language="en",
            front=f"Wort {turn}",
            back=f"word {turn}",
            slug=SHIPPED,
            due=course.now - timedelta(hours=turn),
            created_at=course.some_time(),
        )
        rows.add(ReviewAnswer, item=item, answer=3, before={}, answered_at=course.some_time())
    rows.add(Preparation, member=who, slug=SHIPPED, typed=[], exercised=[1], changed_at=course.now)
    for ended in range(1 + number // 10):
        at = course.some_time()
        placement = rows.add(
            Placement, member=who, language="en", level="A2", started_at=at, finished_at=at
        )
        if ended == 0:
            of = {"slug": SHIPPED, "level": "A1", "reached": True}
            rows.add(PlacementStep, placement=placement, objective="order-drink", **of)
    rows.add(Placement, member=who, language="es", started_at=course.now)


def _classes(course: Course, attempts: list[Attempt]) -> None:
    rows, teacher, begun = course.rows, course.experts[1].user, course.at(0)
    for number in range(CLASSES):
        school = rows.add(SchoolClass, teacher=teacher, name=f"Class {number}", created_at=begun)
        rows.add(ClassInvitation, school_class=school, expires_at=course.now + timedelta(days=3))
        for slug in {SHIPPED: 0, **dict.fromkeys(sorted(catalogue())[:8])}:
            rows.add(Assignment, school_class=school, slug=slug, created_at=begun)
        inside = course.members[:IN_A_CLASS]
        for who in inside:
            rows.add(Membership, school_class=school, member=who, joined_at=begun)
        if number == 0:
            for attempt in [one for one in attempts if one.member in inside][-60:]:
                tick = {"attempt": attempt, "member": attempt.member, "author": teacher}
                turn = next(said[0] for talk, said in course.lessons if talk is attempt.session)
                rows.add(TurnComment, school_class=school, **tick, turn=turn, text="Well said.")


def _own(course: Course) -> None:
    text, shown = text_of(catalogue()[SHIPPED]), []
    for number in range(OWN):
        lesson = course.rows.add(
            OwnLesson,
            slug=f"own-{number:016x}",
            teacher=course.experts[1].user,
            title=f"Lesson {number}",
            created_at=course.now,
        )
        for version in range(VERSIONS):
            newest = course.rows.add(
                LessonVersion, lesson=lesson, number=version + 1, text=text, lacks=[],
                made_at=course.now,
            )  # fmt: skip
        shown.append((lesson.pk, newest.pk))
    course.rows.write()
    for pk, version in shown:
        OwnLesson.objects.filter(pk=pk).update(published=version)
