"""What a member wishes of their weight, and which wishes a formula must not serve.

`read` finds the wish in words; `judge` holds it against the limits. Both are pure.
"""

from coach.people.goals.guard import Body, Verdict, judge, way_of
from coach.people.goals.reading import Wish, read

__all__ = ["Body", "Verdict", "Wish", "judge", "read", "way_of"]
