"""One practice in the database that the environment names: fill it, measure it, print JSON."""

import json
import logging
import sys
import time
from typing import Any

import django


def main() -> None:
    """`one.py SIZE`: what an earlier run has filled is measured as it is."""
    django.setup()
    from django.core.management import call_command

    from coach.nutrition.foods import store
    from coach.nutrition.foods.files import index_from_files
    from coach.people.models import User
    from tests.bench.practice.explain import explained
    from tests.bench.practice.fill import fill
    from tests.bench.practice.known import Known
    from tests.bench.practice.sizes import SIZES
    from tests.bench.practice.survey import survey
    from tests.bench.practice.work import measured

    logging.disable(logging.CRITICAL)
    store.load_index = index_from_files
    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    if not User.objects.filter(email="admin@practice.test").exists():
        fill(SIZES[sys.argv[1]])
    filled_s = time.monotonic() - begun
    faults: list[str] = []
    rows: list[list[Any]] = [
        [f"{page.owner} {page.view}", seen.ms, seen.queries, seen.slowest_ms, seen.slowest]
        for page, seen in survey(faults, again=1)
    ]
    rows += [
        [name, seen.ms, seen.queries, seen.slowest_ms, seen.slowest]
        for name, seen in measured(Known())
    ]
    slowest = sorted(rows, key=lambda row: -row[3])[:10]
    plans = [[name, ms, sql, explained(sql)] for name, _ms, _number, ms, sql in slowest]
    told = {"filled_s": filled_s, "rows": [row[:3] for row in rows], "faults": faults}
    print(json.dumps({**told, "plans": plans}))


if __name__ == "__main__":
    main()
