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
    held = facts_of(sentence)
    if kind == "reminder" and _comes_again(sentence, held):
        return True
    return _ORDERS.get(kind, "") in held


def swaps_sides(sentence: str) -> bool:
    """Whether something takes another's place: `with mash, not with chips`."""
    return _says("swaps_sides", sentence)


def names_a_change(sentence: str) -> bool:
    """Whether it changes something that it names, or what was said: `no, three`, `make it two`."""
    held = facts_of(sentence)
    placed = any_of(held, ("day", "meal")) and _says("that", sentence)
    if eaten.tells_beside_a_denial(sentence):
        return False
    named = any_of(held, ("change", "remove", "undo", "no_first"))
    return corrects(sentence) or placed or named


def takes_out_a_thing(sentence: str) -> bool:
    """Whether a known thing was not eaten: `I never had the bacon`, `gave the fries away`."""
    denied = eaten.says("denied", sentence) and _says("known_thing", sentence)
    return denied or _says("given_away", sentence)


def asks_of_the_last(sentence: str) -> bool:
    """Whether it asks what was in a thing that was had: `how much fat was in it`."""
    return _says("was_in_it", sentence)


def nobody_wanted(sentence: str) -> bool:
    """Whether a person is spoken of and not wanted."""
    if _says("not_asked_for", sentence):
        return True
    return _says("nobody", sentence) and not _says("machine", sentence)


def is_for_the_profile(sentence: str) -> bool:
    """Whether it asks if something suits an illness, a medicine or a pregnancy: yes or no."""
    asks = "asks" in facts_of(sentence) and not _says("asks_how", sentence)
    return asks and _says("medical", sentence)


def tells_of_others_health(sentence: str) -> bool:
    """Whether it tells how somebody else is, and nothing of the speaker."""
    return _says("of_others", sentence) and not _says("own_too", sentence)


def _says(what: str, sentence: str) -> bool:
    return _PATTERNS[what].search(sentence.replace("’", "'")) is not None


def _needs_question(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        return eaten.says("bought", sentence) or (eaten.says("has", sentence) and "ate" not in held)
    if kind == "correct" and corrects(sentence):
        return False
    if kind == "weight_told":
        return "self" not in held and not _says("measured", sentence)
    return kind in CHANGES and "may_i" in held and not any_of(held, ("remove", "undo"))


def _is_open(kind: str, sentence: str) -> bool:
    held = facts_of(sentence)
    if kind == LOG:
        other = corrects(sentence) or _comes_again(sentence, held)
        return not other and eaten.may_be_eaten(sentence, held)
    if kind in CHANGES:
        return _may_change(sentence, held)
    if kind in TOLD:
        if _is_no_fact(kind, sentence, held):
            return False
        of_diary = "amount_of" in held and "self" not in held  # «calories of the last week»
        asks = ("asks" in held and "write_down" not in held) or of_diary
        if "suggest" in held and not _says("never_suggest", sentence):
            return False
        return not asks and not any_of(held, ("ends_asking", "remind"))
    if kind == PERSON:
        return _may_call(sentence, held)
    if kind == "not_eaten":
        told = eaten.is_plainly_told(sentence) or eaten.came_instead(sentence)
        told = told or eaten.tells_beside_a_denial(sentence)
        return not any_of(held, _ASKING) and not told
    if kind == "sorry":
        return not _says("puts_right", sentence)
    if kind in OF_DIARY:
        if _says("food_suits", sentence) or eaten.says("leads_up", sentence):
            return False
        own = any_of(held, _OF_OWN) or _says("that", sentence)
        return own or not eaten.says("content", sentence)
    if kind == "profile":
        return not _says("over_time", sentence)
    if kind in ("notes", "about_people"):
        return not _says("own_diary", sentence)
    if kind == "suits_me":
        return not eaten.orders_log(sentence)
    if kind == "propose":
        return not (eaten.says("written", sentence) or _says("no_meal", sentence))
    if kind == "reminder":
        if _says("asks_again", sentence):
            return False
        asked = "remind" in held or _says("moves_reminder", sentence)
        asked = asked or _says("of_reminder", sentence)
        return asked or _comes_again(sentence, held)
    return True


def _is_no_fact(kind: str, sentence: str, held: frozenset[str]) -> bool:
    """Whether it tells nothing of the speaker's own health or plan, whatever is named in it."""
    if kind == "allergy_told" and _says("allergy_aside", sentence):
        return True
    if kind == "weight_told" and eaten.is_an_entry(sentence):
        return True
    if kind != "health_told" and _comes_again(sentence, held):
        return True  # «ibuprofen every six hours» may be told
    return tells_of_others_health(sentence)


def _comes_again(sentence: str, held: frozenset[str]) -> bool:
    """`Tea, every two hours`: a thing and a beat, and nothing is told of it."""
    return _says("recurs", sentence) and not any_of(held, ("ate", "asks", "negated"))


def _may_change(sentence: str, held: frozenset[str]) -> bool:
    if left_alone(sentence) or eaten.says("supposed", sentence):
        return False
    if _says("moves_reminder", sentence) or _says("of_reminder", sentence):
        return False
    if corrects(sentence):
        return True
    if "change" not in held and eaten.says("written", sentence):
        return False
    if eaten.came_instead(sentence):
        return False
    asks = "asks" in held and not any_of(held, ("asks_you", "may_i", "undo", "remove"))
    return not asks and not any_of(held, ("remind", "suggest"))


def _may_call(sentence: str, held: frozenset[str]) -> bool:
    if nobody_wanted(sentence) or _says("how_it_would_be", sentence):
        return False
    if _says("polite", sentence) and "person" not in held:
        return False
    named = "reach" in held and _NAME.search(sentence) is not None
    return "person" in held or named or _says("asked_for", sentence)
