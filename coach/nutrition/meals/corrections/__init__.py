"""Changes of what is written down, as people say them.

read_request(index, "delete yesterday's lunch", said_at) → Request: what to do, to which meals
parse_change(index, "make that three eggs", items) → EditPlan
"""

from coach.nutrition.meals.corrections.current_meal import CurrentItem
from coach.nutrition.meals.corrections.parse import parse_change
from coach.nutrition.meals.corrections.request import MealsNamed, Request, Target, read_request

__all__ = ["CurrentItem", "MealsNamed", "Request", "Target", "parse_change", "read_request"]
