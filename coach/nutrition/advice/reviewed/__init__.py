"""What is said of a food to somebody with a condition, a medicine, or who is pregnant.

Each rule is general, cautious advice of a public body, in our words, with its source. It names no
dose and no target, and it never says that something is safe: a dietitian is offered after it. An
installation's dietitian reads these tables before they go to members.
"""

import re
from collections.abc import Iterable
from typing import Final

from coach.nutrition.advice.reviewed.conditions import CONDITIONS_RULES
from coach.nutrition.advice.reviewed.medicines import MEDICINES_RULES
from coach.nutrition.advice.reviewed.pregnancy import PREGNANCY_RULES
from coach.nutrition.advice.reviewed.rule import Level, Rule

__all__ = ["RULES", "Level", "Rule", "avoided_with", "rules_for"]

RULES: Final = (*PREGNANCY_RULES, *CONDITIONS_RULES, *MEDICINES_RULES)


def rules_for(told: str, classes: Iterable[str]) -> list[Rule]:
    """Rules whose condition is in `told` and that name one of `classes`: the strongest first.

    `told`: what a member says of conditions and medicines, "pregnant" among it.
    """
    held = frozenset(classes)
    found = [
        rule for rule in RULES if rule.classes & held and re.search(rule.when, told, re.IGNORECASE)
    ]
    return sorted(found, key=lambda rule: list(Level).index(rule.level))


def avoided_with(told: str) -> frozenset[str]:
    """The classes that the advice leaves out for what is told."""
    return frozenset(
        name
        for rule in RULES
        if rule.level is Level.AVOID and re.search(rule.when, told, re.IGNORECASE)
        for name in rule.classes
    )
