"""The registry of who reads what a member writes into a talk that has ended."""

from collections.abc import Callable

from coach.talk.models import Session

Reader = Callable[[Session], bool]  # an ended talk -> whether somebody reads its answers

_readers: list[Reader] = []


def read_while(reader: Reader) -> Reader:
    """Register a reason for which somebody reads on, that a feature keeps in its own rows."""
    _readers.append(reader)
    return reader


def is_read_by_somebody(session: Session) -> bool:
    """Whether some feature has somebody who reads what is written into this ended talk."""
    return any(reader(session) for reader in _readers)
