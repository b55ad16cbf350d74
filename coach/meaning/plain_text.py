"""A sentence as the encoder reads it."""

import re

MAX_CHARS = 600  # of one sentence: what is longer says nothing more about its meaning
PLACEHOLDER = "10"
NUMBER = re.compile(r"\d[\d.,:]*")


def plain_text(sentence: str, *, amounts: bool = False) -> str:
    """The sentence without what only disturbs its vector; at most `MAX_CHARS`.

    Another number moves the vector as far as another verb does. So all numbers become one, unless
    the caller compares `amounts`.
    """
    text = " ".join(sentence[:MAX_CHARS].split())
    return text if amounts else NUMBER.sub(PLACEHOLDER, text)
