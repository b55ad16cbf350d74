"""The sentences that the machine is trained on, written by hand, under the kind each is of.

A heading is `[kind]`, or `[kind after log]` for what is of this kind only right after something was
written into the diary. A file's name begins with the language.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from coach.engine.llm.intents.kinds import KINDS

FOLDER = Path(__file__).parent
PARTS = 5
_HEADING = re.compile(r"\[(?P<kind>\w+)(?P<after> after log)?\]$")


@dataclass(frozen=True)
class Labelled:
    """`after`: it is of this kind only where something was just written."""

    text: str
    kind: str
    language: str
    after: bool

    @property
    def part(self) -> int:
        digest = hashlib.md5(self.text.lower().encode(), usedforsecurity=False).hexdigest()
        return int(digest, 16) % PARTS


def labelled() -> list[Labelled]:
    """All sentences of `data/`. Raises ValueError for a line without a kind."""
    rows = []
    for path in sorted(FOLDER.glob("*.txt")):
        heading = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := _HEADING.match(line):
                heading = found
            elif line.strip():
                if heading is None or heading["kind"] not in KINDS:
                    raise ValueError(f"{path.name}: no kind for {line!r}")
                after = heading["after"] is not None
                rows.append(Labelled(line, heading["kind"], path.stem[:2], after))
    return rows
