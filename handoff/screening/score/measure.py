"""Measure rules and score on sentences put aside: `python -m handoff.screening.score.measure NAME`.

It prints shares and counts and never a sentence, as lines of the tables in README.md. `NAME` is
"held_out", which is run once a release, or "train", where the score has seen the answers.
"""

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

from handoff.screening import screen
from handoff.screening.score import score
from handoff.screening.score.data import Labelled, read
from handoff.screening.score.disturb import DISTURBANCES
from handoff.screening.score.flags import ASK, SHOWS_CARD

TOGETHER = {
    "SI-1": "suicide and self-harm",
    "SI-3": "suicide and self-harm",
    "SI-5": "suicide and self-harm",
    "SH": "suicide and self-harm",
    "ED-E": "eating disorder",
    "ED-H": "eating disorder",
    "MED-E": "medical",
    "MED-U": "medical",
}
TIMED = 300  # lines, with which a turn's time is taken
DISTURBED = 3  # each third line of danger is disturbed, in every way
HEAD = "\n| {} | n | rules: card | with score: card | page |\n| --- | --- | --- | --- | --- |"
RINGS = "\n| asks for a person | n | rules | with score |\n| --- | --- | --- | --- |"


class Told(NamedTuple):
    """What was said of one line."""

    rule_card: bool
    card: bool
    page: bool
    rule_rings: bool
    rings: bool


def told_of(text: str, language: str) -> Told:
    found = screen(text, "member", language)
    by_rule = any(flag.severity <= SHOWS_CARD for flag in found)
    scored = score([text], found)
    told = [each for each in scored if each.severity <= SHOWS_CARD]
    rung = any(flag.code == ASK for flag in found)
    rings = rung or any(each.code == ASK for each in scored)
    page = by_rule or any(each.page for each in told)
    return Told(by_rule, by_rule or bool(told), page, rung, rings)


def share(answers: Iterable[bool]) -> str:
    known = list(answers)
    return f"{sum(known) / len(known):.3f}" if known else "–"


def line(name: str, told: Sequence[Told], fields: slice = slice(0, 3)) -> str:
    parts = [share(column) for column in list(zip(*told, strict=True))[fields]]
    return f"| {name} | {len(told)} | {' | '.join(parts)} |"


def cost(rows: Sequence[Labelled]) -> None:
    """What it takes of the processor: the first turn, which loads all, and the others."""
    screen("hello", "member", "en")
    before, start = _memory(), time.process_time()
    score(["hello"])
    print(f"first turn {time.process_time() - start:.1f} s, {_memory() - before:.0f} MB more")
    for name, told in (
        ("rules", lambda row: screen(row.text, "member", row.language)),
        ("score", lambda row: score([row.text])),
    ):
        start = time.process_time()
        for row in rows:
            told(row)
        print(f"{name}: {1000 * (time.process_time() - start) / len(rows):.1f} ms a turn")


def _memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(rows: Sequence[Labelled]) -> None:
    told = [told_of(row.text, row.language) for row in rows]
    by: dict[str, list[Told]] = defaultdict(list)
    for row, each in zip(rows, told, strict=True):
        if row.danger:
            spoken = "en" if row.language == "en" else "others"
            by[f"all {row.language}"].append(each)
            by[f"{row.code} {spoken}"].append(each)
            if row.code in TOGETHER:
                by[f"together: {TOGETHER[row.code]} {spoken}"].append(each)
        else:
            by[f"harmless: {row.group} {row.language}"].append(each)
    print(HEAD.format("set"))
    for name in sorted(by):
        print(line(name, by[name]))
    print(RINGS)
    for name in sorted(by):
        if name.startswith("harmless"):
            print(line(name.removeprefix("harmless: "), by[name], slice(3, 5)))
    print(HEAD.format("disturbed"))
    for language in ("en", "others"):
        dangers = [r for r in rows if r.danger and (r.language == "en") == (language == "en")]
        dangers = dangers[::DISTURBED]
        print(line(f"nothing {language}", [told_of(r.text, r.language) for r in dangers]))
        for name, disturb in DISTURBANCES.items():
            chance = Random(5)
            texts = [(disturb(r.text, r.language, chance), r.language) for r in dangers]
            print(line(f"{name} {language}", [told_of(*each) for each in texts]))


if __name__ == "__main__":
    lines = read(sys.argv[1])
    cost(lines[:: len(lines) // TIMED])
    measure(lines)
