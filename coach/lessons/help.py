"""Help that every learner may ask for at any time, in the lesson's language or their own.

What a word means, how something is said, slower, again, what to say, «I don't understand». Pure.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from coach.lessons.scenario import Scenario
from coach.lessons.understanding.clauses import Clause
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import find, lexicon, likeness

Kind = Literal["meaning", "spelling", "how_say", "slower", "again", "suggest", "lost"]

LONGEST = 200  # characters: who asks for help says little
ALIKE = 80  # of 100: a phrase in the learner's language
_QUOTED = re.compile(r"[\"“”«»‘]([^\"“”«»’]{2,60})[\"“”«»’]|(?<!\w)'([^']{2,60})'(?!\w)")
_HOW_SAY = (
    r"how (?:do|can|would|could|should|to|does)?\s?(?:i |you |we |one |people )?(?:say|call|"
    r"pronounce)\b",
    r"what is in (?:english|spanish|french|german|korean) (?P<x4>.+)",
    r"(?:what is|what's|whats) (?P<x1>.+) in (?:english|spanish|french|german|korean)",
    r"(?:what is |what's )?the (?:english |spanish |french |german |korean )?word for (?P<x2>.+)",
    r"(?P<x3>.+) how (?:do you|to|is it|you) (?:say|call)\b.*",
    r"what (?:do|does) (?:you|one|people) call (?P<x5>.+?)(?: in \w+)?$",
    r"como se dice", r"comment (?:dit on|on dit|dire)", r"wie (?:sagt man|heisst)",
)  # fmt: skip
_MEANING = (
    r"what (?:does |do |is |are )?(?:the word |it |that )?(?P<x1>.+?) means?\b",
    r"what (?:do |does |it )?(?:you )?means? (?:by |with )?(?:the word )?(?P<x2>\w.*)",
    r"(?:what is|what are|what is this) (?:an? |exactly )?(?!the |your |my |it\b|"
    r"that\b)(?P<x3>[\w' -]+?)(?: exactly)?",
    r"(?P<x4>[\w' -]+?) (?:is what|what is (?:it|that|this)|what it is|what means?)",
    r".*\bwhen you say (?P<x15>.+?) what .*mean",
    r"(?P<x16>[\w' -]+?) means what",
    r".*\bmeaning of (?:the word )?(?P<x5>.+)",
    r".*\bexplain (?:me |to me |us )?(?:what )?(?:an? |the )?(?P<x6>.+?)(?: is| are| means?)?",
    r".*\bnot (?:know|understand) (?:the |this |that )?(?:word )?(?P<x7>.+)",
    r".*\bnot know what (?:an? |the )?(?P<x8>.+?) (?:is|are|means?)",
    r".*\bdifference between (?P<x9>.+)",
    r".*\btell me what (?:an? |the )?(?P<x10>.+?) (?:is|are|means?)",
    r"que (?:significa|quiere decir|es) (?:una? )?(?P<x11>.+)",
    r"(?:que veut dire|qu'est ce que c'est(?: qu)?) (?:une? )?(?P<x12>.+)",
    r"was (?:bedeutet|heisst|ist) (?:eine? )?(?P<x13>.+)",
    r"(?P<x14>.+?)(?:가|이|는|은)? (?:무슨 뜻|뭐예요|뭐에요).*",
)  # fmt: skip
_SPELLING = (r".*\bspell (?P<x1>.+)", r".*\bhow is (?P<x2>.+) (?:spelled|spelt|written)")
_SLOWER = (
    r"(?:.*\b)?(?:slower|slowly|more slow|too fast|too quick(?:ly)?|slow down|less fast)\b.*",
    r"slow(?: please)?", r".*(?:mas despacio|mas lento|plus lentement|langsamer|천천히).*",
)  # fmt: skip
_AGAIN = (
    r"(?:(?:can|could|would|will) you )?(?:please )?repeat\b.*",
    r".*\b(?:say|tell|speak|repeat)\b.*\b(?:again|once more|another time|one more time)\b.*",
    r"(?:can|could) you say (?:that|it)",
    r".*\b(?:one more time|once more|once again)\b.*", r"(?:please )?again(?: please)?",
    r"(?:i beg your )?pardon(?: me)?", r"sorry what(?: was that)?|what|sorry|excuse me",
    r".*\bwhat (?:was that|did you say|you said|you say|is that you said)\b.*",
    r".*\b(?:not|cannot|could not|did not) (?:hear|catch|get)\b.*", r".*\bcome again\b.*",
    r".*(?:otra vez|puede repetir|repita|repetez|encore une fois|noch einmal|nochmal|"
    r"wiederholen|다시).*",
)  # fmt: skip
_SUGGEST = (
    r".*\bwhat (?:can|could|should|do|must|would|to) (?:i |we )?(?:have to |need to "
    r")?(?:say|answer|"
    r"tell|reply)\b.*",
    r"how (?:can|do|should|must) i (?:order|ask|answer|say (?:it|this|that)|do (?:it|this|that))",
    r"(?:.*\b)?(?:help|hint)(?: me)?(?: please)?", r".*\bnot know (?:what|how) (?:to|i)\b.*",
    r".*\b(?:give|need|have|want) (?:me )?(?:an? |some )?(?:hint|help|example)\b.*",
    r".*\b(?:no idea|i am stuck)\b.*", r"i do not know",
    r".*(?:que digo|que puedo decir|ayuda|aidez moi|hilfe|도와주세요|뭐라고 해요).*",
)  # fmt: skip
_LOST = (
    r".*\b(?:in other words|in another way|another way|more simply|other words)\b.*",
    r".*\bnot (?:\w+ )?understand\b.*", r".*\bno (?:understand|comprend\w*|entiendo)\b.*",
    r".*\bwhat (?:do )?you mean\b", r".*\b(?:i am|i'm) (?:lost|confused)\b.*",
    r".*\bnot (?:get|follow)(?: it| you| that)?$", r".*\b(?:ne|je) comprends? pas\b.*",
    r".*\bverstehe (?:\w+ )?nicht\b.*", r".*(?:모르겠|이해 못|못 알아).*", r"huh|eh",
)  # fmt: skip


def _all(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_KINDS: tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...] = (
    ("how_say", _all(_HOW_SAY)),
    ("spelling", _all(_SPELLING)),
    ("meaning", _all(_MEANING)),
    ("slower", _all(_SLOWER)),
    ("again", _all(_AGAIN)),
    ("suggest", _all(_SUGGEST)),
    ("lost", _all(_LOST)),
)
_POLITE = re.compile(
    r"^(?:(?:sorry|excuse me|please|hello|hi|um|uh|but|and|ok|okay|well|oh|yes|thanks) )+|"
    r"(?: (?:please|thanks|thank you|sorry|exactly))+$"
)


@dataclass(frozen=True)
class Request:
    kind: Kind
    about: tuple[str, ...] = ()  # words of the lesson, or what was asked for as it was said


def asked_for(scenario: Scenario, said: str) -> Request | None:
    """The help that a turn asks for, or None."""
    if len(said) > LONGEST:
        return None
    text = _POLITE.sub("", even(said)).strip()
    for kind, patterns in _KINDS:
        for pattern in patterns:
            match = pattern.match(text) if kind == "how_say" else pattern.fullmatch(text)
            if match and (request := _request(scenario, kind, said, text, match)):
                return request
    return None


def _request(
    scenario: Scenario, kind: Kind, said: str, text: str, match: re.Match[str]
) -> Request | None:
    if kind not in ("how_say", "meaning", "spelling"):
        return Request(kind)
    quoted = [a or b for a, b in _QUOTED.findall(said)]
    named = next((value for value in match.groupdict().values() if value), "")
    if kind == "how_say":
        rest = named or re.sub(
            r"\b(?:in|auf|en) (?:english|spanish|french|german|korean|ingles)\b",
            "",
            text[match.end() :],
        )
        about = quoted or [rest.strip()]
        return Request(kind, tuple(about)) if about[0] else None
    words = [w for part in (quoted or [named]) for w in known_words(scenario, part)]
    if words:
        return Request(kind, tuple(words))
    return Request(kind, tuple(quoted)) if quoted or kind == "spelling" else None


def known_words(scenario: Scenario, text: str) -> list[str]:
    """Words of the lesson in `text`: things that can be chosen, and those of its glossary."""
    tokens = even(text).split()
    found = [one.word for one in find(scenario, tokens)]
    if found:
        return found
    joined = " ".join(tokens)
    return [word for word in scenario.words if likeness(joined or " ", even(word)) > 0.8]


def meaning_of(scenario: Scenario, word: str) -> str:
    return scenario.words.get(word, {}).get("means", "")


def in_lesson_language(scenario: Scenario, said: str) -> str:
    """A word or phrase of the lesson whose translation is `said`, or an empty text."""
    text = even(said)
    translated = {
        even(foreign): own
        for own, glossed in (*scenario.words.items(), *scenario.phrases.items())
        for language, foreign in glossed.items()
        if language != "means"
    }
    if text in translated:
        return translated[text]
    best = max(translated, key=lambda foreign: fuzz.ratio(text, foreign), default="")
    return translated[best] if best and fuzz.ratio(text, best) >= ALIKE else ""


def is_foreign(scenario: Scenario, said: str, clauses: list[Clause]) -> bool:
    """Whether a turn is in a learner's language: no word of ours, and one that we translate."""
    words = lexicon(scenario)
    if any(len(token) > 2 and token in words.known for token in even(said).split()):
        return False
    found = [one for clause in clauses for one in clause.found]
    return all(one.name.foreign for one in found) and bool(
        found or in_lesson_language(scenario, said)
    )
