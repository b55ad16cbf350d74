"""Reviewed advice for conditions of long standing."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from coach.nutrition.advice.reviewed.rule import Level, Rule
from coach.nutrition.foods.word_forms import words_of

DIABETES: Final = r"diabet|insulin|metformin|gliclazide|blood sugar"
KIDNEY: Final = (
    r"kidney (?:disease|failure|condition)|\bckd\b|renal|dialysis|bad kidneys|my kidneys"
)
BLOOD_PRESSURE: Final = r"blood pressure|hypertens|heart failure"

CONDITIONS_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        DIABETES,
        words_of("sugary"),
        Level.CARE,
        _(
            "With diabetes, sweet foods and drinks raise blood sugar fast, so they are "
            "kept small and rare."
        ),
        _("the NHS"),
    ),
    Rule(
        DIABETES,
        words_of("fruit"),
        Level.EASY,
        _(
            "With diabetes, whole fruit can be part of what you eat; it holds sugar of "
            "its own, so the portion counts."
        ),
        _("Diabetes UK"),
    ),
    Rule(
        DIABETES,
        words_of("starchy"),
        Level.CARE,
        _(
            "With diabetes, starchy foods count as carbohydrate, so the portion matters, "
            "and wholegrain is the better choice."
        ),
        _("Diabetes UK"),
    ),
    Rule(
        DIABETES,
        words_of("alcohol"),
        Level.CARE,
        _(
            "With diabetes, alcohol can lower blood sugar, even hours later, so never on "
            "an empty stomach."
        ),
        _("the NHS"),
    ),
    Rule(
        KIDNEY,
        words_of("star_fruit"),
        Level.AVOID,
        _("With kidney disease, star fruit is dangerous and is left out."),
        _("the National Kidney Foundation"),
    ),
    Rule(
        KIDNEY,
        words_of("potassium"),
        Level.CARE,
        _(
            "With kidney disease, foods with a lot of potassium may have to be limited; "
            "your blood tests decide that."
        ),
        _("the NIDDK"),
    ),
    Rule(
        KIDNEY,
        words_of("phosphate"),
        Level.CARE,
        _(
            "With kidney disease, foods with a lot of phosphate may have to be limited; "
            "your blood tests decide that."
        ),
        _("the NIDDK"),
    ),
    Rule(
        KIDNEY,
        words_of("salty"),
        Level.CARE,
        _("With kidney disease, salty foods are limited."),
        _("the NIDDK"),
    ),
    Rule(
        BLOOD_PRESSURE,
        words_of("salty"),
        Level.CARE,
        _("With high blood pressure, salty foods are kept small and rare."),
        _("the NHS"),
    ),
    Rule(
        BLOOD_PRESSURE,
        words_of("licorice"),
        Level.AVOID,
        _("Liquorice can raise blood pressure, so it is left out."),
        _("the NHS"),
    ),
    Rule(
        BLOOD_PRESSURE,
        words_of("caffeine"),
        Level.CARE,
        _("With high blood pressure, a lot of caffeine is not advised."),
        _("the NHS"),
    ),
    Rule(
        BLOOD_PRESSURE,
        words_of("alcohol"),
        Level.CARE,
        _("With high blood pressure, little alcohol is advised."),
        _("the NHS"),
    ),
    Rule(
        r"cholesterol|heart disease|triglycerid",
        words_of("fatty"),
        Level.CARE,
        _("With high cholesterol, foods with a lot of saturated fat are kept small and rare."),
        _("the NHS"),
    ),
    Rule(
        r"cholesterol",
        words_of("egg"),
        Level.EASY,
        _(
            "The cholesterol in eggs matters less than saturated fat does; most people "
            "can eat eggs as part of a balanced diet."
        ),
        _("the NHS"),
    ),
    Rule(
        r"coeliac|celiac",
        words_of("gluten"),
        Level.AVOID,
        _("With coeliac disease, everything with gluten is left out, also in small amounts."),
        _("Coeliac UK"),
    ),
    Rule(
        r"lactose",
        words_of("milk"),
        Level.CARE,
        _(
            "With lactose intolerance, milk and soft dairy often cause trouble; hard "
            "cheese and lactose-free milk usually less."
        ),
        _("the NHS"),
    ),
    Rule(
        r"\bgout\b",
        words_of("purine"),
        Level.CARE,
        _(
            "With gout, foods with a lot of purines and beer can bring on an attack, so "
            "they are kept rare."
        ),
        _("the NHS"),
    ),
    Rule(
        r"\bgout\b",
        words_of("alcohol"),
        Level.CARE,
        _("With gout, alcohol and beer above all can bring on an attack."),
        _("the NHS"),
    ),
    Rule(
        r"\bgout\b",
        words_of("pulse"),
        Level.EASY,
        _("With gout, beans and lentils are usually no problem."),
        _("the NHS"),
    ),
    Rule(
        r"reflux|heartburn|\bgerd\b|\bgord\b|hiat",
        words_of("fatty spicy citrus tomato mint caffeine alcohol fried"),
        Level.CARE,
        _(
            "With reflux, some foods make it worse, often fatty, spicy, sour or minty "
            "ones, coffee and alcohol; what triggers it differs from person to person."
        ),
        _("the NHS"),
    ),
    Rule(
        r"irritable bowel|\bibs\b|fodmap",
        words_of("fodmap large_meal_gas"),
        Level.CARE,
        _(
            "With an irritable bowel, some foods, such as onions, beans and some fruit, "
            "trouble some people; a dietitian can help to find out which."
        ),
        _("the NHS"),
    ),
    Rule(
        r"gallstone|gall ?bladder",
        words_of("fatty fried"),
        Level.CARE,
        _("With gallstones, fatty foods often bring on pain."),
        _("the NHS"),
    ),
    Rule(
        r"liver|cirrhosis|hepatitis|pancreatitis",
        words_of("alcohol"),
        Level.AVOID,
        _("With a condition of the liver or the pancreas, no alcohol is advised."),
        _("the NHS"),
    ),
    Rule(
        r"cirrhosis|liver disease|haemochromatosis|hemochromatosis",
        words_of("raw_fish"),
        Level.AVOID,
        _("With a liver condition, raw shellfish is left out because of infections."),
        _("the FDA"),
    ),
    Rule(
        r"haemochromatosis|hemochromatosis",
        words_of("alcohol"),
        Level.CARE,
        _("With haemochromatosis, little or no alcohol is advised."),
        _("the NHS"),
    ),
    Rule(
        r"favism|g6pd",
        words_of("pulse"),
        Level.CARE,
        _(
            "With G6PD deficiency, broad beans (fava beans) are dangerous and are left "
            "out; ask about other beans."
        ),
        _("the NHS"),
    ),
    Rule(
        r"phenylketonuria|\bpku\b",
        words_of("milk egg fish poultry beef pork lamb other_meat pulse tree_nut peanut soy"),
        Level.AVOID,
        _(
            "With phenylketonuria, foods with a lot of protein are left out or measured "
            "by your team."
        ),
        _("the NHS"),
    ),
    Rule(
        r"hyperthyroid|overactive thyroid|graves",
        words_of("seaweed caffeine"),
        Level.CARE,
        _(
            "With an overactive thyroid, seaweed is limited for its iodine, and caffeine "
            "can make the heart race."
        ),
        _("the British Thyroid Foundation"),
    ),
    Rule(
        r"epilep|migraine",
        words_of("alcohol"),
        Level.CARE,
        _("With epilepsy or migraine, alcohol can bring on an attack."),
        _("the NHS"),
    ),
    Rule(
        r"migraine",
        words_of("tyramine caffeine"),
        Level.CARE,
        _(
            "With migraine, aged cheese, cured meat or a change of caffeine set it off "
            "for some people and not for others."
        ),
        _("the NHS"),
    ),
    Rule(
        r"an?aemi",
        words_of("caffeine"),
        Level.CARE,
        _(
            "With too little iron, tea and coffee are best taken between meals, because "
            "they hinder iron."
        ),
        _("the NHS"),
    ),
    Rule(
        r"diverticulitis|stoma|crohn|colitis|gastroparesis|stomach surgery|bariatric"
        r"|gastric (?:bypass|sleeve)",
        words_of("hard_nut fried fatty spicy"),
        Level.CARE,
        _(
            "With your condition, what you tolerate differs from person to person, and "
            "your team's advice goes before mine."
        ),
        _("the NHS"),
    ),
)
