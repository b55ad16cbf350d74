"""Meals, drafts and days as a model may read them; weights in g, energy in kcal."""

from typing import Any

from coach.nutrition.day import MACROS, Day, total
from coach.nutrition.models.diary import Meal, MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.speech.say import say_draft
from coach.talk.registries.tools import ToolResult


def draft_facts(draft: MealDraft) -> dict[str, Any]:
    """A draft as a model may read it; weights in g, energy in kcal."""
    items = draft.items
    return {
        "meal": draft.slot,
        "items": [item_facts(item) for item in items],
        "total": {name: round(value, 1) for name, value in total(items).items()},
    }


def facts(meal: Meal) -> dict[str, Any]:
    """A meal as a model may read it; weights in g, energy in kcal."""
    items = list(meal.items.all())
    return {
        "day": meal.day.isoformat(),
        "meal": meal.slot,
        "time": f"{meal.local_time:%H:%M}",
        "items": [item_facts(item) for item in items],
        "total": {name: round(value, 1) for name, value in total(items).items()},
    }


def item_facts(item: MealItem) -> dict[str, Any]:
    return {
        "food": item.name,
        "amount": item.amount,
        "grams": round(item.grams),
        "kcal": round(item.kcal),
        "protein_g": round(item.protein_g, 1),
        "carbohydrate_g": round(item.carbohydrate_g, 1),
        "fat_g": round(item.fat_g, 1),
    }


def day_facts(day: Day) -> dict[str, Any]:
    targets = {name: day.targets.of(name) for name in ("kcal", *MACROS)}
    return {
        "day": day.day.isoformat(),
        "eaten": {name: round(value, 1) for name, value in day.totals.items()},
        "targets": {
            name: {"goal": target.goal, "low": target.low, "high": target.high}
            for name, target in targets.items()
            if target
        },
        "no_targets_because": day.targets.why,
        "meals": [facts(meal) for meal in day.meals],
    }


def draft_result(draft: MealDraft, **data: bool) -> ToolResult:
    """The draft as it is now; its card is in the thread and is drawn anew."""
    facts = {**data, "in_diary": False, "draft": draft_facts(draft)}
    return ToolResult(say=say_draft(draft), data=facts, changed=("day",))
