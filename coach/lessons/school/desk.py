"""What the experts' side tells of people, and where it writes down who reads a talk.

Lessons do not know `handoff`, which registers itself here. Without it nobody teaches, and nobody
reads the words of somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from coach.errors import Refused
from coach.types import Member


@dataclass(frozen=True)
class Role:
    """What somebody may do here: teach, publish lessons to everybody, see all classes."""

    teaches: bool = False
    supervises: bool = False
    sees_all: bool = False

    def __bool__(self) -> bool:
        return self.teaches or self.supervises or self.sees_all


def _no_role(person: Member) -> Role:
    return Role(sees_all=person.is_staff)


def _no_record(reader: Member, learner: int, session: UUID) -> None:
    raise Refused("Nobody could write down who reads this.", code="no_record")


@dataclass(frozen=True)
class Desk:
    role_of: Callable[[Member], Role] = _no_role
    note_read: Callable[[Member, int, UUID], None] = _no_record


_desks = [Desk()]


def register_desk(desk: Desk) -> None:
    """From now on `desk` knows who teaches, and keeps the record of reads."""
    _desks[0] = desk


def role_of(person: Member) -> Role:
    return _desks[0].role_of(person)


def note_read(reader: Member, learner: int, session: UUID) -> None:
    """Write down that `reader` reads the words of a learner's talk."""
    _desks[0].note_read(reader, learner, session)
