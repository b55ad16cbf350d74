"""What matters in a talk, quoted by rule. Pure: nothing is worded anew, so nothing is invented."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handoff.trouble.coach_lines import cannot_help, did_not_understand
from handoff.trouble.weigh import MEMBER

QUOTE_CHARS = 140
ASKED_MOST, TOLD_MOST, FAILED_MOST = 4, 6, 3
SENTENCE = re.compile(r"[^.!?…¿¡\n]+[.!?…]*")
# Conditions that change what may be advised, as members name them.
TOLD = re.compile(
    r"allerg|al[ée]rgi|알레르기|intoler|intoleran|diabet|당뇨|coeliac|celiac|celíac|cœliaque|zöliakie"
    r"|pregnan|embaraz|enceinte|schwanger|임신|breastfeed|kidney|riñ[oó]n|rein malade|niere|신장"
    r"|insulin|warfarin|blood pressure|hypertens|cholesterol|epilep"
    r"|my (?:medication|medicine|pills)",
    re.IGNORECASE,
)


class Spoken(NamedTuple):
    """One turn of the member or the coach."""

    seq: int
    speaker: str
    text: str


class Line(NamedTuple):
    """One statement: what kind it is, the words, and the number of the line they stand in."""

    kind: str  # flag, told, asked, diary or failed
    words: str
    seq: int  # 0: in no line that is there
    what: str = ""  # a code, or what was done to the diary
    severity: int | None = None
    item: str = ""


def lines_of(turns: Sequence[Spoken], flagged: Iterable[Line], diary: Iterable[Line]) -> list[Line]:
    """The statements in the order in which an expert needs them. `turns` in their order."""
    found = list(flagged)
    pinned = {line.seq for line in found}
    said = [turn for turn in turns if turn.speaker == MEMBER and turn.seq not in pinned]
    told, failed = _told(said), _failed(turns)[-FAILED_MOST:]
    elsewhere = {line.seq for line in (*told, *failed)}
    asked = _asked(turn for turn in said if turn.seq not in elsewhere)
    return [*found, *told[-TOLD_MOST:], *asked[-ASKED_MOST:], *diary, *failed]


def cut(text: str) -> str:
    """The words as far as a line of the summary shows them."""
    text = " ".join(text.split())
    return text if len(text) <= QUOTE_CHARS else text[: QUOTE_CHARS - 1].rstrip() + "…"


def _told(said: Sequence[Spoken]) -> list[Line]:
    """Sentences in which the member names a condition, an allergy, a medicine. Not questions."""
    return [
        Line("told", cut(sentence), turn.seq)
        for turn in said
        for sentence in SENTENCE.findall(turn.text)
        if TOLD.search(sentence) and not sentence.rstrip().endswith("?")
    ]


def _asked(said: Iterable[Spoken]) -> list[Line]:
    """The last question of each turn."""
    found = []
    for turn in said:
        questions = [s for s in SENTENCE.findall(turn.text) if s.rstrip().endswith("?")]
        if questions:
            found.append(Line("asked", cut(questions[-1]), turn.seq))
    return found


def _failed(turns: Sequence[Spoken]) -> list[Line]:
    """What the coach could not do: the member's words before it said so."""
    found, before = [], None
    for turn in turns:
        if turn.speaker == MEMBER:
            before = turn
        elif before and (did_not_understand(turn.text) or cannot_help(turn.text)):
            found.append(Line("failed", cut(before.text), before.seq))
            before = None
    return found
