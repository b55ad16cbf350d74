"""The report of a course, as Markdown."""

from tests.faults.table import Outcome

HEAD = (
    "| fault | injected | what | cases | lost | doubled mails "
    "| offer of a P0, p50 | p95 | verdict |\n"
    "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |\n"
)


def report(outcomes: list[Outcome], circumstances: str) -> str:
    """A row for each fault; below it what was lost, and what else was seen."""
    rows = [
        f"| {one.fault.name} | {one.times} | {one.fault.title} | {one.cases} | {len(one.lost)} "
        f"| {len(one.doubled)} | {_seconds(one.delay(0.5))} | {_seconds(one.delay(0.95))} "
        f"| {one.verdict} |\n"
        for one in outcomes
    ]
    details = [
        f"\n{one.fault.name}:\n\n" + "".join(f"- {line}\n" for line in [*one.faults, *one.notes])
        for one in outcomes
        if one.faults or one.notes
    ]
    lost = sum(len(one.faults) for one in outcomes)
    cases = sum(one.cases for one in outcomes)
    summary = f"\n{cases} cases; lost, or against a law: {lost or 'nothing'}.\n"
    return (
        f"# Faults of the handoff\n\n{circumstances}\n\n{HEAD}{''.join(rows)}{summary}"
        + "".join(details)
    )


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} s"
