"""What a web process reads into memory before it is asked: no first sentence waits for it."""

from django.conf import settings

from coach.nutrition.reading import warm
from handoff.screening import score as learned


def warm_up() -> None:
    """Some seconds of a thread. The first who speaks may be in danger."""
    if settings.SCREENING_SCORE:
        learned.score(["Hello."])
    warm()
