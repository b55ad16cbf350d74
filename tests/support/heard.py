"""Whether what was heard is what was said, for tests whose subject is not the recogniser.

A browser's pretended microphone stutters on a busy machine, and "a banana" becomes "a dana". How
well words are recognised is tested without a browser, in tests/engine/stt/test_recogniser.py.
"""

import re
from difflib import SequenceMatcher

ALIKE = 0.6  # share of the letters, in order; two sentences of the tests share less than 0.4


def alike(heard: str, said: str) -> bool:
    """Whether `heard` is what a recogniser may make of `said`."""
    return SequenceMatcher(None, _letters(heard), _letters(said), autojunk=False).ratio() >= ALIKE


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
