"""Make the food tables of the database what a source says, food by food."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from django.db import transaction

from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.store import COLUMNS, forget_index
from coach.nutrition.models.foods import Food, FoodName, Portion

BATCH: Final = 500
UPDATED: Final = ("name", "group", "others", "searchable", *COLUMNS.values(), "updated_at")

Progress = Callable[[str], None]
Row = TypeVar("Row")


def save_foods(
    source: str,
    records: Sequence[FoodRecord],
    *,
    groups: Mapping[str, str] | None = None,
    others: Mapping[str, dict[str, float]] | None = None,
    tell: Progress = lambda _: None,
) -> int:
    """Make the foods of `source` in the database what `records` are; returns how many there are.

    All or nothing. A food that is there keeps its key, so diaries keep pointing at it; one that is
    no longer in the source is only taken out of the search. `groups` and `others` (nutrients by
    name and unit) go by the number in the source.
    """
    with transaction.atomic():
        save_rows(source, records, groups or {}, others or {}, tell)
        keys = keys_of(source)
        gone = set(keys) - {record.source_id for record in records}
        for part in chunks(sorted(gone)):
            Food.objects.filter(source=source, source_id__in=part).update(searchable=False)
        save_portions(source, records, keys, tell)
        save_names(source, records, keys, tell)
    forget_index()
    return len(records)


def save_rows(
    source: str,
    records: Iterable[FoodRecord],
    groups: Mapping[str, str],
    others: Mapping[str, dict[str, float]],
    tell: Progress,
) -> None:
    """Write new foods, and bring those that are there up to date."""
    known = keys_of(source)
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
    for done in in_batches(fresh, Food.objects.bulk_create):
        tell(f"{done} of {len(fresh)} foods")
    for done in in_batches(again, upsert):
        tell(f"{done} of {len(again)} foods brought up to date")


def keys_of(source: str) -> dict[str, int]:
    """The keys of the foods of a source, by their number in it."""
    return dict(Food.objects.filter(source=source).values_list("source_id", "pk"))


def upsert(rows: list[Food]) -> None:
    """Write rows that are there already: one statement a batch, unlike `bulk_update`."""
    Food.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=UPDATED
    )


def save_portions(
    source: str, records: Iterable[FoodRecord], keys: Mapping[str, int], tell: Progress
) -> None:
    Portion.objects.filter(food__source=source).delete()
    portions = [
        Portion(food_id=keys[record.source_id], text=text[:160], grams=grams, position=place)
        for record in records
        for place, (text, grams) in enumerate(record.portions)
    ]
    for done in in_batches(portions, Portion.objects.bulk_create):
        tell(f"{done} of {len(portions)} portions")


def save_names(
    source: str, records: Iterable[FoodRecord], keys: Mapping[str, int], tell: Progress
) -> None:
    FoodName.objects.filter(food__source=source).delete()
    names = [
        FoodName(food_id=keys[record.source_id], name=name[:255])
        for record in records
        for name in dict.fromkeys(record.names)
    ]
    for done in in_batches(names, FoodName.objects.bulk_create):
        tell(f"{done} of {len(names)} other names")


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def in_batches(rows: Sequence[Row], write: Callable[[list[Row]], object]) -> Iterator[int]:
    """Write in batches; yields how many rows are written so far."""
    done = 0
    for part in chunks(rows):
        write(list(part))
        done += len(part)
        yield done
