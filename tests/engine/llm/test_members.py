"""What members say comes to the right rows: the third of `members.txt` that was put aside."""

from collections import Counter

import pytest
from django.db import transaction

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.site.seed import seed_personas
from tests.engine.llm.members_set import judged, lines, member_with_a_diary

# `python -m tests.engine.llm.members_set --aside` prints the figures of all.
WRONG_ACTION = 0.06
RIGHT = 0.85


@pytest.mark.django_db
def test_what_members_say_comes_to_the_right_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "load_index", index_from_files)
    seed_personas()
    member = member_with_a_diary()
    counts: Counter[str] = Counter()
    for line in [one for one in lines() if one.aside][::2]:  # the others take as long again
        with transaction.atomic():
            counts[judged(line, member).how] += 1
            transaction.set_rollback(True)
    share = {how: count / counts.total() for how, count in counts.items()}
    print(share)
    assert share.get("wrong action", 0.0) <= WRONG_ACTION
    assert share["right"] >= RIGHT
