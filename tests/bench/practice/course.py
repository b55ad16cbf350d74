"""What all parts of the generator share while they fill one practice."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.bench.practice.rows import Rows
from tests.bench.practice.sizes import Size

if TYPE_CHECKING:
    from coach.people.models import User
    from coach.personas.models import Persona
    from coach.talk.models import Session, Turn
    from handoff.models import Expert

YEARS = timedelta(days=3 * 365)


@dataclass
class Course:
    """The rows, the lot, and who is there already."""

    size: Size
    now: datetime
    rng: random.Random
    sage: "Persona"
    partner: "Persona"
    rows: Rows = field(default_factory=Rows)
    members: list["User"] = field(default_factory=list)
    experts: list["Expert"] = field(default_factory=list)
    admin: Any = None
    ended: list["Session"] = field(default_factory=list)  # coaching talks, in the order of time
    live: list["Session"] = field(default_factory=list)  # the first is the regular's
    lessons: list[tuple["Session", list["Turn"]]] = field(default_factory=list)

    def some_time(self) -> datetime:
        """Within the three years, the most recent hour left out."""
        return self.now - timedelta(hours=1) - self.rng.random() * YEARS

    def at(self, share: float) -> datetime:
        """When so much of the three years was over."""
        return self.now - timedelta(hours=2) - (1 - share) * YEARS
