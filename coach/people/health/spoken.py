"""Numbers in words as digits, as people say what a scale or a meter shows."""

import re

ONES = dict(enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven",
     "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
))  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {word: value for value, word in ONES.items()} | {
    word: 10 * value for value, word in enumerate(TENS, start=2)
}
WORD = "|".join(sorted(VALUES, key=len, reverse=True))
SPOKEN = re.compile(
    rf"\b(?:(?:a |one )?hundred|{WORD})(?:(?:[ -]|,? and )(?:{WORD}|hundred))*"
    rf"(?: point(?: (?:{WORD}|oh|o))+| and a half)?\b"
)


def with_digits(text: str) -> str:
    """`text` with «eighty two point five» as `82.5`, «one ten» as `110`, «a hundred» as `100`."""
    return SPOKEN.sub(_digits, text)


def _takes(group: int, value: int) -> bool:
    """Whether `value` is the end of `group`: a hundred takes all, twenty takes one to nine."""
    whole_hundreds = group >= 100 and group % 100 == 0
    return whole_hundreds or (group % 100 >= 20 and group % 10 == 0 and value < 10)


def _digits(found: re.Match[str]) -> str:
    words = re.split(r"[ ,-]+", found[0])
    half = words[-3:] == ["and", "a", "half"]
    whole, _point, after = " ".join(words[:-3] if half else words).partition(" point ")
    groups: list[int] = []
    for word in whole.split():
        if word in ("and", "a"):
            continue
        value = VALUES.get(word, 100)
        if word == "hundred":
            groups[-1:] = [max(1, groups[-1] if groups else 1) * 100]
        elif groups and _takes(groups[-1], value):
            groups[-1] += value
        else:
            groups.append(value)
    if len(groups) == 2 and groups[0] < 10 and 10 <= groups[1] < 100:
        groups = [groups[0] * 100 + groups[1]]  # «one ten» is 110
    text = " ".join(str(group) for group in groups)
    if half:
        return f"{text}.5"
    digits = "".join(str(VALUES.get(word, 0)) for word in after.split())
    return f"{text}.{digits}" if digits else text
