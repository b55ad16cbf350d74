"""What a member types of themself, and what a dietitian sets."""

from typing import Any

from django.db import transaction

from coach.people.actions.measuring import measure
from coach.people.actions.rows import agree, hold
from coach.people.health import Measured
from coach.people.models import Profile, User
from coach.people.models.health import Source

OF_USER = ("display_name", "time_zone", "language", "listening_mode", "noise_reduction")
OF_LISTENING = ("listening_mode", "noise_reduction", "headphones_hint")


@transaction.atomic
def save_profile(user: User, values: dict[str, Any]) -> Profile:
    """Store what `user` says of themself: names of fields of User or Profile with clean values.

    Fields that are not named stay as they are stored now, whatever `user` holds in memory.
    What a dietitian sets (targets) is not theirs to change: those names raise KeyError.
    """
    hold(user)
    profile = Profile.of(user)
    weight = values.get("weight_kg")
    if weight and weight != profile.weight_kg:
        measure(user, [Measured("weight", weight, "kg")], source=Source.TYPED)
    for name, value in values.items():
        if name.startswith("target"):
            raise KeyError(name)
        owner = user if name in OF_USER else profile
        owner._meta.get_field(name)
        setattr(owner, name, value)
    user.save(update_fields=[name for name in values if name in OF_USER])
    profile.save(update_fields=[*(n for n in values if n not in OF_USER), "updated_at"])
    agree(profile, Source.TYPED, values.keys())
    return profile


@transaction.atomic
def save_listening(user: User, values: dict[str, Any]) -> User:
    """Store how talks listen to `user`: names of OF_LISTENING with clean values; others stay."""
    chosen = [name for name in OF_LISTENING if name in values]
    for name in chosen:
        setattr(user, name, values[name])
    user.save(update_fields=chosen)
    return user


@transaction.atomic
def set_targets(profile: Profile, by: User, targets: dict[str, int | None]) -> Profile:
    """Store a dietitian's targets by name, e.g. {"kcal": 1900}; None goes back to the formula."""
    hold(profile.user)
    profile.refresh_from_db()
    for name, value in targets.items():
        profile._meta.get_field(f"target_{name}")
        setattr(profile, f"target_{name}", value)
    set_any = any(
        getattr(profile, f"target_{name}")
        for name in ("kcal", "protein_g", "carbohydrate_g", "fat_g")
    )
    profile.targets_by = by if set_any else None
    profile.save()
    return profile
