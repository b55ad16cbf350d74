"""The one door to lessons: those that are shipped as files, and those that teachers wrote here.

Whoever shows or starts a lesson asks for it by the person: what somebody may not see is not there.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from coach.errors import NotFound
from coach.lessons.files import FOLDER, catalogue
from coach.lessons.own.models import LessonVersion, OwnLesson
from coach.lessons.own.reading import playable
from coach.lessons.scenario import Scenario
from coach.lessons.school.models import Membership
from coach.types import Member


def lessons_for(person: Member) -> dict[str, Scenario]:
    """Every lesson that `person` may play, by slug, easiest first."""
    return _with_shipped(_own_versions(person))


def lessons_to_teach(teacher: Member) -> dict[str, Scenario]:
    """Every lesson that they may have others play, unlike what they see as a learner."""
    return _with_shipped(_own_versions(teacher, of_classes=False))


def some_lessons(person: Member, slugs: Collection[str]) -> dict[str, Scenario]:
    """Those of some slugs that `person` may play."""
    shipped = {slug: lesson for slug, lesson in catalogue().items() if slug in slugs}
    left = set(slugs) - set(shipped)
    own = map(playable, _own_versions(person, slug__in=left)) if left else []
    return shipped | {lesson.slug: lesson for lesson in own if lesson is not None}


def taught(person: Member, language: str) -> list[Scenario]:
    """Those of one language."""
    return [one for one in lessons_for(person).values() if one.language == language]


def find_lesson(person: Member, slug: str) -> Scenario:
    """The lesson if `person` may play it; raises NotFound."""
    scenario = some_lessons(person, [slug]).get(slug)
    if scenario is None:
        raise NotFound("There is no such lesson.", code="no_lesson")
    return scenario


def text_of(scenario: Scenario) -> str:
    """The text that the lesson was written as, for who begins a lesson from it."""
    if scenario.version:
        return LessonVersion.objects.get(pk=scenario.version).text
    return (FOLDER / f"{scenario.slug}.toml").read_text(encoding="utf-8")


def _with_shipped(versions: Iterable[UUID]) -> dict[str, Scenario]:
    every = [*catalogue().values(), *filter(None, map(playable, versions))]
    return {s.slug: s for s in sorted(every, key=lambda s: (s.level, s.title))}


def _own_versions(person: Member, *, of_classes: bool = True, **of: Any) -> list[UUID]:
    """The version of each teacher's lesson that `person` sees: that of their class comes first."""
    learns = Membership.objects.standing().filter(
        member_id=person.pk, school_class__teacher=OuterRef("teacher")
    )
    own = Q(teacher_id=person.pk)
    lessons = OwnLesson.objects.shown().filter(**of)
    near = lessons.annotate(is_near=Exists(learns) | own if of_classes else own)
    seen = [
        published if is_near and published else everybody
        for published, everybody, is_near in near.values_list("published", "everybody", "is_near")
    ]
    return [version for version in seen if version is not None]
