"""What tests of whole talks with the embedded coach share."""

from typing import Any

import pytest

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.site.seed import seed_personas
from tests.engine.llm.members_set import Talk, member_with_a_diary


@pytest.fixture
def member(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A member with a diary; foods are read from the files, and the personas are there."""
    monkeypatch.setattr(store, "load_index", index_from_files)
    seed_personas()
    return member_with_a_diary()


@pytest.fixture
def talk(member: Any) -> Talk:
    return Talk(member, by_meaning=True)
