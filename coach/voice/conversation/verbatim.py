"""How any engine is made to speak first, or word for word.

A language model follows the instructions; the embedded rule-based model speaks the quoted words as
they are. What must be verbatim is checked against what is spoken.
"""

import re

import msgspec

from coach.voice.conversation.request_queue import ResponseRequest

_DIGITS = {
    word: str(digit)
    for digit, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
}
_GO_ON = (
    "Your last answer broke off before it was over, through a fault of the line. Go on exactly "
    "where it broke off, and do not repeat what was said. Say nothing of the fault."
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def verbatim_request(text: str, ref: int = 0) -> ResponseRequest:
    """A request to speak exactly this text; no tool may be called."""
    quoted = _quotable(text)
    return ResponseRequest(
        kind="script",
        instructions=f'Say exactly this, word for word, and nothing else: "{quoted}"',
        tools=False,
        script=quoted,
        ref=ref,
    )


def greeting_request(text: str) -> ResponseRequest:
    """A request to open the talk in the sense of this text."""
    return ResponseRequest(
        kind="greeting",
        instructions=(
            f'Greet the member in one or two short sentences. For example: "{_quotable(text)}"'
        ),
        tools=False,
    )


def word_request(text: str, ref: int = 0) -> ResponseRequest:
    """A request to speak an expert's sentence exactly; it interrupts nobody, and comes last."""
    return msgspec.structs.replace(verbatim_request(text, ref), kind="word")


def hand_back_request(example: str, ref: int = 0, *, verbatim: bool = False) -> ResponseRequest:
    """A request to take the talk up again after a person; what the note says still holds.

    `verbatim`: with exactly these words of theirs.
    """
    if not example:
        return ResponseRequest(kind="hand_back", tools=False, ref=ref)
    if verbatim:
        return msgspec.structs.replace(verbatim_request(example, ref), kind="hand_back")
    return ResponseRequest(
        kind="hand_back",
        instructions=(
            "The human expert has handed the talk back to you, with a note. Take it up again in "
            f'one or two short sentences. For example: "{_quotable(example)}"'
        ),
        tools=False,
        ref=ref,
    )


def go_on_request(request: ResponseRequest) -> ResponseRequest:
    """A request to end what broke off in the middle of this one.

    Reviewed words are said from their beginning, for what a model would go on with is not reviewed.
    """
    if request.script:
        return request
    return msgspec.structs.replace(request, instructions=_GO_ON, after_playback=True)


def deviates(script: str, spoken: str, *, final: bool) -> bool:
    """Whether the words spoken so far are not the beginning (final: the whole) of the script.

    Compared by letters and digits alone; a number may be spelled digit by digit. The last word of
    an unfinished text may still be growing and is left out.
    """
    expected, actual = _words(script), _words(spoken)
    if final:
        return "".join(actual) != "".join(expected)
    return not "".join(expected).startswith("".join(actual[:-1]))


def _quotable(text: str) -> str:
    return " ".join(text.split()).replace('"', "'")


def _words(text: str) -> list[str]:
    words = (w.casefold().replace("’", "").replace("'", "") for w in _WORD.findall(text))
    return [_DIGITS.get(word, word) for word in words]
