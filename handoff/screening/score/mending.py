"""Two letters that changed places in typing are put back, where that makes a word of the data."""

from collections import Counter
from collections.abc import Iterable, Set

from coach.meaning.slips import swapped
from handoff.screening.score.letters import words_only

SHORTEST = 4  # letters of a word that is mended: shorter ones become each other
OFTEN = 3  # a word that is so often in the data is spelt right there


def known_words(texts: Iterable[str]) -> list[str]:
    """The words that are spelt right, in all languages."""
    counts = Counter(word for text in texts for word in words_only(text).split())
    return sorted(
        word for word, count in counts.items() if count >= OFTEN and len(word) >= SHORTEST
    )


def mended(text: str, known: Set[str]) -> str:
    """`text` with each unknown word that two letters part from a known one as that word."""
    return " ".join(_mended(word, known) for word in text.split())


def _mended(word: str, known: Set[str]) -> str:
    plain = words_only(word)
    if len(plain) < SHORTEST or not plain.isalpha() or plain in known:
        return word
    return next((slip for slip in swapped(plain) if slip in known), word)
