"""Where the diary meets the parser: nothing else of the parser is known beyond here.

read_meal(said, said_at) → Reading: foods with nutrients for the whole amount, and when it was
read_correction(said, said_at) → Request: to take out, to move or to change, and which meals
read_change(said, items) → Plan: steps that change a meal, or a question
"""

from coach.nutrition.meals import MealsNamed, Request
from coach.nutrition.reading.change import Plan, Step, read_change, read_correction
from coach.nutrition.reading.foods import (
    DiaryFood,
    find_foods,
    foods_by_name,
    same_food,
    was_left_out,
)
from coach.nutrition.reading.meal import NamedFood, Reading, read_items, read_meal, warm
from coach.nutrition.reading.same_again import SameAgain, same_again, without_likeness

__all__ = [
    "DiaryFood",
    "MealsNamed",
    "NamedFood",
    "Plan",
    "Reading",
    "Request",
    "SameAgain",
    "Step",
    "find_foods",
    "foods_by_name",
    "read_change",
    "read_correction",
    "read_items",
    "read_meal",
    "same_again",
    "same_food",
    "warm",
    "was_left_out",
    "without_likeness",
]
