"""The lesson files: one TOML file in `scenarios/` is one lesson.

TOML, as all that the house keeps as data, and in the standard library. A file is read whole, so a
slip in it is an error with the file's name at start and never a surprise in a talk. Lessons that
teachers write here are rows of the same text: `library.py` is the door to both.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from coach.errors import NotFound
from coach.lessons.grammar import LANGUAGES
from coach.lessons.scenario import LEVELS, MINUTES, OBJECTIVES, SLOT, Scenario, SlotWord
from coach.lessons.sizes import SENTENCES_MAX, check_lines, check_sizes
from coach.lessons.wording import TOTAL

FOLDER = Path(__file__).parent / "scenarios"
DEAREST = 1_000_000  # a price: it is said aloud


def load(path: Path) -> Scenario:
    """Read one file; ValueError names the file and what is wrong."""
    try:
        return read(path.read_text(encoding="utf-8"), path.stem)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def read(text: str, slug: str, version: str = "") -> Scenario:
    """The lesson that `text` is; ValueError says what is wrong. `version`: see Scenario."""
    check_lines(text)
    try:
        written = tomllib.loads(text)
        scenario = msgspec.convert(_in_full(written) | {"slug": slug, "version": version}, Scenario)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("there are too many brackets within brackets") from error
    if b"\\u0000" in msgspec.json.encode(scenario):
        raise ValueError("a sentence has the character \\u0000, which no database keeps")
    check_sizes(scenario)
    _check(scenario)
    return scenario


def _in_full(written: dict[str, Any]) -> dict[str, Any]:
    """Slots may be lists of words, or words with a price: `tea = 2.5`."""
    slots = written.get("slots")
    if not isinstance(slots, dict):
        return written
    return written | {"slots": {name: _words(words) for name, words in slots.items()}}


def _words(words: Any) -> Any:
    if isinstance(words, list):
        return {word: {} for word in words}
    if isinstance(words, dict):
        return {w: {"price": of} if isinstance(of, int | float) else of for w, of in words.items()}
    return words


def _check(scenario: Scenario) -> None:
    """Raise ValueError when the lesson could not be played."""
    if scenario.level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {scenario.level}")
    if scenario.language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {scenario.language}")
    if not MINUTES[0] <= scenario.minutes <= MINUTES[1]:
        raise ValueError(f"minutes must be {MINUTES[0]} to {MINUTES[1]}")
    ids = {objective.id for objective in scenario.objectives}
    if not len(scenario.objectives) == len(ids) == OBJECTIVES:
        raise ValueError("a lesson has three objectives with ids of their own")
    if len(sentences(scenario)) > SENTENCES_MAX:
        raise ValueError(f"a lesson has at most {SENTENCES_MAX} sentences")
    for name in scenario.open_slots:
        if name not in scenario.slots:
            raise ValueError(f"open_slots names a slot that is not there: {name}")
    for name, words in scenario.slots.items():
        if not words:
            raise ValueError(f"slot {name} has no words")
        if name == TOTAL:
            raise ValueError(f"a slot cannot be named {TOTAL}: {{{TOTAL}}} is the sum")
        if any(not 0 <= of.price <= DEAREST for of in words.values()):
            raise ValueError(f"a price in slot {name} is not 0 to {DEAREST}")
        if braced := next((w for w, of in words.items() if "{" in _told(w, of)), ""):
            raise ValueError(f"{braced!r} in slot {name} has a brace")
    if "{" in scenario.currency:
        raise ValueError("currency has a brace")
    for line in sentences(scenario):
        for match in SLOT.finditer(line):
            if match["name"] not in scenario.slots and match["name"] != TOTAL:
                raise ValueError(f"{line!r} names a slot that is not there: {match['name']}")
        if line.count("{") != len(SLOT.findall(line)):
            raise ValueError(f"{line!r} has a brace that is no slot: write {{a drink}}")
    for line in as_written(scenario):
        if "{" in line:
            raise ValueError(f"{line!r} is told as it is written, and takes no slot")


def _told(word: str, of: SlotWord) -> str:
    """All that a sentence may have in the place of the slot, where no further slot is filled."""
    return " ".join((word, of.one, of.many.replace("{n}", ""), *of.also))


def sentences(scenario: Scenario) -> list[str]:
    """Every sentence of the lesson that may have slots."""
    lines: list[str] = []
    for objective in scenario.objectives:
        lines += [*objective.said, *objective.not_said, objective.answer]
    for aside in scenario.asides:
        lines += [*aside.when, aside.say]
    return lines


def as_written(scenario: Scenario) -> list[str]:
    """What is told whatever the learner has chosen."""
    partner = scenario.partner
    lines = [scenario.twist, partner.opening, partner.closing, partner.goodbye]
    for objective in scenario.objectives:
        lines += [objective.ask, objective.nudge, *objective.hint]
    return lines


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
