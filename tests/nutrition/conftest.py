"""The diary's tests read the food tables from their files: no import of 14,000 rows."""

import pytest

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files


@pytest.fixture(autouse=True)
def food_tables(monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
