"""All lessons as the console lists them: those that are shipped, and those of teachers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coach.lessons.files import catalogue
from coach.lessons.languages import language_name
from coach.lessons.own.models import OwnLesson
from coach.lessons.own.reading import playable
from coach.lessons.scenario import LEVELS, Scenario

OWN_SHOWN = 500


@dataclass(frozen=True)
class Listed:
    """One lesson, with where it comes from and who sees it."""

    scenario: Scenario
    language: str
    source: str
    seen_by: str


@dataclass(frozen=True)
class LanguageCount:
    """How many lessons there are in one language, by level and together."""

    language: str
    levels: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.levels)


def listed() -> list[Listed]:
    """Every lesson that somebody sees, by language and level."""
    shipped = [
        Listed(s, language_name(s.language), f"{s.slug}.toml", _("everybody"))
        for s in catalogue().values()
    ]
    lessons = OwnLesson.objects.shown().select_related("teacher")[:OWN_SHOWN]
    every = [*shipped, *filter(None, map(_own, lessons))]
    return sorted(every, key=lambda one: (one.language, one.scenario.level, one.scenario.title))


def _own(lesson: OwnLesson) -> Listed | None:
    version = lesson.everybody_id or lesson.published_id
    assert version is not None  # `shown` are those that have one
    scenario = playable(version)
    if scenario is None:
        return None
    seen_by = _("everybody") if lesson.everybody_id else _("classes of its teacher")
    return Listed(scenario, language_name(scenario.language), str(lesson.teacher or "—"), seen_by)


def counts(lessons: Sequence[Listed]) -> list[LanguageCount]:
    """The lessons of each language, most first; levels stand in the order of `LEVELS`."""
    count = Counter((one.language, one.scenario.level) for one in lessons)
    languages = {one.language for one in lessons}
    rows = [LanguageCount(name, [count[name, level] for level in LEVELS]) for name in languages]
    return sorted(rows, key=lambda row: (-row.total, row.language))
