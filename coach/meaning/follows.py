"""Whether a few words go on with what was just asked or told: `and yesterday?`, `and a pear`.

Alone they say too little: their reader takes the rest from what was said before. English, and the
beginnings of the four other languages. Pure, and linear in the text's length.
"""

import re
from collections.abc import Sequence
from typing import Final

from coach.meaning.facts import any_of, facts_of
from coach.meaning.plain_speech import plain_speech

_MOST_WORDS: Final = 9
_GOES_ON: Final = re.compile(
    r"^\W*(?:(?:ok|okay|so|well|hm+|oh|thanks),? )*(?:"
    r"(?:and|or|but|even|plus)\b|(?:what|how) about\b|what if\b|if (?:it|i|there)\b|only if\b"
    r"|(?:¿ ?)?(?:y|o)\b|et\b|ou\b|und\b|oder\b|(?:was|wie) ist mit\b|그럼|그리고)",
    re.IGNORECASE,
)
_ADDS: Final = re.compile(r"^\W*(?:and|plus)\b", re.IGNORECASE)
# Of the same meal: `and a coffee`, `I had a juice too`; but «and then …» was later.
_BESIDE_IT: Final = re.compile(
    r"^\W*(?:(?:oh|ok|okay|yes|sorry|um|uh|wait|ah),? )*(?:and|plus|also|with)\b"
    r"|\b(?:also|as well|too|with (?:it|that|them)|alongside|to go with it|on the side)\W*$"
    r"|^\W*(?:oh,? )*(?:i|we)(?:'ve)? (?:also|forgot)\b"
    r"|^\W*(?:(?:oh|und|y|et),? )*(?:dazu|auch noch|también|aussi|avec ça)\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\b(?:then|later|after(?:wards?)?|now|just|before|since|at \d|earlier|again|this|today)\b",
    re.IGNORECASE,
)
_ONE_MORE: Final = re.compile(
    r"^\W*(?:and|plus) (?:an?|some|one|two|three|four|half)\b", re.IGNORECASE
)
_THING_ASKED: Final = re.compile(r"^\W*(?:[\w'-]+ ){0,2}[\w'-]+ ?\?$")
_ANOTHER: Final = re.compile(
    r"^\W*(?:(?:no|nah|hm+|ok|okay|oh|and|or|well|please|sorry),? )*"
    r"(?:(?:some|any)thing (?:\w+)|(?:an)?other\b|others\b|one more\b|different\b|more ideas\b"
    r"|without\b|with(?:out)? (?:no|less|more)\b|nothing with\b|not (?:that|those|again)\b"
    r"|next\b|anders\b|etwas anderes|otra\b|otro\b|autre chose|다른)",
    re.IGNORECASE,
)
_NO_FOLLOW_UP: Final = (
    "ate", "plans", "remind", "remove", "undo", "person", "write_down", "weigh", "allergy", "order",
)  # fmt: skip
_ATE_IT: Final = re.compile(
    r"^\W*(?:(?:ok|okay|done|well|so|yes|yep|yeah|and|but|oh|too late|sorry|right|fine|now),? )*"
    r"(?:(?:i|we)(?:'ve| have)? )?(?:just |already |actually |did |finally |then )*"
    r"(?:ate|eat|had|eaten|finished|drank|drunk)"
    r"(?: (?:it|that|one|them|some|both|those|the (?:whole thing|lot)|all of it))"
    r"(?: (?:all|already|anyway|now|just now|in the end|up|though|too|earlier|today))*\W*$"
    r"|^\W*(?:(?:ok|okay|done|yes|and|all|now|just),? )*eaten(?: (?:it|now|already))?\W*$"
    r"|^\W*(?:(?:ya )?me l[oa] comí|je l'ai mangée?|(?:ich )?habe? (?:es|ihn|sie) gegessen"
    r"|(?:다 )?먹었어요?)\W*$",
    re.IGNORECASE,
)

