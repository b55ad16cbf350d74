"""When a kind must not be acted on, whatever its probability: grammar says so, by construction.

What was not eaten is not written down (`coach.meaning.eaten`). What is asked changes nothing. What
a food holds is no question about the diary. Politeness calls nobody. `gates.txt` holds how these
are said.
"""

import re
from pathlib import Path
from typing import Literal

from coach.engine.llm.intents.grammar import facts_of
from coach.engine.llm.intents.kinds import CHANGES, LOG, OF_DIARY, PERSON, TOLD
from coach.meaning import eaten
from coach.meaning.corrects import corrects
from coach.meaning.facts import any_of
from coach.meaning.left_alone import left_alone
from coach.meaning.patterns import read_patterns

Gate = Literal["open", "ask", "shut"]

_PATTERNS = read_patterns(Path(__file__).with_name("gates.txt"))
_NAME = re.compile(r"(?<=\w )[A-Z][a-zéèáíóúñäöüß]{2,}\b")
_ORDERS = {"remove": "remove", "undo": "undo", "reminder": "remind"}
_ASKING = ("asks", "may_i", "ends_asking")
_OF_OWN = ("self", "day", "meal")  # without them, what a thing holds is no question about a diary


def gate(kind: str, sentence: str) -> Gate:
    """Whether a tool for this kind may be taken, may be offered, or may not even be offered."""
    if not _is_open(kind, sentence):
        return "shut"
    return "ask" if _needs_question(kind, sentence) else "open"


def is_ordered(kind: str, sentence: str) -> bool:
    """Whether it is asked for in so many words, such as `log a pear`: less doubt is left."""
    if kind == LOG:
        return eaten.orders_log(sentence) or eaten.is_plainly_told(sentence)
    if kind == "correct":
        return corrects(sentence)
    if kind == PERSON:
        return _says("asked_for", sentence) and "person" in facts_of(sentence)
    return _ORDERS.get(kind, "") in facts_of(sentence)


def swaps_sides(sentence: str) -> bool:
    """Whether something takes another's place: `with mash, not with chips`."""
    return _says("swaps_sides", sentence)


def nobody_wanted(sentence: str) -> bool:
    """Whether a person is spoken of and not wanted."""
    if _says("not_asked_for", sentence):
        return True
    return _says("nobody", sentence) and not _says("machine", sentence)


def _says(what: str, sentence: str) -> bool:
    return _PATTERNS[what].search(sentence.replace("’", "'")) is not None


def _needs_question(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        return eaten.says("has", sentence) and "ate" not in held
    if kind == "correct" and corrects(sentence):
        return False
    return kind in CHANGES and "may_i" in held and not any_of(held, ("remove", "undo"))


def _is_open(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        return not corrects(sentence) and eaten.may_be_eaten(sentence, held)
    if kind in CHANGES:
        return _may_change(sentence, held)
    if kind in TOLD:
        of_diary = "amount_of" in held and "self" not in held  # «calories of the last week»
        asks = ("asks" in held and "write_down" not in held) or of_diary
        return not asks and not any_of(held, ("ends_asking", "suggest", "remind"))
    if kind == PERSON:
        return _may_call(sentence, held)
    if kind == "not_eaten":
        return not any_of(held, _ASKING) and not eaten.is_plainly_told(sentence)
    if kind == "sorry":
        return not _says("puts_right", sentence)
    if kind in OF_DIARY:
        if _says("food_suits", sentence):
            return False
        own = any_of(held, _OF_OWN) or _says("that", sentence)
        return own or not eaten.says("content", sentence)
    if kind in ("notes", "about_people"):
        return not _says("own_diary", sentence)
    if kind == "suits_me":
        return not eaten.orders_log(sentence)
    if kind == "propose":
        return not (eaten.says("written", sentence) or _says("no_meal", sentence))
    return kind != "reminder" or "remind" in held or _says("moves_reminder", sentence)


def _may_change(sentence: str, held: frozenset[str]) -> bool:
    if left_alone(sentence) or eaten.says("supposed", sentence):
        return False
    if _says("moves_reminder", sentence):
        return False
    if corrects(sentence):
        return True
    if "change" not in held and eaten.says("written", sentence):
        return False
    asks = "asks" in held and not any_of(held, ("asks_you", "may_i", "undo", "remove"))
    return not asks and not any_of(held, ("remind", "suggest"))


def _may_call(sentence: str, held: frozenset[str]) -> bool:
    if nobody_wanted(sentence) or (_says("polite", sentence) and "person" not in held):
        return False
    named = "reach" in held and _NAME.search(sentence) is not None
    return "person" in held or named or _says("asked_for", sentence)
