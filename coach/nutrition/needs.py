"""What a member must not or does not eat: from their profile, and from a dietitian's plan."""

from dataclasses import dataclass

from coach.nutrition.advice.reviewed import avoided_with
from coach.nutrition.foods.avoided import (
    NOT_AVOIDED,
    Avoided,
    allergies_in,
    styles_in,
    without_in,
)
from coach.nutrition.targets.safeguards import may_hear_numbers, told_of
from coach.talk.registries.orders import NO_ADVICE, orders_of
from coach.talk.registries.plans import Plan, plan_of
from coach.types import Member, Profile


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
    no_advice: bool = False  # an expert ordered to propose and judge nothing until they have met

    @property
    def health(self) -> Avoided:
        """What reviewed advice leaves out for the member's conditions."""
        return Avoided(avoided_with(self.told))


def needs_of(member: Member) -> Needs:
    """Read anew each time: a profile or a plan may change during a talk."""
    profile: Profile | None = getattr(member, "profile", None)
    plan, orders = plan_of(member), orders_of(member)
    planned = NOT_AVOIDED
    for words in (*orders.others, plan.note if plan else ""):
        planned |= without_in(words)
    return Needs(
        allergies=allergies_in(profile.allergies) if profile else NOT_AVOIDED,
        style=styles_in(profile.eating_style) if profile else NOT_AVOIDED,
        told=_told(profile),
        medical=bool(profile and (told_of(profile).strip() or profile.pregnant)),
        plan=plan,
        planned=planned,
        numbers=may_hear_numbers(member) and orders.energy,
        no_advice=NO_ADVICE in orders.codes,
    )


def _told(profile: Profile | None) -> str:
    if profile is None:
        return ""
    # An intolerance may be told as an allergy or as a condition.
    words = f"{told_of(profile)} {profile.allergies}".strip()
    words += " medicines" if profile.medicines else ""
    return f"{words} pregnant" if profile.pregnant else words
