"""Who uses Coachline, and what they tell of themselves."""

from coach.people.models.health import HealthFact, Measurement, MemoryItem
from coach.people.models.profile import Profile
from coach.people.models.user import (
    ListeningMode,
    NoiseReduction,
    User,
    UserManager,
    valid_time_zone,
)

__all__ = [
    "HealthFact",
    "ListeningMode",
    "Measurement",
    "MemoryItem",
    "NoiseReduction",
    "Profile",
    "User",
    "UserManager",
    "valid_time_zone",
]
