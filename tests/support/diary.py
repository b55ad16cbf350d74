"""What the diary's tests share: a member with a clock, and the whole diary as plain data."""

from datetime import UTC, datetime
from typing import Any

from coach.nutrition.actions.history import snapshot
from coach.nutrition.models.diary import Meal
from coach.people.models import Profile, User

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)  # 13:00 in Athens


def make_member(
    email: str = "maya@example.org", zone: str = "Europe/Athens", **profile: Any
) -> User:
    member = User.objects.create_user(email, display_name="Maya", time_zone=zone)
    Profile.objects.create(user=member, **profile)
    return member


def state(member: User) -> dict[int, Any]:
    """Every kept meal of `member` with its items, without the keys of foods."""
    return {
        meal.pk: snapshot(meal)
        for meal in Meal.objects.for_member(member).order_by("pk")
        if snapshot(meal)
    }


def names(meal: Meal) -> list[str]:
    return [item.name.lower() for item in meal.items.all()]
