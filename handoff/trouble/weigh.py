"""Which trouble a talk is in, by what was said in it last."""

from collections.abc import Sequence
from typing import NamedTuple

from handoff.trouble.annoyed import is_annoyed
from handoff.trouble.coach_lines import apologises, cannot_help, did_not_understand, guesses

MEMBER, COACH = "member", "coach"
MEMBER_TURNS = 6  # of the member, and so many answers, are looked at
ANNOYED, MISUNDERSTOOD, UNHELPED = CODES = ("FRU", "MIS", "UNH")


class Said(NamedTuple):
    """One turn of the member or the coach."""

    speaker: str
    text: str
    item: str = ""


class Limits(NamedTuple):
    """How often each must have happened until a person is asked; 0: nobody is."""

    annoyed: int = 2  # turns of the member, of the last `MEMBER_TURNS`
    misunderstood: int = 3  # answers in a row
    unhelped: int = 3  # answers, of the last `MEMBER_TURNS`


USUAL = Limits()


def is_sign(speaker: str, text: str) -> bool:
    """Whether this turn may be one of those that ask for a person."""
    return is_annoyed(text) if speaker == MEMBER else _fails(text) or apologises(text)


def trouble_in(turns: Sequence[Said], limits: Limits, *, role_play: bool) -> str:
    """The code of what goes wrong, or nothing. `turns`: the newest first.

    In a role-play the member's partner may be unhelpful, and they annoyed: only that the coach does
    not understand counts there.
    """
    answers = [turn.text for turn in turns if turn.speaker == COACH][:MEMBER_TURNS]
    in_a_row = answers[: limits.misunderstood]
    if not role_play and 0 < limits.annoyed <= _annoyed(turns):
        return ANNOYED
    if 0 < limits.misunderstood <= len(in_a_row) and all(map(did_not_understand, in_a_row)):
        return MISUNDERSTOOD
    if not role_play and 0 < limits.unhelped <= _unhelped(answers):
        return UNHELPED
    return ""


def _annoyed(turns: Sequence[Said]) -> int:
    """How many of the member's turns complain: by our rules, or as the coach took them."""
    count, seen, sorry = 0, 0, False
    for turn in turns:
        if turn.speaker == COACH:
            sorry = sorry or apologises(turn.text)
            continue
        count += sorry or is_annoyed(turn.text)
        sorry, seen = False, seen + 1
        if seen == MEMBER_TURNS:
            break
    return count


def _unhelped(answers: Sequence[str]) -> int:
    """How many answers were no help. A guess was one where the next answer is no trouble."""
    count, next_fails = 0, False
    for text in answers:
        fails = _fails(text)
        count += fails and (next_fails or not guesses(text))
        next_fails = fails
    return count


def _fails(text: str) -> bool:
    return did_not_understand(text) or cannot_help(text) or guesses(text)
