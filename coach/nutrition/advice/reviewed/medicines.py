"""Reviewed advice for medicines that do not go with a food."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from coach.nutrition.advice.reviewed.rule import Level, Rule
from coach.nutrition.foods.word_forms import words_of

WARFARIN: Final = r"warfarin|coumadin"
MAOI: Final = r"\bmaois?\b|phenelzine|tranylcypromine|isocarboxazid|moclobemide"
STATIN: Final = r"simvastatin|atorvastatin|lovastatin|\bstatins?\b"

MEDICINES_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        STATIN,
        words_of("grapefruit"),
        Level.AVOID,
        _(
            "Grapefruit changes how some statins work, so it is left out unless your "
            "pharmacist says otherwise."
        ),
        _("the FDA and the NHS"),
    ),
    Rule(
        r"amlodipine|nifedipine|felodipine|ciclosporin|tacrolimus|immunosuppress|buspirone"
        r"|amiodarone|apixaban|rivaroxaban|ticagrelor|blood pressure (?:tablet|medic)",
        words_of("grapefruit"),
        Level.AVOID,
        _(
            "Grapefruit changes how several medicines work, this kind among them, so it "
            "is left out unless your pharmacist says otherwise."
        ),
        _("the FDA"),
    ),
    Rule(
        r"\bmedic|\btablets?\b|\bpills?\b|\bdrugs?\b",
        words_of("grapefruit"),
        Level.CARE,
        _("Grapefruit changes how many medicines work, so ask your pharmacist about yours."),
        _("the FDA"),
    ),
    Rule(
        WARFARIN,
        words_of("vitamin_k"),
        Level.CARE,
        _(
            "With warfarin, foods with a lot of vitamin K are eaten in about the same "
            "amount each week; a sudden change matters."
        ),
        _("the NHS"),
    ),
    Rule(
        WARFARIN,
        words_of("cranberry grapefruit"),
        Level.AVOID,
        _(
            "With warfarin, cranberry and grapefruit are left out, because they can make "
            "it stronger."
        ),
        _("the NHS"),
    ),
    Rule(
        WARFARIN + r"|blood thinner",
        words_of("alcohol"),
        Level.CARE,
        _("With blood thinners, alcohol is kept low, and never a lot at once."),
        _("the NHS"),
    ),
    Rule(
        MAOI,
        words_of("tyramine"),
        Level.AVOID,
        _(
            "With this kind of antidepressant, foods with a lot of tyramine, such as aged"
            " cheese and cured meat, can be dangerous and are left out."
        ),
        _("the NHS"),
    ),
    Rule(
        r"levothyrox|thyroxine|synthroid|thyroid (?:tablet|medic)",
        words_of("soy_or_bran"),
        Level.CARE,
        _(
            "Soy, bran, milk, calcium and coffee can hinder thyroid tablets, so they are "
            "taken some hours apart."
        ),
        _("the NHS"),
    ),
    Rule(
        r"doxycycline|tetracycline|ciprofloxacin|minocycline|lymecycline",
        words_of("dairy_with_medicine"),
        Level.CARE,
        _("Milk products can hinder some antibiotics, so they are taken some hours apart."),
        _("the NHS"),
    ),
    Rule(
        r"metronidazole|tinidazole",
        words_of("alcohol"),
        Level.AVOID,
        _("With this antibiotic, alcohol is left out."),
        _("the NHS"),
    ),
    Rule(
        r"metformin",
        words_of("alcohol"),
        Level.CARE,
        _("With metformin, alcohol is kept low."),
        _("the NHS"),
    ),
    Rule(
        r"\blithium\b",
        words_of("salty caffeine"),
        Level.CARE,
        _("With lithium, the amount of salt and caffeine is best kept the same from day to day."),
        _("the NHS"),
    ),
    Rule(
        r"methotrexate",
        words_of("alcohol"),
        Level.CARE,
        _("With methotrexate, alcohol is kept low, because both can harm the liver."),
        _("the NHS"),
    ),
    Rule(
        r"antidepress|sertraline|fluoxetine|citalopram|antihistamine|epilepsy medic"
        r"|quetiapine|olanzapine|codeine|tramadol|\bmedic|\btablets?\b",
        words_of("alcohol"),
        Level.CARE,
        _("Alcohol does not go with many medicines, so ask your pharmacist about yours."),
        _("the NHS"),
    ),
    Rule(
        r"immunosuppress|tacrolimus|ciclosporin|chemo|transplant",
        words_of("raw_fish raw_meat raw_egg soft_cheese sprouts"),
        Level.AVOID,
        _(
            "With a weak immune system, raw fish, raw meat, raw egg and unpasteurised or "
            "mould-ripened cheese are left out."
        ),
        _("the FDA"),
    ),
)
