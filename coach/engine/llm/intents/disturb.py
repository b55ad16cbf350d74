"""What keyboards and recognisers do to a sentence, for training."""

import re
from random import Random

_FILLERS = {
    "en": ["like", "um", "well", "you know", "uh", "just", "so", "okay so"],
    "es": ["pues", "o sea", "bueno", "eh"],
    "fr": ["euh", "ben", "en fait", "bon"],
    "de": ["halt", "also", "äh", "mal"],
    "ko": ["음", "그냥", "저기", "어"],
}
_NO_WORD = re.compile(r"[^\w\s']")
_LONG = 4  # letters of a word that gets a slip


def disturbed(text: str, language: str, chance: Random) -> str:
    """The sentence in small letters without marks; in half of the cases with a filler or a slip."""
    words = _NO_WORD.sub(" ", text).lower().split() or [text]
    what = chance.random()
    if what < 0.25:
        words.insert(chance.randrange(len(words)), chance.choice(_FILLERS[language]))
    elif what < 0.5:
        long = [at for at, word in enumerate(words) if len(word) >= _LONG and word.isascii()]
        if long:
            at = chance.choice(long)
            words[at] = _slip(words[at], chance)
    return " ".join(words)


def _slip(word: str, chance: Random) -> str:
    """Two letters change places, or one is left out."""
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]
