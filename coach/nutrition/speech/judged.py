"""What is said of a food for a member: the profile, the plan and reviewed texts, word for word."""

from django.utils.translation import gettext as _

from coach.nutrition.advice.asked import ARTICLES
from coach.nutrition.advice.judge import Judged, Verdict
from coach.nutrition.day import day_for
from coach.nutrition.foods.classes import class_names
from coach.nutrition.foods.search import STOP
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.speech.labels import labels_of
from coach.nutrition.speech.phrasing import listed, rounded, spoken
from coach.types import Member

SUGAR_MATTERS = "diabet"
MOST_OF_A_NAME = 4  # words that are said again as the name of a food


def say_judged(judged: Judged, member: Member) -> str:
    """A sentence or two. `offer` follows it where the talk can call a dietitian."""
    said = {
        Verdict.UNASKED: _unasked,
        Verdict.UNKNOWN: _unknown,
        Verdict.PLAN: _plan,
        Verdict.CONTAINS: _contains,
        Verdict.MAY_CONTAIN: _may_contain,
        Verdict.ADVICE: _advice,
        Verdict.ORDERED: _ordered,
        Verdict.STYLE: _style,
        Verdict.NOTHING: _nothing,
    }[judged.verdict](judged)
    parts = [said, _beside(judged), _figures(judged, member), _unchecked(judged)]
    return " ".join(filter(None, parts))


def offer(judged: Judged) -> str:
    """The question that a yes answers, where the member's own is medical; or ""."""
    # What the dietitian said already is no question for them.
    asked = judged.verdict is not Verdict.UNASKED or bool(judged.asked.told)
    if not asked or judged.verdict is Verdict.PLAN or not judged.medical:
        return ""
    return _("Shall I ask a dietitian?")


def _food(judged: Judged) -> str:
    """What was asked about, as it was said; of more words than name the foods, those foods."""
    names = [food.name[:1].lower() + food.name[1:] for food in judged.foods]
    named = {key for name in names for key in keys(name)}
    said = set(keys(judged.asked.foods)) - ARTICLES - STOP
    return listed(names) if names and named < said else judged.asked.foods


def _unasked(judged: Judged) -> str:
    return _not_mine() if judged.asked.told else _("Which food do you mean?")


def _not_mine() -> str:
    return _("I can't judge that myself.")


def _unknown(judged: Judged) -> str:
    if judged.foods:
        return _("I don't know what %(food)s is made of, so I can't tell.") % {
            "food": _food(judged)
        }
    if len(judged.asked.foods.split()) > MOST_OF_A_NAME:
        return _not_mine()  # so many words are no food's name
    return _("I don't have %(food)s in my tables, so I can't tell.") % {"food": _food(judged)}


def _plan(judged: Judged) -> str:
    assert judged.needs.plan is not None
    if not judged.needs.plan.quotable:
        return _("Leave out %(food)s for now: %(expert)s, asked me to say so.") % {
            "food": _food(judged),
            "expert": judged.needs.plan.by,
        }
    by = judged.needs.plan.by
    return _("%(expert)s noted for you: “%(note)s”") % {
        "expert": f"{by}," if "," in by else by,  # "Asha, dietitian, noted"
        "note": judged.planned,
    }


def _beside(judged: Judged) -> str:
    """What the plan says beside an allergy."""
    return _plan(judged) if judged.planned and judged.verdict is not Verdict.PLAN else ""


def _of_allergy(judged: Judged) -> str:
    """What was hit: a class that has a name, else the single food."""
    classes = judged.because & class_names()
    return listed(labels_of(classes or judged.because))


def _contains(judged: Judged) -> str:
    return _("No: leave out %(food)s, because of your allergy to %(allergens)s.") % {
        "food": _food(judged),
        "allergens": _of_allergy(judged),
    }


def _may_contain(judged: Judged) -> str:
    return _(
        "Take care with %(food)s: there may be %(allergens)s in it, and you have an allergy to"
        " that. Only the label or the cook can tell."
    ) % {"food": _food(judged), "allergens": _of_allergy(judged)}


def _advice(judged: Judged) -> str:
    told = [
        _("%(advice)s That is from %(source)s.") % {"advice": rule.advice, "source": rule.source}
        for rule in judged.rules
    ]
    return " ".join(told)


def _ordered(_judged: Judged) -> str:
    return _("I leave that to your expert, as they asked me to.")


def _style(judged: Judged) -> str:
    said = _("Your profile says that you leave out %(what)s, and that is in %(food)s.")
    return said % {
        "food": _food(judged),
        "what": listed(labels_of(judged.because)),
    }


def _nothing(judged: Judged) -> str:
    return _("Nothing in your profile speaks against %(food)s.") % {"food": _food(judged)}


def _figures(judged: Judged, member: Member) -> str:
    """What is in the portion, where that helps: carbohydrate with diabetes, energy for a day."""
    if not judged.needs.numbers or not judged.foods:
        return ""
    told = f"{judged.needs.told} {judged.asked.told}".lower()
    kcal = sum(food.kcal for food in judged.foods)
    if judged.verdict is Verdict.ADVICE and SUGAR_MATTERS in told:
        carbohydrate = sum(food.nutrients["carbohydrate_g"] for food in judged.foods)
        return _("In %(food)s, about %(grams)s grams, there are %(carbohydrate)s.") % {
            "food": listed([food.spoken for food in judged.foods]),
            "grams": rounded(sum(food.grams for food in judged.foods)),
            "carbohydrate": spoken(carbohydrate, "carbohydrate_g"),
        }
    if judged.verdict is not Verdict.NOTHING:
        return ""
    energy = day_for(member).energy
    if judged.asked.fits and energy.target:
        fits = (
            _("It has about %(kcal)s, and you have %(left)s left today.")
            if kcal <= energy.left
            else _("It has about %(kcal)s, which is more than the %(left)s left today.")
        )
        return fits % {"kcal": spoken(kcal, "kcal"), "left": spoken(energy.left, "kcal")}
    return _("It has about %(kcal)s.") % {"kcal": spoken(kcal, "kcal")}


def _unchecked(judged: Judged) -> str:
    # What a plan leaves out and no table knows is not checked either.
    unknown = (judged.needs.allergies | judged.needs.planned).unknown
    if not unknown or judged.verdict in (Verdict.UNASKED, Verdict.CONTAINS):
        return ""
    return _("I could not check it for %(foods)s.") % {"foods": listed(list(unknown))}
