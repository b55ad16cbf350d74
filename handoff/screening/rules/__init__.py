"""The rules by kind, in the order in which they are tried."""

from handoff.screening.patterns import Rule
from handoff.screening.rules import coach, eating, medical, people, self_harm

MEMBER_RULES: tuple[Rule, ...] = (
    *self_harm.RULES,
    *eating.RULES,
    *medical.RULES,
    *people.RULES,
)
COACH_RULES: tuple[Rule, ...] = coach.RULES
