"""What the coach may ask of the member's profile."""

import re
from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.people.models import Profile, User
from coach.talk.registries.tools import Said, ToolCallContext, ToolResult, tool


class GetProfile(msgspec.Struct):
    said: Said = ""


@tool(
    "get_profile",
    "Look up what the member has told us about themself: name, age, height, weight, activity, goal,"
    " allergies, conditions, medicines, eating style, targets set by a dietitian. Use before advice"
    " that depends on any of these.",
    examples=[
        "what do you know about me",
        "what's my weight",
        "how tall am I",
        "am I allergic to anything",
        "what is my goal",
        "do you know my allergies and conditions",
        "what's in my profile",
        "which medicines do I take",
        "how old am I",
        "am I vegetarian",
    ],
    reads_only=True,
)
def get_profile(call: ToolCallContext, args: GetProfile) -> ToolResult:
    member: User = call.member
    profile = Profile.objects.filter(user=member).first() or Profile(user=member)
    return ToolResult(say=answer(member, profile, args.said), data={"profile": facts(profile)})


def facts(profile: Profile) -> dict[str, object]:
    """What is known, in the units of the names; what is unknown is left out."""
    known: dict[str, object] = {
        "name": profile.user.name,
        "age_years": profile.age,
        "sex": profile.sex,
        "height_cm": profile.height_cm,
        "weight_kg": profile.weight_kg,
        "activity": profile.activity and profile.get_activity_display(),
        "goal": profile.get_goal_display(),
        "pregnant_or_breastfeeding": profile.pregnant,
        "allergies": profile.allergies,
        "conditions": profile.conditions,
        "medicines": profile.medicines,
        "eating_style": profile.eating_style,
        "dietitian_targets": {
            name: value
            for name in ("kcal", "protein_g", "carbohydrate_g", "fat_g")
            if (value := getattr(profile, f"target_{name}"))
        },
    }
    return {name: value for name, value in known.items() if value not in (None, "", {}, False)}


def answer(member: User, profile: Profile, said: str) -> str:
    """One sentence with what was asked for, or with everything when nothing in particular was."""
    for words, sentence in ASKED:
        if re.search(words, said, re.IGNORECASE):
            return sentence(profile)
    told = [
        part(profile)
        for part, known in (
            (_age, profile.born_on),
            (_height, profile.height_cm),
            (_weight, profile.weight_kg),
            (_allergies, profile.allergies),
            (_conditions, profile.conditions),
            (_goal, True),
        )
        if known
    ]
    return " ".join([_("You are called %(name)s.") % {"name": member.name}, *told])


def _ask(what: str) -> str:
    return _("You have not told me %(what)s yet. You can add it in your profile.") % {"what": what}


def _weight(profile: Profile) -> str:
    if not profile.weight_kg:
        return _ask(_("your weight"))
    return _("You weigh %(kg)s kilograms.") % {"kg": f"{profile.weight_kg:g}"}


def _height(profile: Profile) -> str:
    if not profile.height_cm:
        return _ask(_("your height"))
    return _("You are %(cm)s centimetres tall.") % {"cm": f"{profile.height_cm:g}"}


def _age(profile: Profile) -> str:
    age = profile.age
    if age is None:
        return _ask(_("your date of birth"))
    return ngettext("You are %(age)d year old.", "You are %(age)d years old.", age) % {"age": age}


def _allergies(profile: Profile) -> str:
    if not profile.allergies:
        return _("You have not told me of any allergies.")
    return _("You told me about these allergies: %(list)s.") % {"list": profile.allergies}


def _conditions(profile: Profile) -> str:
    if not profile.conditions:
        return _("You have not told me of any conditions.")
    return _("You told me about: %(list)s.") % {"list": profile.conditions}


def _medicines(profile: Profile) -> str:
    if not profile.medicines:
        return _("You have not told me of any medicines.")
    return _("You told me that you take: %(list)s.") % {"list": profile.medicines}


def _goal(profile: Profile) -> str:
    return {
        Profile.Goal.MAINTAIN: _("Your goal is to stay as you are."),
        Profile.Goal.LOSE: _("Your goal is to lose weight gently."),
        Profile.Goal.GAIN: _("Your goal is to gain weight."),
    }[Profile.Goal(profile.goal)]


def _activity(profile: Profile) -> str:
    if not profile.activity:
        return _ask(_("how active you are"))
    return _("Your activity is: %(activity)s.") % {"activity": profile.get_activity_display()}


def _style(profile: Profile) -> str:
    if not profile.eating_style:
        return _ask(_("how you eat"))
    return _("You told me how you eat: %(style)s.") % {"style": profile.eating_style}


def _name(profile: Profile) -> str:
    return _("You are called %(name)s.") % {"name": profile.user.name}


def _zone(profile: Profile) -> str:
    return _("Your time zone is %(zone)s.") % {
        "zone": profile.user.time_zone.replace("_", " ").replace("/", ", ")
    }


ASKED: tuple[tuple[str, Callable[[Profile], str]], ...] = (
    (r"\ballerg|\bintoleran", _allergies),
    (r"\bconditions?\b|\billness|\bdiagnos|\bhealth problem", _conditions),
    (r"\bmedic(?:ine|ation)|\bpills?\b|\btablets?\b|\bdrugs?\b", _medicines),
    (r"\bweigh|\bheavy\b|\bkilos?\b", _weight),
    (r"\btall\b|\bheight\b", _height),
    (r"\bage\b|\bold am i\b|\bbirth", _age),
    (r"\bgoal\b|\baim\b", _goal),
    (r"\bactiv|\bexercise\b", _activity),
    (r"\bdiet\b|\beating style\b|\bvegetarian\b|\bvegan\b|\bhow (?:do )?i eat\b", _style),
    (r"\btime ?zone\b", _zone),
    (r"\bmy name\b|\bcalled\b|\bwho am i\b", _name),
)
