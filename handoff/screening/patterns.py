"""Rules as data: a small notation on top of regular expressions, with bounded gaps only.

(want|need) to ~3 die      "~3" stands for up to three words; no gap crosses a sentence end
{PILLS}                    a list of words with a name
#                          a number, tested by the rule's `number`
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

PERSONS = (
    "boss|husband|wife|brother|sister|mom|mother|dad|father|partner|boyfriend|girlfriend|teacher"
    "|neighbou?r|colleague|coworker|ex|kids?|children|baby|son|daughter|family|parents|roommate"
    "|flatmate|classmates?|coach|landlord|stepdad|stepfather|stepmom|stepmother|uncle|aunt|cousin"
    "|grandpa|grandma|grandfather|grandmother|friend|trainer|tutor|toddler|child"
)
LISTS = {
    "SELF": r"(?:myself|me)",
    "PILLS": (
        r"(?:pills?|tablets?|medications?|meds|medicines?|painkillers?|paracetamols?|tylenols?"
        r"|ibuprofens?|aspirins?|antidepressants?|acetaminophen|panadol|advil|excedrin|xanax"
        r"|valium|opioids?|sleeping pills|sleeping tablets|codeine|capsules?)"
    ),
    "PERSON": rf"(?:{PERSONS})",
    "OTHER": rf"(?:he|she|they|someone|somebody|my (?:ex )?(?:{PERSONS}))",
    "DRUG_GLP": r"(?:ozempic|semaglutide|wegovy|mounjaro|tirzepatide|saxenda|liraglutide)",
    "NIGHT": r"(?:tonight|now|right now|today|this evening|this morning|in the morning|tomorrow)",
    "ED": (
        r"(?:anorexia(?: nervosa)?|bulimia(?: nervosa)?|(?:an )?eating disorder"
        r"|(?:a )?binge eating disorder|orthorexia|ednos|arfid)"
    ),
}
GAP = re.compile(r" ~(\d) ")
NAMED = re.compile(r"\{([A-Z_]+)\}")
# How far around a match its exceptions are looked for, in characters of the same sentence.
AROUND = 90
# Severity of what lies years back and is nobody's concern now: no flag at all.
HISTORY = 9


def _whole_words(pattern: str) -> str:
    """In "(?! (to|early))", "to" must not be the beginning of "tomorrow"."""
    at = 0
    while (at := pattern.find("(?! (", at)) >= 0:
        depth, end = 0, at + 4
        while True:
            depth += {"(": 1, ")": -1}.get(pattern[end], 0)
            end += 1
            if depth == 0:
                break
        pattern = pattern[:end] + r"(?![a-z0-9])" + pattern[end:]
        at = end
    return pattern


def compiled(pattern: str) -> re.Pattern[str]:
    """The notation as a regular expression over whole words."""
    pattern = _whole_words(pattern)
    pattern = NAMED.sub(lambda m: LISTS[m[1]], pattern)
    pattern = GAP.sub(lambda m: r"(?: [a-z0-9.]*[a-z0-9])" + "{0," + m[1] + r"} ", pattern)
    if "~" in pattern:
        raise ValueError(f"a gap stands between two words, with spaces: {pattern}")
    count = iter(range(100))
    pattern = re.sub("#", lambda _: rf"(?P<number{next(count)}>\d{{1,5}}(?:\.\d)?)", pattern)
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


def any_of(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@dataclass(frozen=True)
class Rule:
    """One thing to look for.

    code, severity   what it is and how urgent (0 is an emergency)
    find             the pattern
    unless           a pattern in the same sentence, near the match, that explains it away
    near             a pattern that must stand within `reach` characters, in either order
    number           which numbers in place of "#" count
    anyone           true whoever it happens to: a throat that closes is an emergency in a child too
    negated          the severity when it is denied ("I don't want to die"); None: not a flag then
    past             the severity when it lies years back; None: time does not matter
    """

    code: str
    severity: int
    find: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    reach: int = 140
    number: Callable[[float], bool] | None = None
    anyone: bool = False
    negated: int | None = 2
    past: int | None = 2


def rule(
    code: str,
    severity: int,
    *find: str,
    unless: str = "",
    near: str = "",
    reach: int = 140,
    number: Callable[[float], bool] | None = None,
    anyone: bool = False,
    negated: int | None = 2,
    past: int | None = 2,
) -> Rule:
    return Rule(
        code,
        severity,
        compiled(any_of(*find)),
        compiled(unless) if unless else None,
        compiled(near) if near else None,
        reach,
        number,
        anyone,
        negated,
        past,
    )
