"""The meal parser: a sentence about food → foods with grams, or what to change in a meal.

index = load_index()                           # of `coach.nutrition.foods.store`
parse_meal(index, "two eggs and toast")        → ParsedMeal
parse_change(index, "make that three", items)  → EditPlan
"""

from coach.nutrition.meals.corrections import CurrentItem, parse_change
from coach.nutrition.meals.parse import parse_meal
from coach.nutrition.meals.results import Edit, EditPlan, ParsedItem, ParsedMeal

__all__ = [
    "CurrentItem",
    "Edit",
    "EditPlan",
    "ParsedItem",
    "ParsedMeal",
    "parse_change",
    "parse_meal",
]
