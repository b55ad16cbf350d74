"""What keyboards and recognisers do to a sentence: for training, and to measure what it costs."""

import re
from collections.abc import Callable
from random import Random

from handoff.screening.score.letters import as_heard

FILLERS = {
    "en": ["like", "really", "um", "you know", "honestly", "i mean", "just", "uh"],
    "es": ["pues", "o sea", "bueno", "eh"],
    "fr": ["euh", "genre", "en fait", "ben"],
    "de": ["halt", "also", "äh", "irgendwie"],
    "ko": ["음", "그냥", "진짜", "막"],
}
APOSTROPHES = re.compile(r"['’‘]")
LONG = 4  # letters of a word whose first letter is left in its place

Disturbance = Callable[[str, str, Random], str]  # text, language, chance


def with_filler(text: str, language: str, chance: Random) -> str:
    words = text.split()
    at = chance.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join([*words[:at], chance.choice(FILLERS[language]), *words[at:]])


def with_letters_swapped(text: str, _language: str, chance: Random) -> str:
    """Two neighbouring letters of one word change places."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= LONG and word.isalpha()]
    able = long or [at for at, word in enumerate(words) if len(word) > 1]
    if not able:
        return text
    at = chance.choice(able)
    word = words[at]
    place = chance.randrange(1 if len(word) >= LONG else 0, len(word) - 1)
    words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def without_apostrophes(text: str, _language: str, _chance: Random) -> str:
    return APOSTROPHES.sub("", text)


def without_punctuation(text: str, _language: str, _chance: Random) -> str:
    return as_heard(text)


DISTURBANCES: dict[str, Disturbance] = {
    "a filler word": with_filler,
    "two letters swapped": with_letters_swapped,
    "no apostrophes": without_apostrophes,
    "no punctuation": without_punctuation,
}
