"""The registry of what can be taken back: «undo that» means the newest change, of any feature."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.talk.models import Session

# "Undo" said without more means something the member still remembers doing.
UNDO_WITHIN = timedelta(hours=48)


@dataclass(frozen=True)
class LastChange:
    """When it was made, by the database's clock; `undo` takes it back and says what was done."""

    at: datetime
    undo: Callable[[], str]


Newest = Callable[[Session], LastChange | None]

_features: list[Newest] = []


def can_undo(newest: Newest) -> Newest:
    """Register what finds a feature's newest change that still stands, for a talk."""
    _features.append(newest)
    return newest


def newest_change(session: Session) -> LastChange | None:
    """The newest change in any feature that registered, as `session` may take it back."""
    found = [change for newest in _features if (change := newest(session))]
    return max(found, key=lambda change: change.at, default=None)
