"""What is promised to members, by tier, and when a clock strikes that counts it."""

from datetime import datetime

from handoff.models import ServiceClock, Tier
from handoff.opening import desk_hours
from handoff.timeouts import FIRST_WORD, FOLLOWED_UP, NEXT_WORD, RESOLVED, TARGET

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage
SHARES = {Stage.HALF: 0.5, Stage.MOST: 0.8, Stage.BREACHED: 1.0, Stage.AGAIN: 1.2}
LIMITS = {
    Kind.ACCEPT: TARGET,
    Kind.FIRST_WORD: FIRST_WORD,
    Kind.NEXT_WORD: NEXT_WORD,
    Kind.CONTACT: TARGET,
    Kind.RESOLUTION: RESOLVED,
}
AFTER_TALK = LIMITS | {Kind.FIRST_WORD: FOLLOWED_UP}
# Whoever has accepted is there: their words do not wait for the next opening.
IN_OPEN_HOURS = (Kind.ACCEPT, Kind.CONTACT, Kind.RESOLUTION)


def limit(kind: str, tier: int, since: datetime, *, over: bool = False) -> datetime:
    """By when what `kind` counts has to happen, of a case of `tier`, from `since` on.

    P0 and P1 are due at any hour. For the others the clock stands still while the desk is closed:
    what comes at night is due soon after the next opening. `over`: the talk has ended.
    """
    amount = (AFTER_TALK if over else LIMITS)[Kind(kind)][tier]
    if tier <= Tier.P1 or kind not in IN_OPEN_HOURS:
        return since + amount
    return desk_hours().after(since, amount)


def strikes_at(started: datetime, due: datetime, stage: int) -> datetime:
    """When the clock comes to `stage`."""
    return started + (due - started) * SHARES[Stage(stage)]


def stage_at(started: datetime, due: datetime, at: datetime) -> int:
    """How far the clock has come."""
    reached = [stage for stage in SHARES if strikes_at(started, due, stage) <= at]
    return max(reached, default=Stage.RUNNING)