_NUMBER: Final = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|una|dos"
    r"|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|(?<=las )once|doce|une|deux|trois|quatre|cinq"
    r"|sept|huit|neuf|dix|onze|douze)"
)
_UNIT: Final = r"(?:min(?:ute)?s?|hours?|days?|weeks?|months?)"
_WEEKDAY: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:lun|mar|mercre|jeu|vendre|same)di"
    r"|dimanche"
)
_PART_OF_DAY: Final = r"(?:morning|afternoon|evening|night)"
_TIME: Final = (
    # `at seven`, `6:30 pm`, `half past eight`, `um 8 Uhr`
    r"(?:(?:at|by|um|a las?|à|about|around) )*"
    rf"(?:(?:(?:a )?quarter|half|halb|{_NUMBER}(?: minutes)?)"
    r"(?: (?:past|to|after|before|nach|vor))? )?"
    rf"{_NUMBER}(?:[:.h]\d\d|[ -]{_NUMBER})?"
    r"(?: ?(?:[ap]\.?m\b\.?|o'?clock|uhr|h|heures?|시(?: ?반)?에?))?"
    # `tomorrow`, `on Friday`, `in the morning`
    rf"|(?:(?:on|at|by|next|this|el|am) )*(?:noon|midnight|today|tonight|tomorrow|{_WEEKDAY}"
    rf"|mañana|demain|midi|morgen|heute|내일)(?: {_PART_OF_DAY})?|(?:in the|this|at) {_PART_OF_DAY}"
    r"|(?:the )?day after tomorrow|(?:before|after) (?:breakfast|lunch|dinner|supper|bed|work)"
    # `every two hours`, `in half an hour`, `an hour later`
    rf"|every (?:(?:other|second|single|{_NUMBER}) )?(?:{_UNIT}|weekdays?|{_WEEKDAY}"
    rf"|{_PART_OF_DAY})"
    rf"|(?:in )?(?:an?|half an|(?:a )?quarter of an|{_NUMBER}) {_UNIT}"
    r"(?: (?:later|earlier|from now))?"
)
# `make it 6:30 instead`, `no, at seven`: nothing but a time, so that `two eggs` is none.
_OTHER_TIME: Final = re.compile(
    r"^\W*(?:(?:no|sorry|actually|oh|wait|hm+|ok|please|and|can you|could you|better|rather|nein"
    r"|und|non|et|y),? )*"
    r"(?:(?:make|move|change|set|push|put) (?:it|that|this)(?: to| for)?|for|i meant|i mean"
    r"|let's say|it should be|(?:it|that) was)?,? ?"
    rf"(?:{_TIME})(?:,? (?:(?:and|not|instead of|rather than) )?(?:{_TIME}))*"
    r"(?:,? (?:instead|please|then|thanks|thank you|rather|better|sorry|actually|bitte|lieber"
    r"|por favor|s'il (?:te|vous) plaît))*\W*$",
    re.IGNORECASE,
)


def names_other_time(said: str) -> bool:
    """Whether it gives what was just agreed another time: `no, at seven`."""
    return _OTHER_TIME.search(_few_words(said, without=("remind", "ate"))) is not None


def follows_up(said: str) -> bool:
    """Whether it asks further: `and yesterday?`, `what about rice`, `walnuts?`."""
    text = _few_words(said, without=_NO_FOLLOW_UP)
    return bool(_GOES_ON.search(text) or _THING_ASKED.search(text))


def adds_more(said: str) -> bool:
    """Whether it tells more of what was just told: `and the orange juice`; asked is no telling."""
    return _ADDS.search(_few_words(said, without=(*_NO_FOLLOW_UP, "asks", "change"))) is not None


def adds_one(said: str) -> bool:
    """Whether one more thing is told, and nothing asked: `and a papaya`; not `and the protein`."""
    return adds_more(said) and _ONE_MORE.search(said) is not None


def belongs_to_the_last(said: str) -> bool:
    """Whether what it tells was had with what was told before it: `and a coffee`."""
    text = plain_speech(" ".join(said.replace("’", "'").split()))
    return _BESIDE_IT.search(text) is not None and _LATER.search(text) is None


def wants_another(said: str) -> bool:
    """Whether it asks for another proposal: `something else`, `no, without fish`."""
    return _ANOTHER.search(_few_words(said, without=_NO_FOLLOW_UP)) is not None


def ate_what_was_named(said: str) -> bool:
    """Whether it tells that something was eaten, and names it not: `ok, ate it`, `I had one`."""
    return _ATE_IT.search(" ".join(said.replace("’", "'").split())) is not None


def _few_words(said: str, *, without: Sequence[str]) -> str:
    """The words of `said` in plain speech, if they are few and tell none of these facts; or ""."""
    text = plain_speech(" ".join(said.replace("’", "'").split()))
    few = len(text.split()) <= _MOST_WORDS and not any_of(facts_of(text), without)
    return text if few else ""
