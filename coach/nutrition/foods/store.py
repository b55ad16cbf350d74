"""Foods between their files, the database and memory."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Max

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import FoodRecord, Nutrients

BATCH: Final = 500
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

Progress = Callable[[str], None]


def models() -> tuple[Any, Any, Any]:
    """Food, Portion and FoodName, reached late so that the parser needs no database."""
    return (
        apps.get_model("nutrition", "Food"),
        apps.get_model("nutrition", "Portion"),
        apps.get_model("nutrition", "FoodName"),
    )


def save_foods(
    source: str,
    records: Sequence[FoodRecord],
    *,
    groups: dict[str, str] | None = None,
    others: dict[str, dict[str, float]] | None = None,
    tell: Progress = lambda _: None,
) -> int:
    """Make the foods of `source` in the database what `records` are; returns how many there are.

    All or nothing. A food that is there keeps its key, so diaries keep pointing at it; one that is
    no longer in the source is only taken out of the search.
    """
    Food, Portion, FoodName = models()
    groups, others = groups or {}, others or {}
    with transaction.atomic():
        known = dict(Food.objects.filter(source=source).values_list("source_id", "pk"))
        rows = [
            Food(
                pk=known.get(record.source_id),
                source=source,
                source_id=record.source_id,
                name=record.name[:255],
                group=groups.get(record.source_id, "")[:120],
                others=others.get(record.source_id, {}),
                searchable=record.searchable,
                **{column: getattr(record.nutrients, name) for name, column in COLUMNS.items()},
            )
            for record in records
        ]
        fresh = [row for row in rows if row.pk is None]
        again = [row for row in rows if row.pk is not None]
        fields = ["name", "group", "others", "searchable", *COLUMNS.values()]
        for done in in_batches(fresh, Food.objects.bulk_create):
            tell(f"{done} of {len(fresh)} foods")
        for done in in_batches(again, lambda part: upsert(Food, part, fields)):
            tell(f"{done} of {len(again)} foods brought up to date")
        keys = dict(Food.objects.filter(source=source).values_list("source_id", "pk"))
        gone = set(keys) - {record.source_id for record in records}
        for part in chunks(sorted(gone)):
            Food.objects.filter(source=source, source_id__in=part).update(searchable=False)
        Portion.objects.filter(food__source=source).delete()
        FoodName.objects.filter(food__source=source).delete()
        portions = [
            Portion(food_id=keys[record.source_id], text=text[:160], grams=grams, position=place)
            for record in records
            for place, (text, grams) in enumerate(record.portions)
        ]
        names = [
            FoodName(food_id=keys[record.source_id], name=name[:255])
            for record in records
            for name in dict.fromkeys(record.names)
        ]
        for done in in_batches(portions, Portion.objects.bulk_create):
            tell(f"{done} of {len(portions)} portions")
        for done in in_batches(names, FoodName.objects.bulk_create):
            tell(f"{done} of {len(names)} other names")
    forget_index()
    return len(records)


def upsert(model: Any, rows: list[Any], fields: list[str]) -> None:
    """Write rows that are there already: one statement a batch, unlike `bulk_update`."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=[*fields, "updated_at"]
    )


def chunks(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def in_batches(rows: Sequence[Any], write: Callable[[Any], Any]) -> Iterable[int]:
    """Write in batches; yields how many rows are written so far."""
    done = 0
    for part in chunks(rows):
        write(list(part))
        done += len(part)
        yield done


def records_from_database() -> list[FoodRecord]:
    """All foods of the database with their portions and names."""
    Food, Portion, FoodName = models()
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


_lock = threading.Lock()
_held: tuple[tuple[Any, ...], FoodIndex] | None = None


def stamp() -> tuple[Any, ...]:
    """Changes whenever a food is added, edited or removed."""
    Food, _, _ = models()
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
