"""A version of a teacher's lesson as it is played."""

from functools import lru_cache
from uuid import UUID

import structlog

from coach.lessons.files import read
from coach.lessons.own.models import LessonVersion
from coach.lessons.scenario import Scenario

log = structlog.get_logger(__name__)

REMEMBERED = 1_024  # versions: a catalogue reads all that somebody sees, one after the other


@lru_cache(maxsize=REMEMBERED)
def read_version(pk: UUID) -> Scenario:
    """Read once for each process, as a file is: the same object, whose sentences are encoded once.

    Raises ValueError for a draft that cannot be played.
    """
    version = LessonVersion.objects.select_related("lesson").get(pk=pk)
    return read(version.text, version.lesson.slug, str(version.pk))


def playable(pk: UUID) -> Scenario | None:
    """A version that is shown; None where a newer release of the product refuses its text.

    Its teacher sees why in the editor. Until it is mended the lesson is not there.
    """
    try:
        return read_version(pk)
    except ValueError:
        log.warning("lesson_unreadable", version=str(pk))
        return None
