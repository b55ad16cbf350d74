"""The nutrition tables: foods, and the diary."""

from coach.nutrition.models.diary import DiaryChange, Meal, MealItem, Slot
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.models.foods import Food, FoodName, Portion

__all__ = ["DiaryChange", "Food", "FoodName", "Meal", "MealDraft", "MealItem", "Portion", "Slot"]
