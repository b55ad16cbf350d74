"""What lessons register with a talk: a turn was recorded, it ended, what is said on purpose."""

from typing import Any

from django.dispatch import receiver

from coach import clock
from coach.lessons.actions import check_turn
from coach.lessons.files import catalogue
from coach.lessons.models import Attempt
from coach.lessons.rehearsed_lines import is_for_the_learner
from coach.talk.models import Session, Turn
from coach.talk.registries.rehearsed import rehearsed_by
from coach.talk.signals import session_ended, turn_recorded


@receiver(turn_recorded, dispatch_uid="lessons.check_turn")
def on_turn(turn: Turn, **_: Any) -> None:
    if turn.session.kind == Session.Kind.LESSON:
        check_turn(turn)


@receiver(session_ended, dispatch_uid="lessons.finish")
def on_ended(session: Session, **_: Any) -> None:
    Attempt.objects.filter(session=session, finished_at=None).update(finished_at=clock.now())


@rehearsed_by
def is_of_the_lesson(session: Session, sentence: str) -> bool:
    """Whether the author of the shipped lesson that is played wrote it for the learner.

    Who plays another lesson, or none, says it of themselves.
    """
    slug = session.brief.get("data", {}).get("lesson", "")
    if session.kind != Session.Kind.LESSON or slug not in catalogue():
        return False
    return is_for_the_learner(slug, sentence)
