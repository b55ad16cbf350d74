"""A whole course, with its report. It is imported when Django knows the product's rows."""

import argparse
import os
import random
import sys

from tests.faults import of_people, of_processes, of_servers
from tests.faults.course import Course
from tests.faults.report import report
from tests.faults.site import Site
from tests.faults.stage import Stage
from tests.faults.table import Fault, Outcome

FAULTS = sorted(
    (*of_processes.FAULTS, *of_servers.FAULTS, *of_people.FAULTS),
    key=lambda fault: int(fault.name[1:]),
)


def chosen(only: str, database: str) -> list[Fault]:
    """The faults of these names, or all, that this database can have. Raises SystemExit."""
    names = [name for name in only.upper().split(",") if name]
    if unknown := set(names) - {fault.name for fault in FAULTS}:
        raise SystemExit(f"There is no fault {', '.join(sorted(unknown))}.")
    return [
        fault
        for fault in FAULTS
        if (not names or fault.name in names) and fault.database in ("", database)
    ]


async def run(stage: Stage, arguments: argparse.Namespace, chance: random.Random) -> int:
    """1 if anything was lost, else 0."""
    site = Site(stage.product.url, chance, stage.mails)
    course = Course(stage, site, chance, 60 * arguments.minutes, arguments.patience)
    outcomes: list[Outcome] = []
    text = ""
    try:
        await course.open(arguments.members, arguments.experts, arguments.crowd)
        for fault in chosen(arguments.only, arguments.database):
            outcome = await course.run(fault)
            outcomes.append(outcome)
            print(f"  {outcome.verdict}, {outcome.seconds:.0f} s", file=sys.stderr, flush=True)
            text = _write(outcomes, arguments)  # what a later one breaks off takes no report away
    finally:
        await course.close()
    print(text)
    return int(any(outcome.faults for outcome in outcomes))


def _write(outcomes: list[Outcome], arguments: argparse.Namespace) -> str:
    """The report so far, in its file too."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    text = report(
        outcomes,
        f"{arguments.members} members, {arguments.experts} experts, {arguments.database}, "
        f"seed {arguments.seed}, {arguments.minutes:g} min of each fault; load {load} "
        f"on {os.cpu_count()} cores.",
    )
    arguments.report.parent.mkdir(parents=True, exist_ok=True)
    arguments.report.write_text(text)
    return text
