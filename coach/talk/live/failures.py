"""The engine fails this talk: announce it once, so that whoever can may help the member."""

from coach.database import writing
from coach.talk.actions import announce_failure
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.history import is_answer_pending
from coach.talk.models import Session

GONE = frozenset({"engine_unavailable", "insufficient_quota"})  # once is enough
FAILED = frozenset({"failed", "no_answer"})  # each after a second try
UNTIL = 2  # of them in one connection


class Failures:
    """What the member was told of the engine in one connection."""

    def __init__(self, session: Session, background: BackgroundTasks) -> None:
        self._session, self._background = session, background
        self._failed = 0
        self._announced = False

    def take(self, code: str) -> None:
        """The member is told of `code`."""
        self._failed += code in FAILED
        if self._announced or not (code in GONE or self._failed >= UNTIL):
            return
        self._announced = True
        self._background.start(writing.run(_announce, self._session))


def _announce(session: Session) -> None:
    """Not where something typed waits for the next engine: a call would take its answer away."""
    if not is_answer_pending(Session.objects.get(pk=session.pk)):
        announce_failure(session)
