"""Which targets a member has: a dietitian's, the formula's, or none and why."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.nutrition.diary_clock import today
from coach.nutrition.targets.formula import Body, from_formula
from coach.nutrition.targets.safeguards import why_no_numbers
from coach.nutrition.targets.values import Target, Targets
from coach.types import Member, Profile

NEEDED = {
    "born_on": gettext_lazy("your date of birth"),
    "sex": gettext_lazy("your sex for the energy formula"),
    "height_cm": gettext_lazy("your height"),
    "weight_kg": gettext_lazy("your weight"),
    "activity": gettext_lazy("how active you are"),
}


def targets_for(member: Member, day: date | None = None) -> Targets:
    """Targets of `member` for `day` (default: their today), from `member.profile`."""
    profile: Profile | None = getattr(member, "profile", None)
    given = _dietitian(profile)
    source = "dietitian" if given else ""
    if "kcal" in given:
        return Targets(**given, source=source)
    day = day or today(member)
    if held_back := why_no_numbers(member, profile, day):
        return Targets(**given, source=source, why=held_back, offer_person=True)
    body = _body(profile, day)
    if body is None:
        missing = _missing(profile)
        return Targets(**given, source=source, missing=missing, why=_ask_for(missing))
    return Targets(**{**vars(from_formula(body)), **given})


def _dietitian(profile: Profile | None) -> dict[str, Any]:
    """The targets that a dietitian set, by the names of `Targets`."""
    names = ("kcal", "protein_g", "carbohydrate_g", "fat_g")
    values = {name: getattr(profile, f"target_{name}", None) for name in names}
    return {name: Target.around(value) for name, value in values.items() if value}


def _body(profile: Profile | None, day: date) -> Body | None:
    """What the formula needs, or None where some of it is not known."""
    if profile is None or _missing(profile):
        return None
    age, height, weight = profile.age_on(day), profile.height_cm, profile.weight_kg
    if age is None or height is None or weight is None:
        return None
    return Body(profile.sex, age, height, weight, profile.activity, profile.goal)


def _missing(profile: Profile | None) -> tuple[str, ...]:
    return tuple(name for name in NEEDED if not getattr(profile, name, None))


def _ask_for(missing: tuple[str, ...]) -> str:
    names = [str(NEEDED[name]) for name in missing]
    listed = (
        names[0]
        if len(names) == 1
        else _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
    )
    return _("To work out your targets I still need %(facts)s. You can add it in your profile.") % {
        "facts": listed
    }
