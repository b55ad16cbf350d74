"""Whether a few words go on with what was just asked or spoken of: `and yesterday?`, `I ate it`.

Alone they say too little: their reader takes the rest from what was said before. English, and the
beginnings of the four other languages. Pure, and linear in the text's length.
"""

import re
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
    r"(?:ate|eat|had|have|eaten|finished|drank|drunk|got)"
    r"(?: (?:it|that|one|them|some|both|those|the (?:whole thing|lot)|all of it))"
    r"(?: (?:all|already|anyway|now|just now|in the end|up|though|too|earlier|today))*\W*$"
    r"|^\W*(?:(?:ok|okay|done|yes|and|all|now|just),? )*eaten(?: (?:it|now|already))?\W*$"
    r"|^\W*(?:(?:ya )?me l[oa] comí|je l'ai mangée?|(?:ich )?habe? (?:es|ihn|sie) gegessen"
    r"|(?:다 )?먹었어요?)\W*$",
    re.IGNORECASE,
)

# `make it 6:30 instead`, `no, at seven`
_OTHER_TIME: Final = re.compile(
    r"^\W*(?:(?:no|sorry|actually|oh|wait|hm+|ok|please|and|can you|could you|better|rather),? )*"
    r"(?:(?:make|move|change|set|push|put) (?:it|that|this)(?: to| for| at)?|at|for|i meant|i mean"
    r"|let's say|it should be|(?:it|that) was)?,? ?(?:at )?"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|noon"
    r"|midnight|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|every|an? (?:hour|quarter)|in )",
    re.IGNORECASE,
)


def names_other_time(said: str) -> bool:
    """Whether it gives what was just agreed another time: `no, at seven`."""
    text = plain_speech(" ".join(said.replace("’", "'").split()))
    return len(text.split()) <= _MOST_WORDS and _OTHER_TIME.search(text) is not None


def follows_up(said: str) -> bool:
    """Whether it asks further: `and yesterday?`, `what about rice`, `walnuts?`."""
    text = plain_speech(" ".join(said.replace("’", "'").split()))
    short = len(text.split()) <= _MOST_WORDS and not any_of(facts_of(text), _NO_FOLLOW_UP)
    return short and bool(_GOES_ON.search(text) or _THING_ASKED.search(text))


def wants_another(said: str) -> bool:
    """Whether it asks for another proposal: `something else`, `no, without fish`."""
    text = plain_speech(" ".join(said.replace("’", "'").split()))
    short = len(text.split()) <= _MOST_WORDS and not any_of(facts_of(text), _NO_FOLLOW_UP)
    return short and _ANOTHER.search(text) is not None


def ate_what_was_named(said: str) -> bool:
    """Whether it tells that something was eaten, and names it not: `ok, ate it`, `I had one`."""
    return _ATE_IT.search(" ".join(said.replace("’", "'").split())) is not None
