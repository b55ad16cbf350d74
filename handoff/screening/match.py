"""Run the rules over a text and weigh what they find."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from handoff.screening.context import (
    AHEAD,
    ANIMAL,
    CAME_BACK,
    DENIED,
    IDIOM_STEMS,
    IDIOMS,
    LESSON_AFTER,
    LESSON_BEFORE,
    NOT_DENIED,
    OTHERS,
    PAST,
    PRESENT,
    RESOLVED,
    SUBJECT,
    THIRD_FORM,
    WENT_ON,
)
from handoff.screening.normalise import MAX_CHARS, Normal, normalise
from handoff.screening.patterns import AROUND, HISTORY, Rule
from handoff.screening.phrasebook import folded, hits
from handoff.screening.privacy import card_numbers
from handoff.screening.rules import COACH_RULES, MEMBER_RULES
from handoff.screening.rules.languages import PHRASEBOOKS

MAX_QUOTE = 300
MAX_FOUND_PER_RULE = 12  # in one text: the first ones tell enough
LESSON = "LNG-R"
ABOUT_OTHERS = 2
TO_COME = len("i am going to ")  # how far before a match "will" may stand
# Families that a lesson may speak of: a phrase to translate, a line of a song.
FRAMED = ("SI", "SH", "ED", "ABU", "VIO", "PSY", "MED", "SUP", "SUB")


class Found(NamedTuple):
    """A rule that matched: its code, 0 (an emergency) to 4 (kept for review), and the words."""

    code: str
    severity: int
    quote: str
    language: str = "en"  # of the rule


def screen(
    text: str,
    speaker: str = "member",
    language: str = "en",
    own: tuple[int, int] = (0, MAX_CHARS),
) -> list[Found]:
    """What is in `text`, gravest first; one entry per code. Reads at most 32,000 characters.

    `speaker` "coach" looks for what the coach must never say; everybody else is read as a member.
    Only what begins within `own` counts: the rest of `text` is there to be understood with it.
    """
    normal = normalise(text)
    if not normal.text:
        return []
    rules = COACH_RULES if speaker == "coach" else MEMBER_RULES
    masked = _without_idioms(normal.text)
    best: dict[str, Found] = {}
    found = (f for rule in rules for f in _matches(rule, masked, normal, own))
    more = _of_members(text, masked, normal, language, own) if speaker != "coach" else iter(())
    for hit in (*found, *more):
        if hit.code not in best or hit.severity < best[hit.code].severity:
            best[hit.code] = hit
    return sorted(best.values(), key=lambda hit: hit.severity)


def _of_members(
    text: str, masked: str, normal: Normal, language: str, own: tuple[int, int]
) -> Iterator[Found]:
    """What only a member says: of others, in other languages, numbers of cards."""
    yield from _about_others(masked, normal, own)
    yield from _in_other_languages(text, language, own)
    yield from _private(text)


def _in_other_languages(text: str, language: str, own: tuple[int, int]) -> Iterator[Found]:
    """What the phrasebooks find: that of the talk's language, and those whose words are there."""
    plain = folded(text)
    for book in PHRASEBOOKS:
        if not book.reads(plain.text, language):
            continue
        for hit in hits(book, plain.text, MAX_FOUND_PER_RULE):
            if own[0] <= plain.place(hit.start) < own[1] and hit.severity is not None:
                quote = plain.original(hit.start, hit.end)[:MAX_QUOTE]
                if hit.lesson:
                    yield Found(LESSON, 4, quote, book.language)
                else:
                    yield Found(hit.rule.code, hit.severity, quote, book.language)


def _without_idioms(text: str) -> str:
    if not any(stem in text for stem in IDIOM_STEMS):
        return text
    return IDIOMS.sub(lambda m: re.sub(r"[a-z0-9]", "_", m.group()), text)


def _matches(rule: Rule, text: str, normal: Normal, own: tuple[int, int]) -> Iterator[Found]:
    for count, match in enumerate(_within(rule.find, text, normal, own)):
        if count >= MAX_FOUND_PER_RULE:
            return
        start, end = match.span()
        if rule.number is not None and not _number_fits(rule, match):
            continue
        left, right = _sentence(text, start, end)
        if rule.unless is not None and rule.unless.search(text, left, right):
            continue
        if rule.near is not None and not rule.near.search(
            text, max(0, start - rule.reach), end + rule.reach
        ):
            continue
        code, severity = _weigh(rule, text, start, end, left, right)
        if severity is not None:
            yield Found(code, severity, _quote(normal, left, right, start, end))


