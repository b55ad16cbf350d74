"""Bodies in danger (MED-E, MED-U, MED-S, SUP, SUB)."""

from handoff.screening.rules.medical import (
    blood_sugar,
    diets_and_substances,
    emergencies,
    sudden,
    urgent,
)

RULES = (
    *emergencies.RULES,
    *sudden.RULES,
    *blood_sugar.RULES,
    *urgent.RULES,
    *diets_and_substances.RULES,
)
