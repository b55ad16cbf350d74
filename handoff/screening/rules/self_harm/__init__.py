"""Suicide and self-injury (SI-5, SI-3, SI-1, SH)."""

from handoff.screening.rules.self_harm import (
    other_injuries,
    passive_wishes,
    preparations,
    self_injury,
    suicidal_thoughts,
    suicide_plans,
)

RULES = (
    *suicide_plans.RULES,
    *preparations.RULES,
    *suicidal_thoughts.RULES,
    *passive_wishes.RULES,
    *self_injury.RULES,
    *other_injuries.RULES,
)
