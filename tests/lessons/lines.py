"""Lines of learners against the offline partner: `python -m tests.lessons.lines [--all]`.

Prints, by kind and level: objectives ticked of those due, lines with a wrong tick, sensible
replies. A third of the lines is put aside by a hash of the text; `--all` also prints what went
wrong among the others.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.lessons.files import get_scenario
from coach.lessons.partner import LessonState, reply
from coach.lessons.scenario import Scenario

FILE = Path(__file__).parent / "learner_lines.txt"
LANGUAGES = Path(__file__).parent / "languages.txt"
TEMPTING = Path(__file__).parent / "tempting.txt"
SLUGS = {"cafe": "at-the-cafe", "train": "train-ticket"}
SLUGS |= {"hotel": "hotel-check-in", "doctor": "at-the-doctor"}
ORDERED = {"drink": ("drink", "coffee"), "food": ("food", "cake")}
ORDERED |= {"destination": ("city", "London"), "kind": ("kind", "return")}
ORDERED |= {"nights": ("nights", "two nights"), "wish": ("wish", "quiet room")}
ORDERED |= {"pain": ("pain", "headache"), "since": ("since", "Monday")}


@dataclass(frozen=True)
class Line:
    slug: str
    met: tuple[str, ...]
    level: str
    kind: str
    said: str
    due: frozenset[str]
    takes: frozenset[str]
    words: tuple[str, ...]

    @property
    def put_aside(self) -> bool:
        return int(hashlib.sha256(self.said.encode()).hexdigest(), 16) % 3 == 0


@dataclass(frozen=True)
class Outcome:
    line: Line
    ticked: frozenset[str]
    took: str
    reply: str

    @property
    def wrong(self) -> bool:
        return bool(self.ticked - self.line.due)

    @property
    def sensible(self) -> bool:
        heard = self.reply.casefold()
        return self.took in self.line.takes and all(w.casefold() in heard for w in self.line.words)


def lines(file: Path = FILE) -> Iterator[Line]:
    for row in file.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            where, level, kind, said, due, takes, *words = (c.strip() for c in row.split("|"))
            scene, _, met = where.partition(":")
            yield Line(
                slug=SLUGS.get(scene, scene),
                met=tuple(met.split(",")) if met else (),
                level=level,
                kind=kind,
                said=said,
                due=frozenset(due.split()),
                takes=frozenset(takes.split("/")),
                words=tuple(w.strip() for w in "".join(words).split(";") if w.strip()),
            )


def ordered(scenario: Scenario, objective: str) -> list[tuple[str, str]]:
    """What was chosen when an objective was reached: in old lines as told, else the first word."""
    slot, word = ORDERED.get(objective, ("", ""))
    if word in scenario.slots.get(slot, ()):
        return [(slot, word)]
    return [(slot, next(iter(scenario.slots[slot]))) for slot in _slots(scenario, objective)]


def _slots(scenario: Scenario, objective: str) -> tuple[str, ...]:
    found = scenario.objective(objective)
    return found.slots if found else ()


def outcome(line: Line) -> Outcome:
    scenario = get_scenario(line.slug)
    order = {slot: {word: 1} for o in line.met for slot, word in ordered(scenario, o)}
    asked = next(o for o in scenario.objectives if o.id not in line.met)
    state = LessonState(met=line.met, order=order, last=asked.ask)
    said, after = reply(scenario, state, line.said)
    return Outcome(line, frozenset(after.met) - frozenset(line.met), after.took, said)


def shares(outcomes: list[Outcome]) -> tuple[float, float, float]:
    """Of 1: ticked of what is due, lines with a wrong tick, sensible replies."""
    due = sum(len(o.line.due) for o in outcomes)
    ticked = sum(len(o.line.due & o.ticked) for o in outcomes)
    wrong, sensible = sum(o.wrong for o in outcomes), sum(o.sensible for o in outcomes)
    return (ticked / due if due else 1.0, wrong / len(outcomes), sensible / len(outcomes))


def main() -> None:
    outcomes = [outcome(line) for line in lines()]
    languages = [outcome(line) for line in lines(LANGUAGES)]
    tempting = [outcome(line) for line in lines(TEMPTING)]
    for name, part in (
        ("seen", [o for o in outcomes if not o.line.put_aside]),
        ("put aside", [o for o in outcomes if o.line.put_aside]),
        ("five languages, seen", languages),
        ("tempting, seen", [o for o in tempting if not o.line.put_aside]),
        ("tempting, put aside", [o for o in tempting if o.line.put_aside]),
    ):
        kinds = Counter(o.line.kind for o in part) + Counter(o.line.level for o in part)
        print(f"{name}: {len(part)} lines")
        for kind in ("", *kinds):
            group = [o for o in part if not kind or kind in (o.line.kind, o.line.level)]
            ticks, wrong, sensible = shares(group)
            figures = f"ticks {ticks:4.0%}  wrong {wrong:5.1%}  sensible {sensible:4.0%}"
            print(f"  {kind or 'all':14} {len(group):4}  {figures}")
    if "--all" in sys.argv:
        seen = [o for o in (*outcomes, *tempting) if not o.line.put_aside]
        for o in [*seen, *languages]:
            if o.ticked != o.line.due or not o.sensible:
                print(f"{o.line.said} | {sorted(o.ticked)} | {o.took} | {o.reply}")


if __name__ == "__main__":
    main()
