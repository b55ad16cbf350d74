"""The registry of reasons for which no budget stops a member: money never cuts off safety."""

from collections.abc import Callable

Reason = Callable[[int], bool]  # a member's id -> whether no budget may stop them now

_reasons: list[Reason] = []


def never_stopped_while(reason: Reason) -> Reason:
    """Register a reason that a feature keeps in its own rows."""
    _reasons.append(reason)
    return reason


def is_never_stopped(member_id: int) -> bool:
    """Whether some feature has a reason now for which no budget may stop this member."""
    return any(reason(member_id) for reason in _reasons)
