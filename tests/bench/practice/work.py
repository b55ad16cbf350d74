"""What is done without a page: jobs, tools of the coach, and the writing of a turn."""

import json
import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from coach import clock
from coach.people.actions import tidy
from coach.site.once import forget_old
from coach.site.pruning import prune
from coach.talk.actions import record_turn, run_tool
from handoff.actions import dispatch_queue, roster
from handoff.sweeper import sweep_once, tidy_once
from tests.bench.practice.known import Known
from tests.bench.practice.pages import Seen, counted

TOOLS = {
    "log_meal": {"said": "two eggs and a slice of toast"},
    "change_meal": {"said": "make that three eggs"},
    "undo": {},
    "day_summary": {"said": "how was my week"},
    "find_food": {"said": "apple"},
    "food_for_me": {"said": "is lentil soup all right for me"},
    "suggest_meal": {"said": "what could I eat tonight"},
    "get_profile": {},
    "note_health": {"said": "I am allergic to peanuts"},
    "reminders": {"said": "remind me tomorrow at nine to drink water"},
    "handoff_notes": {},
}


def work(known: Known) -> dict[str, Callable[[], object]]:
    """Each by its name."""
    talk = known.live
    done: dict[str, Callable[[], object]] = {
        "who waits, and who could take a call": lambda: (
            roster.calls(clock.now()),
            roster.candidates(clock.now()),
        ),
        "dispatch of the whole line": dispatch_queue,
        "sweeper: a walk": sweep_once,
        "sweeper: tidying": tidy_once,
        "nightly pruning": prune,
        "forms that were answered": forget_old,
        "what was undone": tidy,
        "a turn is written": lambda: record_turn(talk, "member", "hello", item_id="bench"),
    }
    for name, arguments in TOOLS.items():
        done[f"tool {name}"] = lambda name=name, arguments=arguments: run_tool(
            talk.pk, f"bench-{name}", name, json.dumps(arguments)
        )
    return done


def measured(known: Known) -> Iterator[tuple[str, Seen]]:
    """Each is done twice and taken back: once to be warm, once to be measured."""
    now = time.perf_counter if connection.vendor == "postgresql" else time.thread_time
    for name, do in work(known).items():
        for last in (False, True):
            with transaction.atomic(), counted() as statements:
                begun = now()
                do()
                ms = 1000 * (now() - begun)
                transaction.set_rollback(True)
            if last:
                yield name, Seen(200, ms, statements.number, statements.sql, statements.ms)
