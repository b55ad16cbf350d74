"""Suicide and self-injury (SI-5, SI-3, SI-1, SH)."""

from handoff.screening.rules.self_harm import self_injury, suicidal_thoughts, suicide_plans

RULES = (
    *suicide_plans.RULES,
    *suicidal_thoughts.RULES,
    *self_injury.RULES,
)
