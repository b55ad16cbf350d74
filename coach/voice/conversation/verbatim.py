"""How the coach is made to speak first, or word for word, by any engine.

A language model follows the instructions; the embedded mind speaks the quoted words as they are.
What must be verbatim is checked against what is spoken.
"""

import re

from coach.voice.conversation.sequencer import ResponseRequest

_DIGITS = {
    word: str(digit)
    for digit, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def verbatim(text: str, ref: int = 0) -> ResponseRequest:
    """A wish to speak exactly this text; no tool may be called."""
    quoted = " ".join(text.split()).replace('"', "'")
    return ResponseRequest(
        kind="script",
        instructions=f'Say exactly this, word for word, and nothing else: "{quoted}"',
        tools=False,
        script=quoted,
        ref=ref,
    )


def greeting(text: str) -> ResponseRequest:
    """A wish to open the talk in the sense of this text."""
    quoted = " ".join(text.split()).replace('"', "'")
    return ResponseRequest(
        kind="greeting",
        instructions=f'Greet the member in one or two short sentences. For example: "{quoted}"',
        tools=False,
    )


def hand_back(example: str, ref: int = 0) -> ResponseRequest:
    """A wish to take the talk up again after a person; additional to what the note says."""
    if not example:
        return ResponseRequest(kind="hand_back", tools=False, ref=ref)
    quoted = " ".join(example.split()).replace('"', "'")
    return ResponseRequest(
        kind="hand_back",
        instructions=(
            "The human expert has handed the talk back to you, with a note. Take it up again in "
            f'one or two short sentences. For example: "{quoted}"'
        ),
        tools=False,
        ref=ref,
    )


def deviates(script: str, spoken: str, *, final: bool) -> bool:
    """Whether the words spoken so far are not the beginning (final: the whole) of the script.

    Compared by letters and digits alone; a number may be spelled digit by digit. The last word of
    an unfinished text may still be growing and is left out.
    """
    want, got = _words(script), _words(spoken)
    if final:
        return "".join(got) != "".join(want)
    return not "".join(want).startswith("".join(got[:-1]))


def _words(text: str) -> list[str]:
    words = (w.casefold().replace("’", "").replace("'", "") for w in _WORD.findall(text))
    return [_DIGITS.get(word, word) for word in words]
