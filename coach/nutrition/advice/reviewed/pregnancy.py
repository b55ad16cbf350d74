"""Reviewed advice for pregnancy."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from coach.nutrition.advice.reviewed.rule import Level, Rule
from coach.nutrition.foods.word_forms import words_of

PREGNANT: Final = "pregnan"

PREGNANCY_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        PREGNANT,
        words_of("raw_fish"),
        Level.AVOID,
        _(
            "In pregnancy, raw or smoked fish and raw shellfish are best left out, unless"
            " cooked through."
        ),
        _("the FDA and the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("high_mercury"),
        Level.AVOID,
        _("In pregnancy, fish with a lot of mercury, such as swordfish or shark, are left out."),
        _("the FDA and the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("tuna"),
        Level.CARE,
        _("In pregnancy, tuna is limited because of its mercury."),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("soft_cheese"),
        Level.AVOID,
        _(
            "In pregnancy, soft cheeses that are ripened by mould, blue cheeses and "
            "unpasteurised milk are left out, unless cooked until hot."
        ),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("liver"),
        Level.AVOID,
        _("In pregnancy, liver and pâté are left out because of their vitamin A."),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("raw_meat"),
        Level.AVOID,
        _("In pregnancy, raw, rare and cured meats are best left out, unless cooked through."),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("raw_egg"),
        Level.CARE,
        _(
            "In pregnancy, eggs and dishes with them are best well cooked, unless the "
            "eggs carry a safety mark."
        ),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("sprouts"),
        Level.CARE,
        _("In pregnancy, sprouts are best cooked until hot."),
        _("the FDA"),
    ),
    Rule(
        PREGNANT,
        words_of("alcohol"),
        Level.AVOID,
        _("In pregnancy, no alcohol is the safest."),
        _("the NHS"),
    ),
    Rule(
        PREGNANT,
        words_of("caffeine"),
        Level.CARE,
        _("In pregnancy, caffeine is limited over the whole day."),
        _("the NHS"),
    ),
)
