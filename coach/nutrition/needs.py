"""What a member must not or does not eat: from their profile, and from a dietitian's plan."""

import re
from dataclasses import dataclass
from typing import Final

from coach.nutrition.advice.reviewed import avoided_with
from coach.nutrition.foods.avoided import (
    NOT_AVOIDED,
    Avoided,
    allergies_in,
    styles_in,
    without_in,
)
from coach.nutrition.targets.safeguards import may_hear_numbers, told_of
from coach.talk.registries.plans import Plan, plan_of
from coach.types import Member, Profile

# Orders of a plan as they are chosen at hand-back, or as an expert writes them.
NO_NUMBERS: Final = re.compile(r"\bno[ _](?:calorie )?(?:numbers|calories)\b", re.IGNORECASE)
NO_ADVICE: Final = re.compile(r"\bno[ _](?:food )?advice\b", re.IGNORECASE)


@dataclass(frozen=True)
class Needs:
    """`told` is what the profile says of conditions, medicines, pregnancy, and of allergies, as
    which some tell a condition. `medical`: whether it says anything but allergies.
    """

    allergies: Avoided
    style: Avoided
    told: str
    medical: bool
    plan: Plan | None
    planned: Avoided  # what the plan leaves out
    numbers: bool  # whether amounts may be said

    @property
    def no_advice(self) -> bool:
        """Whether the plan forbids proposals until a dietitian has spoken."""
        return self.plan is not None and any(NO_ADVICE.search(one) for one in self.plan.keep_to)

    @property
    def health(self) -> Avoided:
        """What reviewed advice leaves out for the member's conditions."""
        return Avoided(avoided_with(self.told))


def needs_of(member: Member) -> Needs:
    """Read anew each time: a profile or a plan may change during a talk."""
    profile: Profile | None = getattr(member, "profile", None)
    plan = plan_of(member)
    orders = [*plan.keep_to, plan.note] if plan else []
    silent = any(NO_NUMBERS.search(order) for order in orders)
    planned = NOT_AVOIDED
    for order in orders:
        planned |= without_in(order)
    return Needs(
        allergies=allergies_in(profile.allergies) if profile else NOT_AVOIDED,
        style=styles_in(profile.eating_style) if profile else NOT_AVOIDED,
        told=_told(profile),
        medical=bool(profile and (told_of(profile).strip() or profile.pregnant)),
        plan=plan,
        planned=planned,
        numbers=may_hear_numbers(member) and not silent,
    )


def _told(profile: Profile | None) -> str:
    if profile is None:
        return ""
    # An intolerance may be told as an allergy or as a condition.
    words = f"{told_of(profile)} {profile.allergies}".strip()
    words += " medicines" if profile.medicines else ""
    return f"{words} pregnant" if profile.pregnant else words
