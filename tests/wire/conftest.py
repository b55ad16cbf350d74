"""What tests of messages share."""

import pytest

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from tests.support.world import World


@pytest.fixture
def world(db, monkeypatch, settings):
    """Foods are looked up in the files, without their rows."""
    monkeypatch.setattr(store, "load_index", index_from_files)
    settings.ENGINE_IMAGES = True
    return World()
