"""Foods of the database as records, and the index of them that is held in memory."""

import threading
from collections import defaultdict
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Count, Max

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import FoodRecord, Nutrients
from coach.nutrition.models.foods import Food, FoodName, Portion

COLUMNS: Final = {
    "kcal": "kcal",
    "protein": "protein_g",
    "carbohydrate": "carbohydrate_g",
    "fat": "fat_g",
    "fibre": "fibre_g",
    "sugar": "sugar_g",
    "sodium": "sodium_mg",
    "saturated_fat": "saturated_fat_g",
}


def records_from_database() -> list[FoodRecord]:
    """All foods of the database with their portions and names."""
    portions: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for food_id, text, grams in Portion.objects.order_by("food_id", "position").values_list(
        "food_id", "text", "grams"
    ):
        portions[food_id].append((text, grams))
    names: dict[int, list[str]] = defaultdict(list)
    for food_id, name in FoodName.objects.values_list("food_id", "name"):
        names[food_id].append(name)
    columns = ("pk", "source", "source_id", "name", "searchable", *COLUMNS.values())
    return [
        FoodRecord(
            id=pk,
            source=source,
            source_id=source_id or str(pk),
            name=name,
            nutrients=Nutrients(*values),
            portions=tuple(portions[pk]),
            names=tuple(names[pk]),
            searchable=searchable,
        )
        for pk, source, source_id, name, searchable, *values in Food.objects.order_by(
            "pk"
        ).values_list(*columns)
    ]


# Database, number of foods, last change.
Stamp = tuple[str, int, datetime | None]

_lock = threading.Lock()
_held: tuple[Stamp, FoodIndex] | None = None


def stamp() -> Stamp:
    """Changes whenever a food is added, edited or removed."""
    found = Food.objects.aggregate(Count("pk"), Max("updated_at"))
    return (connection.settings_dict["NAME"], found["pk__count"], found["updated_at__max"])


def load_index() -> FoodIndex:
    """The index of the foods in the database, held in memory until one of them changes.

    The first call reads all foods (about a second); later ones cost one small query.
    """
    global _held
    now = stamp()
    with _lock:
        if _held is None or _held[0] != now:
            _held = (now, FoodIndex(records_from_database()))
        return _held[1]


def forget_index() -> None:
    """Let the next `load_index` read the foods anew."""
    global _held
    with _lock:
        _held = None
