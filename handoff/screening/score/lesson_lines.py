"""The sentences of the shipped lessons: everyday talk in five languages that trains the score."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

LESSONS = Path(__file__).parents[3] / "coach" / "lessons" / "scenarios"
SLOT = re.compile(r"\{(?:(an?|the) )?(\w+)\}")
LEARNER = ("said", "not_said", "when")  # lists of what a learner says, of objectives and asides
PARTNER = ("answer", "say")
# What is said to a doctor as an exercise may be danger anywhere else.
MAY_BE_DANGER = "Health"
PUT_ASIDE = 6  # each sixth lesson trains nothing: it tells what a teacher's own will do


def lesson_lines(*, aside: bool = False) -> list[str]:
    """What is said in the lessons that train, each line once; or in those put aside."""
    lines: dict[str, None] = {}
    for file in sorted(LESSONS.glob("*.toml")):
        lesson = tomllib.loads(file.read_text(encoding="utf-8"))
        if lesson["theme"] != MAY_BE_DANGER and aside == _is_aside(file.stem):
            lines |= dict.fromkeys(_said(lesson))
    return list(lines)


def _is_aside(slug: str) -> bool:
    return crc32(slug.encode()) % PUT_ASIDE == 0


def _said(lesson: dict[str, Any]) -> Iterator[str]:
    """With the first word that its author gave in each slot."""
    first = {name: next(iter(words), "") for name, words in lesson.get("slots", {}).items()}

    def filled(line: str) -> str:
        return SLOT.sub(lambda slot: f"{slot[1] or ''} {first.get(slot[2], '')}".strip(), line)

    for part in (*lesson.get("objectives", ()), *lesson.get("asides", ())):
        for field in LEARNER:
            yield from map(filled, part.get(field, ()))
        yield from (filled(part[field]) for field in PARTNER if field in part)
