"""The one door to lessons: those that are shipped as files, and those that teachers wrote here.

Whoever shows or starts a lesson asks for it by the person: what somebody may not see is not there.
"""

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
    own = [playable(version) for version in _own_versions(person)]
    every = [*catalogue().values(), *filter(None, own)]
    return {s.slug: s for s in sorted(every, key=lambda s: (s.level, s.title))}


def taught(person: Member, language: str) -> list[Scenario]:
    """Those of one language."""
    return [one for one in lessons_for(person).values() if one.language == language]


def find_lesson(person: Member, slug: str) -> Scenario:
    """The lesson if `person` may play it; raises NotFound."""
    scenario = catalogue().get(slug)
    if scenario is None:
        own = _own_versions(person, slug=slug)
        scenario = playable(own[0]) if own else None
    if scenario is None:
        raise NotFound("There is no such lesson.", code="no_lesson")
    return scenario


def text_of(scenario: Scenario) -> str:
    """The text that the lesson was written as, for who begins a lesson from it."""
    if scenario.version:
        return LessonVersion.objects.get(pk=scenario.version).text
    return (FOLDER / f"{scenario.slug}.toml").read_text(encoding="utf-8")


def _own_versions(person: Member, **of: str) -> list[UUID]:
    """The version of each teacher's lesson that `person` sees: that of their class comes first."""
    learns = Membership.objects.standing().filter(
        member_id=person.pk, school_class__teacher=OuterRef("teacher")
    )
    lessons = OwnLesson.objects.shown().filter(**of)
    near = lessons.annotate(is_near=Exists(learns) | Q(teacher_id=person.pk))
    seen = [
        published if is_near and published else everybody
        for published, everybody, is_near in near.values_list("published", "everybody", "is_near")
    ]
    return [version for version in seen if version is not None]
