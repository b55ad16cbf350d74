"""What the rows say of a member's level: objectives tried in scenes, and steps of a placement."""

from collections.abc import Iterator

from django.db.models import Count, Q

from coach.lessons.library import taught
from coach.lessons.models import Attempt
from coach.lessons.progress.actions import observed
from coach.lessons.progress.level import Observation
from coach.lessons.progress.models import Placement
from coach.talk.models import Turn
from coach.types import Member

LESSONS_READ = 20  # the newest: people learn, and old evidence is of somebody else
ATTEMPTS_READ = 60  # for them; one lesson may have been played often
PLAYED_TURNS = 3  # who left earlier has not tried what was not reached
GIVEN_AWAY = 3  # the hint that is the sentence itself


def observations(member: Member, language: str) -> list[Observation]:
    """All evidence for one language."""
    return [*_of_scenes(member, language), *_of_placement(member, language)]


def _of_scenes(member: Member, language: str) -> Iterator[Observation]:
    """Of each lesson its newest try alone: to play it again is no further evidence."""
    seen: set[str] = set()
    spoken = Count("session__turns", filter=Q(session__turns__speaker=Turn.Speaker.MEMBER))
    tries = Attempt.objects.for_member(member).exclude(finished_at=None).defer("standing")
    slugs = [scenario.slug for scenario in taught(member, language)]
    newest = tries.filter(slug__in=slugs).annotate(spoken=spoken).prefetch_related("ticks")
    for attempt in newest.filter(spoken__gt=0)[:ATTEMPTS_READ]:
        if attempt.slug in seen or len(seen) == LESSONS_READ:
            continue
        seen.add(attempt.slug)
        scenario = attempt.lesson
        if scenario is None:
            continue
        stayed = getattr(attempt, "spoken", 0) >= PLAYED_TURNS
        reached = {tick.objective for tick in attempt.ticks.all()}
        for objective in scenario.objectives:
            given = attempt.hints.get(objective.id, 0) >= GIVEN_AWAY
            if (stayed or objective.id in reached) and not given:
                yield Observation(scenario.level, objective.id in reached)


def _of_placement(member: Member, language: str) -> list[Observation]:
    placed = Placement.objects.for_member(member).filter(language=language)
    newest = placed.exclude(level="").first()
    return observed(newest) if newest is not None else []
