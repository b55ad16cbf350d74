"""When a kind must not be acted on, whatever its probability: grammar says so, by construction.

What is asked, planned, denied, supposed, ordered, or eaten by somebody else is not written down.
What is asked changes nothing. Politeness calls nobody. `gates.txt` holds how these are said.
"""

import re
from pathlib import Path
from typing import Literal

from coach.engine.llm.intents.grammar import any_of, facts_of
from coach.engine.llm.intents.kinds import CHANGES, LOG, PERSON, TOLD
from coach.engine.llm.intents.patterns import read_patterns

Gate = Literal["open", "ask", "shut"]

_PATTERNS = read_patterns(Path(__file__).with_name("gates.txt"))
_NAME = re.compile(r"(?<=\w )[A-Z][a-zéèáíóúñäöüß]{2,}\b")
_NOT_EATING = ("asks", "asks_you", "may_i", "suggest", "remind", "order", "ends_asking")


def gate(kind: str, sentence: str) -> Gate:
    """Whether a tool for this kind may be taken, may be offered, or may not even be offered."""
    if not _is_open(kind, sentence):
        return "shut"
    return "ask" if _needs_question(kind, sentence) else "open"


def nobody_wanted(sentence: str) -> bool:
    """Whether a person is spoken of and not wanted."""
    return _says("nobody", sentence) and not _says("machine", sentence)


def _says(what: str, sentence: str) -> bool:
    return _PATTERNS[what].search(sentence.replace("’", "'")) is not None


def _needs_question(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        return _says("has", sentence) and "ate" not in held
    return kind in CHANGES and "may_i" in held and not any_of(held, ("remove", "undo"))


def _is_open(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        return _may_log(sentence, held)
    if kind in CHANGES:
        asks = "asks" in held and not any_of(held, ("asks_you", "may_i", "undo", "remove"))
        return not asks and not any_of(held, ("remind", "suggest"))
    if kind in TOLD:
        asks = "asks" in held and "write_down" not in held
        return not asks and not any_of(held, ("ends_asking", "suggest", "remind"))
    if kind == PERSON:
        return _may_call(sentence, held)
    return kind != "reminder" or "remind" in held


def _may_log(sentence: str, held: frozenset[str]) -> bool:
    if _says("supposed", sentence):
        return False
    if _says("log_order", sentence):
        return not _says("no_food", sentence) and "remind" not in held
    if {"ate", "order"} <= held and "asks" not in held:
        return _says("in_its_place", sentence)
    if any_of(held, _NOT_EATING):
        ordered = {"asks_you", "write_down"} <= held
        return ordered and not _says("no_food", sentence)
    if _says("content", sentence):
        return False
    if _says("denied", sentence) and not _says("none_but", sentence):
        rest = _PATTERNS["denied"].sub(" ", sentence)
        return _says("all_the_same", rest)
    if "plans" in held and not any_of(held, ("ate", "colon")):
        return _says("in_its_place", sentence)
    return "others" not in held or _says("speaker", sentence)


def _may_call(sentence: str, held: frozenset[str]) -> bool:
    if nobody_wanted(sentence) or (_says("polite", sentence) and "person" not in held):
        return False
    named = "reach" in held and _NAME.search(sentence) is not None
    return "person" in held or named or _says("asked_for", sentence)
