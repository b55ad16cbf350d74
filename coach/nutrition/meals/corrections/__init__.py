"""Changes of a meal that is written down, as people say them.

parse_change(index, "make that three eggs", items) → EditPlan
"""

from coach.nutrition.meals.corrections.current_meal import CurrentItem
from coach.nutrition.meals.corrections.parse import parse_change

__all__ = ["CurrentItem", "parse_change"]
