"""What a member's day may hold: energy and macronutrients, each as a range.

targets_for(member, day) → Targets. Where a number could harm, there is none unless a dietitian set
it; `watch_for` registers signs of that which other rooms keep.
"""

from coach.nutrition.targets.for_member import targets_for
from coach.nutrition.targets.safeguards import watch_for
from coach.nutrition.targets.values import Target, Targets

__all__ = ["Target", "Targets", "targets_for", "watch_for"]
