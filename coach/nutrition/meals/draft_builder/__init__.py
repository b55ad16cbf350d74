"""From pieces to drafts: which amount belongs to which food, what is denied, what is taken back.

build_drafts(index, pieces) → BuiltDrafts

`clauses` cuts the pieces at their joints and says what each clause tells of its foods. `joints`
says what a joint tells of the next food. `names`, `compounds`, `amounts`, `unknown` and `settle`
hold the rules, each with a sentence that needs it.
"""

from coach.nutrition.meals.draft_builder.build import build_drafts
from coach.nutrition.meals.draft_builder.draft import BuiltDrafts, Draft

__all__ = ["BuiltDrafts", "Draft", "build_drafts"]
