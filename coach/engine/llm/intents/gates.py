"""When a kind must not be acted on, whatever its probability: grammar says so, by construction.

What is asked, planned, denied, supposed, ordered, or eaten by somebody else is not written down.
What is asked changes nothing. What a food holds is no question about the diary. Politeness calls
nobody. `gates.txt` holds how these are said.
"""

import re
from pathlib import Path
from typing import Literal

from coach.engine.llm.intents.grammar import any_of, facts_of
from coach.engine.llm.intents.kinds import CHANGES, LOG, OF_DIARY, PERSON, TOLD
from coach.engine.llm.intents.patterns import read_patterns
from coach.meaning.left_alone import left_alone
from coach.meaning.others import tells_of_others, without_others

Gate = Literal["open", "ask", "shut"]

_PATTERNS = read_patterns(Path(__file__).with_name("gates.txt"))
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NAME = re.compile(r"(?<=\w )[A-Z][a-zéèáíóúñäöüß]{2,}\b")
_ORDERS = {"remove": "remove", "undo": "undo", "reminder": "remind"}
_OF_OWN = ("self", "day", "meal")  # without them, what a thing holds is no question about a diary
_NOT_EATING = ("asks", "asks_you", "may_i", "suggest", "remind", "order", "ends_asking")


def gate(kind: str, sentence: str) -> Gate:
    """Whether a tool for this kind may be taken, may be offered, or may not even be offered."""
    if not _is_open(kind, sentence):
        return "shut"
    return "ask" if _needs_question(kind, sentence) else "open"


def is_ordered(kind: str, sentence: str) -> bool:
    """Whether it is asked for in so many words, such as `log a pear`: less doubt is left."""
    if kind == LOG:
        return _orders_log(sentence)
    if kind == PERSON:
        return _says("asked_for", sentence) and "person" in facts_of(sentence)
    return _ORDERS.get(kind, "") in facts_of(sentence)


def tells_of_no_meal(sentence: str) -> bool:
    """Whether it tells of food that was not eaten: planned, denied, supposed, or another's."""
    held = facts_of(sentence)
    return not any_of(held, _NOT_EATING) and (
        any_of(held, ("plans", "others"))
        or tells_of_others(sentence)
        or _says("denied", sentence)
        or _says("supposed", sentence)
    )


def nobody_wanted(sentence: str) -> bool:
    """Whether a person is spoken of and not wanted."""
    if _says("not_asked_for", sentence):
        return True
    return _says("nobody", sentence) and not _says("machine", sentence)


def _says(what: str, sentence: str) -> bool:
    return _PATTERNS[what].search(sentence.replace("’", "'")) is not None


def _orders_log(sentence: str) -> bool:
    return _says("log_order", " ".join(_WORD.findall(sentence.replace("’", "'"))))


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
        if left_alone(sentence) or _says("supposed", sentence):
            return False
        return not asks and not any_of(held, ("remind", "suggest"))
    if kind in TOLD:
        asks = "asks" in held and "write_down" not in held
        return not asks and not any_of(held, ("ends_asking", "suggest", "remind"))
    if kind == PERSON:
        return _may_call(sentence, held)
    if kind == "not_eaten":
        return not any_of(held, ("asks", "may_i", "ends_asking"))
    if kind in OF_DIARY:
        return not _says("content", sentence) or any_of(held, _OF_OWN) or _says("that", sentence)
    return kind != "reminder" or "remind" in held


def _may_log(sentence: str, held: frozenset[str]) -> bool:
    if _says("supposed", sentence) or _says("order_first", sentence):
        return False
    if tells_of_others(sentence):
        own = without_others(sentence)
        return any_of(facts_of(own), ("ate",)) and _may_log(own, facts_of(own))
    if "ate" not in held and _says("ahead", sentence):
        return False
    if _orders_log(sentence) and not _says("denied", sentence):
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
