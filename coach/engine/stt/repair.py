"""Mending what the recogniser is known to get wrong: inventions, loops, foreign letters."""

import re

from coach.engine.stt.lexicon import mend

_INVENTED = frozenset(
    {"you", "the", "thank you", "thanks for watching", "bye", "oh", "hmm", "i", "a", "so"}
)
_LOOP = re.compile(r"\b((?:[\w']+[,.!?]?\s+){1,5}?)(?:\1){3,}", re.IGNORECASE)
_DOUBLED = re.compile(r"([,;])[,;]+")
_ENGLISH = re.compile(r"[A-Za-z0-9]")
_EDGES = " .,!?…\"'-"


def invented(text: str) -> bool:
    """Whether it is one of the short phrases the model says when it hears only noise."""
    return text.strip(_EDGES).lower() in _INVENTED


def repair(text: str) -> str:
    """The text with doubled commas gone, endless loops cut down to two rounds and words of the
    domain put right; "" when it has no English letter or digit: what the model makes of a tone."""
    if not _ENGLISH.search(text) or "\ufffd" in text:
        return ""
    return mend(_LOOP.sub(r"\1\1", _DOUBLED.sub(r"\1", text)))
