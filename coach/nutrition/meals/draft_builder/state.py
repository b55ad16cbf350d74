"""What is known while a clause is read, and how long each fact lives."""

from dataclasses import dataclass, field
from typing import Literal

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.meals.draft_builder.clauses import Clause
from coach.nutrition.meals.draft_builder.draft import BuiltDrafts, Draft
from coach.nutrition.meals.quantities import Amount

# "perhaps": a list after "without" goes on: "tea without milk and sugar", but "… and a biscuit".
# "all": until a verb, whatever is listed.
LeftOut = Literal["", "perhaps", "surely", "all"]


@dataclass
class NextFood:
    """What was said of the next food before it is named. A full stop ends it.

    It outlives its clause because the food may come clauses later: "with, on Sundays, cream".
    `link` is the joint before the food, `left_out` whether it is not in the dish, `replaces`
    whether it takes the place of one said wrong, `sharers` how many eat of it, `heading` the food
    that it is listed under ("pizza: two slices of …").
    """

    link: str = ""
    left_out: LeftOut = ""
    replaces: bool = False
    sharers: float = 1
    heading: Draft | None = None


@dataclass
class ClauseState:
    """One clause while it is read: everything here but `built` and `next` ends with it.

    `amount`, said as `amount_said`, and `described` wait for their food. `strange` are words that
    no name holds, from the word `strange_at` on.
    """

    index: FoodIndex
    clause: Clause
    built: BuiltDrafts
    next: NextFood
    amount: Amount | None = None
    amount_said: str = ""
    described: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    strange_at: int = 0

    @property
    def drafts(self) -> list[Draft]:
        """All foods of the text so far."""
        return self.built.drafts

    @property
    def last_draft(self) -> Draft | None:
        return self.built.drafts[-1] if self.built.drafts else None

    @property
    def not_eaten(self) -> bool:
        """Whether the clause speaks of what was not eaten, or not yet."""
        return self.clause.mood.denied or self.clause.mood.intended

    def foods_of_sentence(self) -> list[Draft]:
        """The foods since the last full stop."""
        return [draft for draft in self.drafts if draft.start >= self.clause.sentence_at]

    def food_is_named(self) -> None:
        """A food has taken what waited for it."""
        self.amount, self.described, self.next.link = None, [], ""
