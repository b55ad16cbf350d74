"""What members say comes to the right rows: the third of `members.txt` that was put aside."""

from collections import Counter
from typing import Any

from django.db import transaction

from tests.engine.llm.members_set import judged, lines

# `python -m tests.engine.llm.members_set --aside` prints the figures of all.
WRONG_ACTION = 0.06
RIGHT = 0.85


def test_what_members_say_comes_to_the_right_rows(member: Any) -> None:
    counts: Counter[str] = Counter()
    for line in [one for one in lines() if one.aside][::2]:  # the others take as long again
        with transaction.atomic():
            counts[judged(line, member).how] += 1
            transaction.set_rollback(True)
    share = {how: count / counts.total() for how, count in counts.items()}
    print(share)
    assert share.get("wrong action", 0.0) <= WRONG_ACTION
    assert share["right"] >= RIGHT
