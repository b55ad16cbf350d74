"""A sentence as the encoder reads it."""

import re

MAX_CHARS = 600  # of one sentence: what is longer says nothing more about its meaning
PLACEHOLDER = "10"
NUMBER = re.compile(r"\d[\d.,:]*")


def plain_text(sentence: str) -> str:
    """The sentence without what only disturbs its vector; at most `MAX_CHARS`.

    Another number moves the vector as far as another verb does. So all numbers become one.
    """
    return NUMBER.sub(PLACEHOLDER, " ".join(sentence[:MAX_CHARS].split()))