def _number_fits(rule: Rule, match: re.Match[str]) -> bool:
    """Whether one of the numbers in the match counts; a match that has none does."""
    numbers = [v for k, v in match.groupdict().items() if k.startswith("number") and v]
    return not numbers or any(rule.number(float(n)) for n in numbers if rule.number)


def _weigh(
    rule: Rule, text: str, start: int, end: int, left: int, right: int
) -> tuple[str, int | None]:
    """Code and severity in this context; severity None: it is not a flag here."""
    before, after = text[left:start], text[end:right]
    code, severity = rule.code, rule.severity
    framed = code.startswith(FRAMED)
    if framed and (
        LESSON_BEFORE.search(before + text[start:end]) or LESSON_AFTER.search(after[:40])
    ):
        return LESSON, 4
    if _is_denied(before, text[start:end]):
        return code, rule.negated if rule.negated is None else max(severity, rule.negated)
    if ANIMAL.search(before.rstrip()):
        return code, None
    if not rule.anyone and _is_about_other(before, text[start:end]):
        severity = max(severity, ABOUT_OTHERS)
    ahead = AHEAD.search(text, max(left, start - TO_COME), end)
    if rule.past is not None and not ahead and _is_past(text[left:right], after):
        severity = max(severity, rule.past)
    return code, severity if severity < HISTORY else None


def _is_past(sentence: str, after: str) -> bool:
    """Whether what was matched is over; only what is said `after` it tells that life went on."""
    if not PAST.search(sentence):
        return False
    if not PRESENT.search(sentence) or RESOLVED.search(sentence):
        return True
    return bool(WENT_ON.search(after)) and not CAME_BACK.search(sentence)


def _is_denied(before: str, matched: str) -> bool:
    if matched == "not suicidal":
        return True
    tail = before[-60:]
    return bool(DENIED.search(tail)) and not NOT_DENIED.search(tail)


def _is_about_other(before: str, matched: str) -> bool:
    """Whether the nearest subject before the match is somebody else."""
    if THIRD_FORM.match(matched) and matched.split()[0] not in ("has", "is", "was"):
        return True
    last = None
    for last in SUBJECT.finditer(before + matched.split()[0] + " "):  # noqa: B007
        pass
    return last is not None and last.lastgroup == "other" and not matched.startswith("i ")


def _within(
    find: re.Pattern[str], text: str, normal: Normal, own: tuple[int, int]
) -> Iterator[re.Match[str]]:
    """Matches whose first word stood within `own` of the original."""
    return (m for m in find.finditer(text) if own[0] <= normal.place(m.start()) < own[1])


def _about_others(text: str, normal: Normal, own: tuple[int, int]) -> Iterator[Found]:
    """Somebody else may be in danger: a matter for a person, without the alarm."""
    for match in _within(OTHERS, text, normal, own):
        start, end = match.span()
        left, right = _sentence(text, start, end)
        if LESSON_BEFORE.search(text[left:end]) or LESSON_AFTER.search(text[end:right][:40]):
            yield Found(LESSON, 4, _quote(normal, left, right, start, end))
        elif re.search(r"kill|hang|shot|end", match.group()):
            yield Found("SI-3", ABOUT_OTHERS, _quote(normal, left, right, start, end))
        elif re.search(r"starv|make|punish", match.group()):
            continue
        else:
            yield Found("SH", ABOUT_OTHERS, _quote(normal, left, right, start, end))


def _private(text: str) -> Iterator[Found]:
    if card_numbers(text):
        # The number itself is not kept.
        yield Found("PRV", 4, "a card number")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a match, or as much of an unpunctuated one as bears on it."""
    before = text.rfind(". ", 0, start)
    left = max(before + 2 if before >= 0 else 0, start - AROUND)
    stop = text.find(" . ", end)
    right = min(len(text) if stop < 0 else stop, end + AROUND)
    if left and text[left - 1] != " ":
        left = text.find(" ", left, start) + 1 or start
    return left, right


def _quote(normal: Normal, left: int, right: int, start: int, end: int) -> str:
    if right - left > MAX_QUOTE:
        left, right = max(left, start - 60), min(right, end + 60)
    return normal.original(left, right)[:MAX_QUOTE]
