"""Who gets no numbers from a formula, because a number could harm."""

import re
from collections.abc import Callable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.types import Member, Profile

# What a member writes of conditions and medicines → what we call it when we say why.
CAREFUL: tuple[tuple[str, str | Promise], ...] = (
    (r"kidney|\bckd\b|renal|dialysis", gettext_lazy("a kidney condition")),
    (
        r"diabet|insulin|gliclazide|glipizide|glimepiride|blood sugar",
        gettext_lazy("diabetes"),
    ),
    (r"liver|cirrhosis|hepatitis", gettext_lazy("a liver condition")),
    (r"heart failure", gettext_lazy("heart failure")),
    (r"cancer|chemo|tumou?r", gettext_lazy("cancer")),
    (r"bariatric|gastric (?:bypass|sleeve)", gettext_lazy("stomach surgery")),
    (r"transplant", gettext_lazy("a transplant")),
    (r"ozempic|wegovy|semaglutide|mounjaro|tirzepatide", gettext_lazy("your medicine")),
)
EATING_DISORDER = re.compile(r"anorexi|bulimi|eating disorder|binge.?eat|orthorexi", re.IGNORECASE)

# The wiring lets other rooms say that numbers could harm somebody now.
Concern = Callable[[Member], bool]
_concerns: list[Concern] = []


def watch_for(concern: Concern) -> Concern:
    """Register a sign of disordered eating that is kept elsewhere, e.g. an open safety flag."""
    _concerns.append(concern)
    return concern


def told_of(profile: Profile | None) -> str:
    """What the member wrote of conditions and medicines."""
    return f"{profile.conditions} {profile.medicines}" if profile else ""


def may_have_an_eating_disorder(member: Member, profile: Profile | None) -> bool:
    """Whether the profile says so, or a sign of it is kept elsewhere."""
    if profile and (profile.eating_concern or EATING_DISORDER.search(told_of(profile))):
        return True
    return any(concern(member) for concern in _concerns)


def may_hear_numbers(member: Member) -> bool:
    """Whether amounts may be said to this member at all, be it of what they ate."""
    return not may_have_an_eating_disorder(member, getattr(member, "profile", None))


def why_no_numbers(member: Member, profile: Profile | None, day: date) -> str:
    """Why a formula must not give this member numbers; empty when it may."""
    if may_have_an_eating_disorder(member, profile):
        return _(
            "I leave calorie goals out for you. A dietitian can look at this with you, without"
            " any numbers if you like."
        )
    if profile is None:
        return ""
    age = profile.age_on(day)
    if age is not None and age < 18:
        return _("While you are growing, a dietitian should set targets, not a formula.")
    if profile.pregnant:
        return _(
            "During pregnancy and breastfeeding a dietitian should set your targets, not a formula."
        )
    for pattern, name in CAREFUL:
        if re.search(pattern, told_of(profile), re.IGNORECASE):
            return _("Because of %(condition)s, only a dietitian should set your targets.") % {
                "condition": name
            }
    return ""
