"""Regular expressions kept in a text file, so that each way to say a thing has its line."""

import re
from pathlib import Path

from coach.meaning.people import KIN

_HEADING = re.compile(r"\[(\w+)\]$")
# The beginning of a sentence, with what may stand before it.
_HEAD = (
    r"^(?:(?:and|but|so|ok|okay|well|um|uh|oh|hey|hi|hello|please|then|also|now|y|et|und|e)\b,? )*"
)


def read_patterns(path: Path) -> dict[str, re.Pattern[str]]:
    """The patterns of a file by the names of their headings. Raises re.error for a bad line."""
    ways: dict[str, list[str]] = {}
    found: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.match(line):
            found = ways.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            found.append(line.replace("{head}", _HEAD).replace("{kin}", f"(?:{KIN})"))
    return {name: re.compile("|".join(lines), re.IGNORECASE) for name, lines in ways.items()}
