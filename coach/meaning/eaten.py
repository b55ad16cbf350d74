"""Whether a sentence tells what its speaker ate: by grammar, whatever engine has understood it.

What is asked, planned, denied, supposed, ordered, or eaten by somebody else was not eaten.
`eaten.txt` holds how these are said, in five languages. Pure, and linear in the text's length.
"""

import re
from pathlib import Path
from typing import Final

from coach.meaning.agreement import agreement
from coach.meaning.facts import Facts, any_of, facts_of
from coach.meaning.in_english import spoken_in
from coach.meaning.others import tells_of_others, without_others
from coach.meaning.patterns import read_patterns
from coach.meaning.plain_speech import plain_speech
from coach.meaning.units import UNITS

_PATTERNS: Final = read_patterns(Path(__file__).with_name("eaten.txt"))
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NOT_EATING: Final = ("asks", "asks_you", "may_i", "suggest", "remind", "order", "ends_asking")
# Where something new begins: `I had an egg, should I have another?`
_SEAM: Final = re.compile(
    r"(?<=[.!?;]) "
    r"|,? (?:and|but|so|then|y|pero|et|mais|und|aber) (?=(?:i|we|can|could|may|should|shall|"
    r"would|will|do|does|is|are|what|how|which|when|remind|tell|show|yo|qué|je|j'|ich|was|wie)\b)"
    r"|, (?=(?:i|can|could|may|should|shall|would|do|does|is|what|whats|what's|how|which|remind|"
    r"tell|show)\b)",
    re.IGNORECASE,
)
# `nothing today apart from a yoghurt`
_NOTHING_BUT: Final = re.compile(
    r"^.*?\b(?:nothing|anything|none)\b.{0,30}"
    r"\b(?:but|except(?: for)?|apart from|besides|other than|save for) ",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,.;] ?(?!\d)")


def what_was_eaten(said: str) -> str:
    """`said` without its parts that tell of nothing eaten; "" where no part does."""
    return " ".join(_own(part) for part in _parts(said) if may_be_eaten(part))


def _own(part: str) -> str:
    """`I wanted soup but it was off, so a wrap it was`: the soup was not had."""
    found = _PATTERNS["came_instead"].search(part.replace("’", "'"))
    if found:
        return part[found.start() :]
    own = without_others(part) if tells_of_others(part) else part
    own = _NOTHING_BUT.sub("", own)
    told = _told_beside_a_denial(own) if says("denied", own) else []
    return ", ".join(told) or own


def tells_beside_a_denial(sentence: str) -> bool:
    """Whether a meal is told, whatever else is denied: `no breakfast, tuna salad at noon`."""
    return says("denied", sentence) and bool(_told_beside_a_denial(sentence))


def _told_beside_a_denial(sentence: str) -> list[str]:
    """`Breakfast skipped, lentil soup for lunch, dinner not yet`: the clauses that tell a meal."""
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause]
    own = [one for one in clauses if not says("denied", one) or says("none_but", one)]
    return [one for one in own if says("a_meal", one) and "plans" not in facts_of(one)]


def is_plainly_told(said: str) -> bool:
    """Whether a part of `said` tells in so many words what its speaker ate: `I had …`."""
    parts = [(part, facts_of(part)) for part in _parts(said)]
    return any(
        ({"ate", "self"} <= held or ("ate" in held and spoken_in(part) == "ko"))
        and not any_of(held, ("negated", "plans"))
        and may_be_eaten(part, held)
        for part, held in parts
    )


def _parts(said: str) -> list[str]:
    # One space at a time: how many there are must not count.
    rows = [" ".join(row.split()) for row in said.splitlines()]
    return [part for row in rows for part in _SEAM.split(row) if part]


def answers_only(words: str) -> bool:
    """Whether they are a yes, or a no that is about something else: «no milk», of a coffee."""
    if agreement(words):
        return True
    held = facts_of(words)
    return "no_first" in held and not any_of(held, ("self", "ate", "plans", *_NOT_EATING))


def may_be_eaten(sentence: str, held: Facts | None = None) -> bool:
    """Whether what `sentence` names may be written down as eaten. `held`: its facts, if known."""
    held = facts_of(sentence) if held is None else held
    if "ate" in held and says("leads_up", sentence):
        held -= {"asks"}
    if any(says(what, sentence) for what in ("supposed", "order_first", "planned")):
        return False
    if tells_of_others(sentence):
        own = without_others(sentence)
        facts = facts_of(own)
        left = _WORD.search(own) is not None and says("had_the_rest", sentence)
        told = "ate" in facts or left or says("for_me", own)
        return told and may_be_eaten(own, facts)
    if "ate" not in held and (says("ahead", sentence) or says("written", sentence)):
        return False
    if orders_log(sentence) and not says("denied", sentence):
        return not says("no_food", sentence) and "remind" not in held
    if {"ate", "order"} <= held and "asks" not in held:
        return says("in_its_place", sentence)
    if any_of(held, _NOT_EATING):
        ordered = {"asks_you", "write_down"} <= held and says("asks_to_write", sentence)
        elsewhere = any_of(held, ("suggest", "remind")) or says("no_food", sentence)
        return ordered and not elsewhere
    return _is_told(sentence, held)


def _is_told(sentence: str, held: Facts) -> bool:
    """Whether a sentence that neither asks nor orders tells, and neither plans nor denies."""
    if says("content", sentence):
        return False
    if says("denied", sentence) and not says("none_but", sentence):
        rest = _PATTERNS["denied"].sub(" ", sentence)
        return says("all_the_same", rest) or bool(_told_beside_a_denial(sentence))
    announced = "colon" in held or says("announced", sentence)
    if "plans" in held and "ate" not in held and not announced:
        return says("in_its_place", sentence) or came_instead(sentence)
    return "others" not in held or says("speaker", sentence)


def tells_of_no_meal(sentence: str, held: Facts) -> bool:
    """Whether it tells of food that was not eaten: planned, denied, supposed, or another's."""
    return not any_of(held, _NOT_EATING) and (
        any_of(held, ("plans", "others"))
        or tells_of_others(sentence)
        or any(says(what, sentence) for what in ("denied", "supposed", "planned"))
    )


def came_instead(sentence: str) -> bool:
    """Whether something took the place of what was planned: `… so a croissant it was`."""
    return says("came_instead", sentence)


_ENTRY: Final = re.compile(
    rf"^\W*(?:[^\W\d_][\w'-]* ){{0,4}}[^\W\d_][\w'-]*[,:]? \d[\d.,]* ?{UNITS}\W*$"
    rf"|^\W*\d[\d.,]* ?{UNITS},? (?:of )?(?:[^\W\d_][\w'-]* ){{0,4}}[^\W\d_][\w'-]*\W*$",
    re.IGNORECASE,
)


def is_an_entry(said: str) -> bool:
    """Whether it is a line of a diary and nothing else: `skyr, 150 g`."""
    named = not any_of(facts_of(said), ("self", "change", "weigh", *_NOT_EATING))
    return named and not says("denied", said) and _ENTRY.search(said) is not None


def orders_log(sentence: str) -> bool:
    """Whether it is said outright that something is to be written down: `log a pear`."""
    return says("log_order", " ".join(_words(sentence)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def says(what: str, sentence: str) -> bool:
    """Whether a pattern under the heading `what` of `eaten.txt` is in the sentence."""
    return _PATTERNS[what].search(plain_speech(sentence.replace("’", "'"))) is not None
