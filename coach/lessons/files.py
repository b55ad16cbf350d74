"""The lesson files: one TOML file in `scenarios/` is one lesson.

TOML, as all that the house keeps as data, and in the standard library. A file is read whole, so a
slip in it is an error with the file's name at start and never a surprise in a talk. Lessons that
teachers write here are rows of the same text: `library.py` is the door to both.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from coach.errors import NotFound
from coach.lessons.grammar import LANGUAGES
from coach.lessons.scenario import (
    LEVELS,
    MINUTES,
    OBJECTIVES,
    SLOT,
    Objective,
    Partner,
    Scenario,
    SlotWord,
)
from coach.lessons.sizes import SENTENCES_MAX, check_lines, too_large
from coach.lessons.wording import TOTAL

FOLDER = Path(__file__).parent / "scenarios"
DEAREST = 1_000_000  # a price: it is said aloud
HINT_FIELDS = ("do", "key_words")  # of the ladder, whose third step is the first model sentence
HINTS = len(HINT_FIELDS)


def _blank(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The values of what is required, and not written yet."""
    blanks: dict[Any, Any] = {str: "", int: 0}
    required = [f for f in msgspec.structs.fields(struct) if f.required]
    return {f.name: blanks.get(f.type, {} if f.name == "phrases" else []) for f in required}


BLANK_SCENE = _blank(Scenario)
BLANK_PARTNER = _blank(Partner)
PARTNER = tuple(BLANK_PARTNER)  # the fields that each partner has
BLANK_OBJECTIVE = _blank(Objective)


def load(path: Path) -> Scenario:
    """Read one file; ValueError names the file and what is wrong."""
    try:
        return read(path.read_text(encoding="utf-8"), path.stem)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def read(text: str, slug: str, version: str = "") -> Scenario:
    """The lesson that `text` is; ValueError says what is wrong. `version`: see Scenario."""
    scenario = _converted(_loaded(text) | {"slug": slug, "version": version})
    for _, reason in flaws(scenario):
        raise ValueError(reason)
    return scenario


def read_draft(text: str) -> Scenario:
    """The same of what is not finished: what is missing is empty, and nothing else is checked.

    Raises ValueError for what no lesson can hold: a slip of TOML, a name that nobody knows.
    """
    written = _loaded(text)
    partner = written.get("partner", {})
    if isinstance(partner, dict):
        written["partner"] = BLANK_PARTNER | partner
    objectives = written.get("objectives", [])
    if isinstance(objectives, list):
        written["objectives"] = [_objective_in_full(one) for one in objectives]
    return _converted(BLANK_SCENE | written)


def _objective_in_full(written: Any) -> Any:
    if not isinstance(written, dict):
        return written
    hint = written.get("hint", [])
    if isinstance(hint, list) and len(hint) < HINTS:
        hint = [*hint, *[""] * (HINTS - len(hint))]
    return BLANK_OBJECTIVE | written | {"hint": hint}


def _loaded(text: str) -> dict[str, Any]:
    check_lines(text)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("there are too many brackets within brackets") from error


def _converted(written: dict[str, Any]) -> Scenario:
    try:
        scenario = msgspec.convert(_in_full(written), Scenario)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    if b"\\u0000" in msgspec.json.encode(scenario):
        raise ValueError("a sentence has the character \\u0000, which no database keeps")
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


def flaws(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Why the lesson could not be played: each reason with the field of the editor that it is in.

    A field is called as in `own/lesson_form.py`; none where the reason is about several.
    """
    yield from too_large(scenario)
    yield from _of_scene(scenario)
    ids = {objective.id for objective in scenario.objectives}
    if not len(scenario.objectives) == len(ids) == OBJECTIVES:
        yield "objectives", "a lesson has three objectives with ids of their own"
    yield from _of_slots(scenario)
    yield from _of_sentences(scenario)


def _of_scene(scenario: Scenario) -> Iterator[tuple[str, str]]:
    if scenario.level not in LEVELS:
        reason = f"level must be one of {', '.join(LEVELS)}, not {scenario.level}"
        yield "scene-level", reason
    if scenario.language not in LANGUAGES:
        reason = f"language must be one of {', '.join(LANGUAGES)}, not {scenario.language}"
        yield "scene-language", reason
    if not MINUTES[0] <= scenario.minutes <= MINUTES[1]:
        yield "scene-minutes", f"minutes must be {MINUTES[0]} to {MINUTES[1]}"
    if "{" in scenario.currency:
        yield "scene-currency", "currency has a brace"


def _of_slots(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for name in scenario.open_slots:
        if name not in scenario.slots:
            yield "", f"open_slots names a slot that is not there: {name}"
    for n, (name, words) in enumerate(scenario.slots.items()):
        if not words:
            yield f"slots-{n}-name", f"slot {name} has no words"
        if name == TOTAL:
            yield f"slots-{n}-name", f"a slot cannot be named {TOTAL}: {{{TOTAL}}} is the sum"
        for m, (word, of) in enumerate(words.items()):
            if not 0 <= of.price <= DEAREST:
                yield f"slots-{n}-words-{m}-price", f"a price in slot {name} is not 0 to {DEAREST}"
            if "{" in _told(word, of):
                yield f"slots-{n}-words-{m}-word", f"{word!r} in slot {name} has a brace"


def _of_sentences(scenario: Scenario) -> Iterator[tuple[str, str]]:
    lines = sentences(scenario)
    if len(lines) > SENTENCES_MAX:
        yield "", f"a lesson has at most {SENTENCES_MAX} sentences"
    for field, line in lines:
        for match in SLOT.finditer(line):
            if match["name"] not in scenario.slots and match["name"] != TOTAL:
                yield field, f"{line!r} names a slot that is not there: {match['name']}"
        if line.count("{") != len(SLOT.findall(line)):
            yield field, f"{line!r} has a brace that is no slot: write {{a drink}}"
    for field, line in as_written(scenario):
        if "{" in line:
            yield field, f"{line!r} is told as it is written, and takes no slot"


def _told(word: str, of: SlotWord) -> str:
    """All that a sentence may have in the place of the slot, where no further slot is filled."""
    return " ".join((word, of.one, of.many.replace("{n}", ""), *of.also))


def sentences(scenario: Scenario) -> list[tuple[str, str]]:
    """Every sentence of the lesson that may have slots, each with its field of the editor."""
    lines: list[tuple[str, str]] = []
    for n, objective in enumerate(scenario.objectives):
        of = f"objectives-{n}"
        lines += [(f"{of}-said", line) for line in objective.said]
        lines += [(f"{of}-not_said", line) for line in objective.not_said]
        lines.append((f"{of}-answer", objective.answer))
    for n, aside in enumerate(scenario.asides):
        lines += [(f"asides-{n}-when", line) for line in aside.when]
        lines.append((f"asides-{n}-say", aside.say))
    return lines


def as_written(scenario: Scenario) -> list[tuple[str, str]]:
    """What is told whatever the learner has chosen, each with its field of the editor."""
    partner = scenario.partner
    lines = [
        ("scene-twist", scenario.twist),
        ("partner-opening", partner.opening),
        ("partner-closing", partner.closing),
        ("partner-goodbye", partner.goodbye),
    ]
    for n, objective in enumerate(scenario.objectives):
        hints = zip(HINT_FIELDS, objective.hint, strict=True)
        told = [("ask", objective.ask), ("nudge", objective.nudge), *hints]
        lines += [(f"objectives-{n}-{field}", line) for field, line in told]
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
