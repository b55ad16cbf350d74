"""A role-play lesson as a data file: authored by a teacher, read by everybody.

One TOML file in `scenarios/` is one lesson. `load()` checks it whole, so a slip in a file is an
error with the file's name at start and never a surprise in a talk.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from coach.errors import NotFound

FOLDER = Path(__file__).parent / "scenarios"
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    role: str
    opening: str  # spoken first; ends with the first objective's question
    closing: str  # spoken when every objective is met
    goodbye: str  # to whatever is said after that
    lost: tuple[str, ...]  # when nothing fits, in turn; `{ask}` is the open question


class Objective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An observable speech act. `needs`: in one turn, one phrase of each group must be said."""

    id: str
    label: str
    needs: tuple[tuple[str, ...], ...]
    ask: str  # the partner's question that invites it
    met: str  # the partner's answer; `{slot}` is what the learner chose
    hints: tuple[str, str, str]  # what to do; key words; a model sentence
    nudge: tuple[str, ...] = ()  # when only part of it was said


class Aside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something else a learner may say, and the partner's answer to it."""

    when: tuple[str, ...]
    say: str


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    language: str
    level: str
    theme: str
    icon: str
    minutes: int
    can_do: str
    setting: str
    learner_role: str
    partner: Partner
    phrases: tuple[str, ...]
    objectives: tuple[Objective, ...]
    slots: dict[str, tuple[str, ...]] = {}
    asides: tuple[Aside, ...] = ()
    twist: str = ""  # said once, after the first objective
    silence_ms: int = 1200  # learners think before they speak
    slug: str = ""

    def objective(self, key: str) -> Objective | None:
        return next((o for o in self.objectives if o.id == key), None)

    def check(self) -> None:
        """Raise ValueError when the lesson could not be played."""
        if self.level not in LEVELS:
            raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {self.level}")
        if len(self.objectives) != 3 or len({o.id for o in self.objectives}) != 3:
            raise ValueError("a lesson has three objectives with ids of their own")
        for line in [self.twist, *(o.met for o in self.objectives)]:
            blanks = {name: "" for name in self.slots}
            try:
                line.format(**blanks)
            except (KeyError, IndexError) as error:
                raise ValueError(f"{line!r} names a slot that is not there: {error}") from error


def load(path: Path) -> Scenario:
    """Read one lesson; ValueError names the file and what is wrong."""
    try:
        scenario = msgspec.convert(
            {**tomllib.loads(path.read_text(encoding="utf-8")), "slug": path.stem}, Scenario
        )
        scenario.check()
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    return scenario


@cache
def catalogue() -> dict[str, Scenario]:
    """Every lesson by slug, easiest first."""
    scenarios = sorted(
        (load(path) for path in FOLDER.glob("*.toml")), key=lambda s: (s.level, s.title)
    )
    return {scenario.slug: scenario for scenario in scenarios}


def get_scenario(slug: str) -> Scenario:
    scenario = catalogue().get(slug)
    if scenario is None:
        raise NotFound("There is no such lesson.", code="no_lesson")
    return scenario
