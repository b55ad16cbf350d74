"""What lessons register with a talk: a turn was recorded, it ended."""

from typing import Any

from django.dispatch import receiver

from coach import clock
from coach.lessons.actions import check_turn
from coach.lessons.models import Attempt
from coach.talk.models import Session, Turn
from coach.talk.signals import session_ended, turn_recorded


@receiver(turn_recorded, dispatch_uid="lessons.check_turn")
def on_turn(turn: Turn, **_: Any) -> None:
    if turn.session.kind == Session.Kind.LESSON:
        check_turn(turn)


@receiver(session_ended, dispatch_uid="lessons.finish")
def on_ended(session: Session, **_: Any) -> None:
    Attempt.objects.filter(session=session, finished_at=None).update(finished_at=clock.now())
