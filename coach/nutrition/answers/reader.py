"""What the sentences of an answer read of the diary, each thing once."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coach.nutrition.answers.asking import Asked
from coach.nutrition.answers.rows import DayTotals, Eaten, day_totals, items_in, of_food
from coach.nutrition.answers.spans import Span
from coach.nutrition.targets import Targets, targets_for
from coach.types import Member


@dataclass
class Reader:
    """`numbers`: whether this member may hear amounts; days are named anyway."""

    member: Member
    current: date
    asked: Asked
    numbers: bool
    days_read: list[DayTotals] = field(default_factory=list)

    def days(self, span: Span) -> list[DayTotals]:
        """The days of `span` that hold something."""
        found = day_totals(self.member, span)
        self.days_read.extend(found)
        return found

    def over(self, days: list[DayTotals]) -> list[DayTotals]:
        """The days that are over; today counts only where it is all there is."""
        return [one for one in days if one.day != self.current] or days

    def items(self, span: Span) -> list[Eaten]:
        """The items of `span` that are or hold the food that was asked for, latest first."""
        found = items_in(self.member, span, self.asked.slot)
        return of_food(found, self.asked.food) if self.asked.food else found

    @cached_property
    def targets(self) -> Targets:
        return targets_for(self.member, self.current)
