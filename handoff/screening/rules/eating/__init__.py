"""Eating disorders (ED-E, ED-H, ED-S) and weight (MED-W)."""

from handoff.screening.rules.eating import behaviours, emergencies, hidden, signs

RULES = (
    *emergencies.RULES,
    *behaviours.RULES,
    *hidden.RULES,
    *signs.RULES,
)
