"""Whether numbers of the body may be said or shown to a member: the rule is another room's."""

from collections.abc import Callable

from coach.types import Member

Rule = Callable[[Member], bool]

_rules: list[Rule] = []


def numbers_while(rule: Rule) -> Rule:
    """Register what must hold for a member to hear numbers."""
    _rules.append(rule)
    return rule


def may_hear_numbers(member: Member) -> bool:
    """Whether every rule allows numbers on this member's own screen and in their talk."""
    return all(rule(member) for rule in _rules)
