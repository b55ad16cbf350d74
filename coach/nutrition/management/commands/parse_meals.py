"""Read meals line by line: standard input in, one JSON object per line out."""

import json
import sys
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.store import load_index
from coach.nutrition.meals.parse import parse_meal
from coach.nutrition.meals.results import ParsedMeal

SURE_ENOUGH: Final = 0.5  # below it an item waits for a yes


class Command(BaseCommand):
    help = "Parse meal sentences from standard input to JSON lines (a blank line: no items)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        index = self._index()
        for line in sys.stdin:
            parsed = parse_meal(index, line.rstrip("\n"))
            sys.stdout.write(json.dumps(as_json(parsed), ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _index(self) -> FoodIndex:
        """The foods of the database; before an import, those of the files (ids are then text)."""
        try:
            index = load_index()
        except DatabaseError:
            index = None
        if index is not None and index.foods:
            return index
        self.stderr.write("No foods in the database yet (import_sr28): reading the SR28 files.")
        return index_from_files()


def as_json(parsed: ParsedMeal) -> dict[str, Any]:
    """One line of the output: grams and nutrients rounded to 0.1, energy to 1 kcal."""
    return {
        "said": parsed.said,
        "items": [
            {
                "food_id": item.food_id,
                "name": item.name,
                "food": item.food,
                "source": item.source,
                "amount": item.amount,
                "grams": item.grams,
                "kcal": round(item.kcal),
                "protein": round(item.protein, 1),
                "carbohydrate": round(item.carbohydrate, 1),
                "fat": round(item.fat, 1),
                "slot": item.slot,
                "confidence": item.confidence,
                "state": "committed" if item.confidence >= SURE_ENOUGH else "draft",
            }
            for item in parsed.items
        ],
        "question": parsed.question,
        "nothing_logged": not parsed.items,
        "slot": parsed.slot,
        "day_offset": parsed.day_offset,
        "time": f"{parsed.time:%H:%M}" if parsed.time else None,
    }
