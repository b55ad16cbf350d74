"""Reads what somebody says of their own health. Pure: no Django, no row.

`read(said)` gives facts, measurements and symptoms of the speaker alone. What is asked, imagined,
denied, over, or somebody else's is told apart by grammar.
"""

from coach.people.health.read import read
from coach.people.health.told import Fact, Measured, Reading, Sign, Standing

__all__ = ["Fact", "Measured", "Reading", "Sign", "Standing", "read"]
