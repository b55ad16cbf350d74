"""Bodies in danger (MED-E, MED-U, MED-S, SUP, SUB)."""

from handoff.screening.rules.medical import blood_sugar, diets_and_substances, emergencies, urgent

RULES = (
    *emergencies.RULES,
    *blood_sugar.RULES,
    *urgent.RULES,
    *diets_and_substances.RULES,
)
