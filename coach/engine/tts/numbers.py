"""Numbers as they are said in English.

num2words says the same cardinals and ordinals, at twenty times the cost; its years are others
("oh-five"), and of fractions, decades and digits it knows nothing.
"""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 16: "sixteenth"}


def cardinal(number: int) -> str:
    """1250 -> "one thousand two hundred and fifty". From 10**15 on, digit by digit."""
    if number < 0:
        return "minus " + cardinal(-number)
    if number >= 10**15:
        return digits(str(number))
    words = []
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count:
            words.append(f"{_hundreds(count)} {name}")
    if number or not words:
        joint = "and " if words and number < 100 else ""
        words.append(joint + _hundreds(number))
    return " ".join(words)


def _hundreds(number: int) -> str:
    count, rest = divmod(number, 100)
    if not count:
        return _below_hundred(rest)
    head = f"{_ONES[count]} hundred"
    return f"{head} and {_below_hundred(rest)}" if rest else head


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    ten, one = divmod(number, 10)
    return f"{_TENS[ten]}-{_ONES[one]}" if one else _TENS[ten]


def ordinal(number: int) -> str:
    """22 -> "twenty-second"."""
    words = cardinal(number)
    at = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:at], words[at:]
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """2026 -> "twenty twenty-six", 2005 -> "two thousand and five", 1900 -> "nineteen hundred"."""
    century, rest = divmod(number, 100)
    if century % 10 == 0 and rest < 10:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(number: int) -> str:
    """30 -> "thirties", 1990 -> "nineteen nineties"."""
    words = year(number) if number > 99 else cardinal(number)
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def digits(text: str) -> str:
    """Each digit by itself: "988" -> "nine eight eight"."""
    return " ".join(_ONES[int(char)] for char in text if char.isdigit())


def number(text: str) -> str:
    """A written number without sign: "1,250", "2.5", ".5", "007", "1.2.3"."""
    whole, *parts = text.replace(",", "").split(".")
    if whole and (len(whole) > 15 or (whole[0] == "0" and len(whole) > 1)):
        head = digits(whole)
    else:
        head = cardinal(int(whole or 0))
    if len(parts) == 1:
        return f"{head} point {digits(parts[0])}"
    return " point ".join([head, *(cardinal(int(part)) for part in parts)])


def fraction(top: int, bottom: int) -> str:
    """1/2 -> "a half", 3/4 -> "three quarters"; a bottom without a name: "7 out of 9" in words."""
    name = _PARTS.get(bottom)
    if name is None:
        return f"{cardinal(top)} out of {cardinal(bottom)}"
    if top == 1:
        return f"{'an' if bottom == 8 else 'a'} {name}"
    return f"{cardinal(top)} {'halves' if bottom == 2 else name + 's'}"
