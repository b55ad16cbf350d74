"""Sentence segmentation: a text in pieces that are synthesised one after another."""

import re

FIRST = 40
"""Characters of a first sentence that is left whole: a listener waits for it."""

LATER = 180
"""Characters of any other piece at most."""

_SHORTEST_FIRST = 10
_SHORTEST = 50
_HARD = 240

_END = re.compile(r"[.!?…。！？]+[\"'”’)\]*_]*\s+|\s*\n\s*")
_CLAUSE = re.compile(r"[,;:—–][\"'”’)\]*_]*\s+|\s+[—–-]\s+")
_JOINT = re.compile(
    r"\s(?=(?:and|but|because|which|when|if|while|until|so (?:I|you|we|it|that|they))\s)"
)
_NOT_AN_END = re.compile(
    r"(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|Prof|St|e\.g|i\.e|eg|ie|approx|vs|incl|No|no|oz|min|max|[A-Z])\.\s*$"
)
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,2}[.)]\s*$")


def cut(text: str) -> list[str]:
    """The pieces of a text: sentences, the long ones cut at clauses. Joined they are the text."""
    pieces: list[str] = []
    for sentence in sentences(text):
        rest = sentence
        while (at := _place(rest, first=not pieces)) < len(rest):
            pieces.append(rest[:at])
            rest = rest[at:]
        pieces.append(rest)
    return pieces


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, each with the space behind it; joined, the text."""
    found = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if not text[start:end].strip():
            continue
        if "\n" not in match[0]:
            if text[end : end + 1].islower():
                continue
            before = text[start:end]
            if _NOT_AN_END.search(before) or _LIST_NUMBER.search(before):
                continue
        found.append(text[start:end])
        start = end
    if text[start:].strip() or not found:
        found.append(text[start:])
    else:
        found[-1] += text[start:]
    return [part for part in found if part]


def _place(text: str, first: bool) -> int:
    """Where to cut: the length of the text when it needs no cut."""
    longest, shortest = (FIRST, _SHORTEST_FIRST) if first else (LATER, _SHORTEST)
    if len(text.rstrip()) <= longest:
        return len(text)
    places = [m.end() for m in _CLAUSE.finditer(text, 0, LATER + 1) if _outside(text, m)]
    places = [at for at in places if shortest <= at and len(text) - at >= _SHORTEST_FIRST]
    if places:
        # The first piece should be short; the others even.
        return places[0] if first else places[-1]
    joints = [m.end() for m in _JOINT.finditer(text, shortest, LATER)]
    if joints and len(text) > 90:
        return joints[0] if first else joints[-1]
    if len(text) <= _HARD:
        return len(text)
    space = text.rfind(" ", shortest, LATER)
    return space + 1 if space > 0 else LATER


def _outside(text: str, match: re.Match[str]) -> bool:
    """Not within brackets, nor between the parts of a date ("Nov 22, 2026")."""
    before, after = text[: match.start()], text[match.end() :]
    if before.count("(") > before.count(")") or before.count("[") > before.count("]"):
        return False
    return not (before[-1:].isdigit() and after[:1].isdigit())
