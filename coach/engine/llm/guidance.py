"""What a human expert tells the coach in the middle of a talk, for its next answer.

Such a note is private: the expert was promised that the member does not see it. A model takes it
in and finds words of its own. Fixed rules cannot, so of a note only the words that the expert put
in quotation marks are spoken (`Say: "Drink a glass of water with it."`); a note without such
words is kept back and changes nothing.
"""

import re
from collections.abc import Sequence

from coach.engine.llm.types import Entry, Message

_NOTE = re.compile(r"\bfor your next answer\b[^:]*:\s*(?P<note>.+)", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
_ENDS = (".", "!", "?")
_ABOUT = re.compile(  # quotes what somebody else said, or what must not be said
    r"\b(?:not|never|don't|avoid|without|instead of|stop|said|says|asked|wrote|called|the words?)\b"
    r"[^.!?]*$",
    re.IGNORECASE,
)


def words_to_say(entries: Sequence[Entry]) -> str:
    """The quoted words of the notes since the coach's last answer; "" where there are none."""
    found: list[str] = []
    for entry in reversed(entries):
        if not isinstance(entry, Message):
            continue
        if entry.role == "assistant":
            break
        note = _NOTE.search(entry.text) if entry.role == "system" else None
        if note:
            found[:0] = _quoted(note["note"])
    return " ".join(found)


def _quoted(note: str) -> list[str]:
    spoken = []
    for quote in _QUOTED.finditer(note):
        words = " ".join((quote[1] or quote[2]).split())
        if words and not _ABOUT.search(note[: quote.start()]):
            spoken.append(words if words.endswith(_ENDS) else f"{words}.")
    return spoken
