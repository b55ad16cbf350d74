"""The meal parser: a sentence about food → foods with grams, or what to change in a meal.

index = load_index()                           # of `coach.nutrition.foods.store`
parse_meal(index, "two eggs", said_at)         → ParsedMeal
parse_change(index, "make that three", items)  → EditPlan
read_request(index, "my lunch was at 1", said_at) → Request
"""

from coach.nutrition.meals.corrections import (
    CurrentItem,
    MealsNamed,
    Request,
    Target,
    parse_change,
    read_request,
)
from coach.nutrition.meals.parse import parse_meal
from coach.nutrition.meals.results import Edit, EditPlan, ParsedItem, ParsedMeal
from coach.nutrition.meals.said_at import AT_NO_KNOWN_TIME, SaidAt

__all__ = [
    "AT_NO_KNOWN_TIME",
    "CurrentItem",
    "Edit",
    "EditPlan",
    "MealsNamed",
    "ParsedItem",
    "ParsedMeal",
    "Request",
    "SaidAt",
    "Target",
    "parse_change",
    "parse_meal",
    "read_request",
]
