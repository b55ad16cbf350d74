"""When something is asked for again: FSRS, over the columns of a row.

The library computes, the row remembers: there is no card beside it. Intervals have no random part,
so a button says when an item comes back and that is when it comes.
"""

from datetime import UTC, datetime, timedelta
from enum import IntEnum

import msgspec
from fsrs import Card, Rating, Scheduler, State

LONGEST_DAYS = 365
SCHEDULER = Scheduler(maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


class Answer(IntEnum):
    """How well it was remembered, as the member says."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Schedule(msgspec.Struct, frozen=True):
    """What FSRS knows of one item. `stability` in days, `difficulty` 1 to 10; None: never asked.

    `state` 1: learning, 2: known and asked for after days, 3: forgotten and learned again. `step`
    is the place among the minutes of learning.
    """

    due: datetime
    state: int = int(State.Learning)
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_review: datetime | None = None


def after(schedule: Schedule, answer: Answer, now: datetime) -> Schedule:
    """The schedule once it was answered at `now`."""
    card, _ = SCHEDULER.review_card(_card(schedule), Rating(answer), now.astimezone(UTC))
    return Schedule(
        due=card.due,
        state=int(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_review=card.last_review,
    )


def intervals(schedule: Schedule, now: datetime) -> dict[Answer, timedelta]:
    """After how long it would come back, for each answer."""
    return {answer: after(schedule, answer, now).due - now for answer in Answer}


def _card(schedule: Schedule) -> Card:
    last = schedule.last_review
    return Card(
        card_id=0,
        state=State(schedule.state),
        step=schedule.step,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due=schedule.due.astimezone(UTC),
        last_review=last.astimezone(UTC) if last else None,
    )
