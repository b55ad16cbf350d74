"""The index straight from the SR28 files, for tools and tests that have no database."""

from functools import lru_cache

from coach.nutrition.foods import sr28
from coach.nutrition.foods.everyday import recipes
from coach.nutrition.foods.index import FoodIndex


@lru_cache(maxsize=1)
def index_from_files() -> FoodIndex:
    """An index of SR28 and our everyday dishes; ids are `source:source_id`. About 1 s, once."""
    records = [food.record for food in sr28.read()]
    by_number = {record.source_id: record for record in records}
    return FoodIndex([*records, *recipes(by_number)])
