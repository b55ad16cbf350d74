"""Who must not be helped with a weight goal by a coach: signs that other rooms know."""

from collections.abc import Callable

from coach.types import Member

Concern = Callable[[Member], str]  # why numbers could harm this member; "" where they may not

_concerns: list[Concern] = []


def watch_goals(concern: Concern) -> Concern:
    """Register a reason that another room keeps."""
    _concerns.append(concern)
    return concern


def why_no_goal(member: Member) -> str:
    """The first reason, in words for the member; empty where there is none."""
    return next((why for concern in _concerns if (why := concern(member))), "")
