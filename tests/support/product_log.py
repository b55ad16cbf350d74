"""What a product's log may not say, whatever a test did with it."""

import re
from pathlib import Path

HUNG = "took too long to shut down"  # daphne, of an application that did not end with its socket
_TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t]+.*\n|\n)*.*")
_OURS = re.compile(r'File "[^"]*/(?:coach|handoff)/')


def complaints(log: str) -> list[str]:
    """The lines and tracebacks in `log` that are faults of ours."""
    hung = [line for line in log.splitlines() if HUNG in line]
    return hung + [block for block in _TRACEBACK.findall(log) if _OURS.search(block)]


def read_logs(folder: Path) -> str:
    """All that the parts of a product have written."""
    return "\n".join(path.read_text(errors="replace") for path in sorted(folder.glob("*.log*")))
