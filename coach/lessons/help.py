"""Help that every learner may ask for at any time, in the lesson's language or their own.

What a word means, how something is said, slower, again, what to say, «I don't understand». Pure.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from coach.lessons.scenario import Scenario
from coach.lessons.understanding.clauses import Clause
from coach.lessons.understanding.letters import likeness
from coach.lessons.understanding.text import QUOTED, even
from coach.lessons.understanding.words import find, lexicon
from coach.meaning.pace import pace_wish

Kind = Literal["meaning", "spelling", "how_say", "slower", "normal", "again", "suggest", "lost"]

LONGEST = 200  # characters: who asks for help says little
MUTTERED = 2  # words beside a plea, at most, that tell nothing: «um, well»
ALIKE = 80  # of 100: a phrase in the learner's language
_HOW_SAY = (
    r"how (?:do|can|would|could|should|to|does)?\s?(?:i |you |we |one |people )?(?:say|call|"
    r"pronounce)\b",
    r"what is in (?:english|spanish|french|german|korean) (?P<x4>.+)",
    r"(?:what is|what's|whats) (?P<x1>.+) in (?:english|spanish|french|german|korean)",
    r"(?:what is |what's )?the (?:english |spanish |french |german |korean )?word for (?P<x2>.+)",
    r"(?P<x3>.+) how (?:do you|to|is it|you) (?:say|call)\b.*",
    r"what (?:do|does) (?:you|one|people) call (?P<x5>.+?)(?: in \w+)?$",
    r"como se dice", r"comment (?:dit on|on dit|dire)", r"wie (?:sagt man|sage ich|heisst auf \w+)",
    r"wie heisst (?!das\b)(?P<x7>.+) auf (?:deutsch|englisch|spanisch|franzosisch|koreanisch)$",
    r"(?P<x6>.+?)(?:은|는|을|를)? (?:한국어|한국말|영어)로 (?:뭐|어떻게)\S*.*",
)  # fmt: skip
_MEANING = (
    r"what (?:does |do |is |are )?(?:the word |it |that )?(?P<x1>.+?) means?\b",
    r"what (?:do |does |it )?(?:you )?means? (?:by |with )?(?:the word )?(?P<x2>\w.*)",
    r"(?:what is|what are|what is this) (?:an? |exactly )?(?!the |your |my |it\b|"
    r"that\b)(?P<x3>[\w' -]+?)(?: exactly)?",
    r"(?P<x4>[\w' -]+?) (?:is what|what is (?:it|that|this)|what it is|what means?)",
    r".*\bwhen you say (?P<x15>.+?) what .*mean",
    r"(?P<x16>[\w' -]+?) means what",
    r".*\bmeaning of (?:the word )?(?P<x5>.+)", r"what does it means? (?:the word )?(?P<x17>.+)",
    r"(?:.*\b)?the word (?:you (?:said|say|used) )?(?P<w1>.+?) what (?:is|does|means?)\b.*",
    r".*\bexplain (?:me |to me |us )?(?:what )?(?:an? |the )?(?P<x6>.+?)(?: is| are| means?)?",
    r".*\bnot (?:know|understand) (?:the |this |that )?(?:word )?(?P<x7>\S+(?: \S+){0,3})",
    r".*\bnot know what (?:an? |the )?(?P<x8>.+?) (?:is|are|means?)",
    r".*\bdifference between (?P<x9>.+)",
    r".*\btell me what (?:an? |the )?(?P<x10>.+?) (?:is|are|means?)",
    r"que (?:significa|quiere decir|es) (?:una? )?(?P<x11>.+)",
    r"(?:que veut dire|qu'est ce que c'est(?: qu)?) (?:une? )?(?P<x12>.+)",
    r"was (?:bedeutet|heisst|ist) (?:eine? )?(?P<x13>.+)",
    r"(?P<x14>.+?)(?:가|이|는|은|란|이란)? (?:무슨 뜻|뜻이 뭐|뭐예요|뭐에요|뭐죠|뭔가요).*",
)  # fmt: skip
_SPELLING = (r".*\bspell (?P<x1>.+)", r".*\bhow is (?P<x2>.+) (?:spelled|spelt|written)")
_AGAIN = (
    r"(?:(?:can|could|would|will) you )?(?:please )?repeat(?: (?:it|that|this|please|again|for me|"
    r"the question|the last \w+|what you said|everything))*",
    r".*\b(?<!\bi )(?:say|tell me|repeat)\b(?: \w+){0,3} (?:again|once more|another time|one "
    r"more time)\b.*",
    r"(?:can|could) you say (?:that|it)",
    r"(?:.* )?(?:one more time|once more|once again)", r"(?:please )?again(?: please)?",
    r"(?:i beg your )?pardon(?: me)?", r"sorry what(?: was that)?|what|sorry|excuse me",
    r".*\bwhat (?:was that|did you say|you said|you say|is that you said)\b.*",
    r".*\b(?:not|cannot|could not|did not) (?:hear|catch)\b.*", r"(?:.* )?come again",
    r"(?:(?:lo |la )?(?:puede|puedes|podria|podrias) )?(?:repetir\w*|repit[ae]\w*)(?: (?:lo|eso|"
    r"otra vez|"
    r"por favor|la pregunta))*|otra vez|una vez mas|como|como dice|que (?:ha dicho|dice|has dicho)",
    r"(?:(?:vous pouvez|pouvez vous|pourriez vous|tu peux) )?repete[rz]?(?: (?:ca|encore|la "
    r"question|"
    r"s'il vous plait))*|encore une fois|comment|qu'est ce que vous (?:dites|avez dit)|"
    r"vous (?:dites|avez dit) quoi",
    r"(?:(?:konn\w+ sie|kannst du) )?(?:das |es )?(?:bitte )?(?:noch ?mal |noch einmal )?"
    r"(?:wiederhol\w*|sagen)(?: (?:sie|das|es|noch ?mal|noch einmal|bitte))*|noch einmal|noch ?mal|"
    r"wie(?: bitte)?|was haben sie gesagt",
    r"(?:한 ?번 더|다시 한 ?번|다시)(?: (?:한 ?번 )?(?:말|말씀|얘기|해)\S*)?(?: (?:주\S*|"
    r"부탁\S*))?|"
    r"뭐라고(?:요| 하셨어요| 했어요)?|네\?",
)  # fmt: skip
_SUGGEST = (
    r".*\bwhat (?:can|could|should|do|must|would|to) (?:i |we )?(?:have to |need to "
    r")?(?:say|answer|tell|reply)\b.*",
    r"how (?:can|do|should|must) i (?:order|ask|answer|say (?:it|this|that)|do (?:it|this|that))",
    r"(?:(?:can|could|will) you )?(?:please )?(?:help|hint)(?: me)?(?: (?:with|to) (?:the |my |"
    r"an? )?"
    r"(?:word|words|sentence|answer|english|say\w*).*)?",
    r".*\bnot know (?:what|how) (?:to|i)(?: (?:should|can|must))? (?:say|answer|ask|tell)\b.*",
    r"(?:i )?(?:need|want|have|(?:(?:can|could) you )?give me|would like) (?:an? |some |a little )?"
    r"(?:hint|help|example)"
    r"(?: please)?", r".*\b(?:no idea|i am stuck)\b.*", r"i do not know",
    r"(?:y )?(?:que|como) (?:puedo |debo |tengo que )?(?:digo|decir|contesto|contestar|respondo)|"
    r"(?:necesito |una |quiero )*ayuda(?: por favor)?|ayudame|me (?:ayuda|puede ayudar)|"
    r"no se que decir|una pista",
    r"qu'est ce que je (?:peux|dois|pourrais) (?:dire|repondre)|(?:je |j'ai besoin "
    r"d')?aide(?:z)?(?: moi)?|"
    r"a l'aide|je ne sais pas quoi (?:dire|repondre)|un indice",
    r"was (?:kann|soll|muss|konnte) ich (?:jetzt )?(?:sagen|antworten)|(?:ich brauche )?hilfe|"
    r"(?:konnen sie mir |hilf mir|helfen sie mir)(?:bitte )?(?:helfen)?|"
    r"ich weiss nicht was ich sagen soll|ein tipp",
    r"(?:좀 )?(?:도와\s?주세요|도와주실래요|힌트\S*(?: 주세요)?)|(?:저는 )?(?:뭐라고|어떻게) "
    r"(?:말\S*|해요|해야 \S+|대답\S*)(?: \S+)?|무슨 말을 해야 \S+",
)  # fmt: skip
_LOST = (
    r".*\b(?:in other words|in another way|another way|more simply|other words)\b.*",
    r".*\bnot (?:\w+ )?understand\b.*", r".*\bno (?:understand|comprend\w*|entiendo)\b.*",
    r".*\bwhat (?:do )?you mean\b", r".*\b(?:i am|i'm) (?:lost|confused)\b.*",
    r".*\bnot (?:get|follow)(?: it| you| that)?$",
    r".*\bno (?:lo |la |te |le )?(?:he )?(?:entiendo|entendido|comprendo)\b.*",
    r".*\b(?:pas (?:\w+ )?compris|comprends? (?:pas|rien)|rien compris)\b.*",
    r".*\bverstehe? (?:\w+ )?nicht\b(?! falsch).*|.*\bnicht verstanden\b.*",
    r"(?:(?:잘|무슨 말인지|저는|아직) )*(?:모르겠\S*|이해 ?(?:못|안) ?\S*|못 알아\S*|이해가 안 "
    r"\S+)(?: \S+)?",
    r"huh|eh",
)  # fmt: skip


def _all(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


Kinds = tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...]
_KINDS: Kinds = (
    ("how_say", _all(_HOW_SAY)),
    ("spelling", _all(_SPELLING)),
    ("meaning", _all(_MEANING)),
    ("again", _all(_AGAIN)),
    ("suggest", _all(_SUGGEST)),
    ("lost", _all(_LOST)),
)
# «Sorry» and «what» are too little to ask for anything beside what else is said.
_WITHIN: Kinds = tuple(one for one in _KINDS if one[0] not in ("again", "how_say"))
_CUTS = (re.compile(r"(?<=[.!?。？！…])\s+"), re.compile(r"(?<=[.!?。？！…])\s+|,\s*|\s[-–—]\s"))
# A word that is missing in the middle: «I lost my, how do you say, equipaje».
_MISSING = re.compile(
    r"\w[,…]\s*(?:how (?:do you|do i|can i|you|to|i) (?:say|call)(?: it)?|how is it called|"
    r"c[oó]mo (?:se dice|digo)|comment (?:dire|on dit|dit-on)|"
    r"wie (?:sagt man|sage ich|hei(?:ß|ss)t das)"
    r")[,:]?\s*(?P<word>[^,.?!]*)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:(?:sorry|excuse me|please|hello|hi|um|uh|but|and|ok|okay|well|oh|yes|thanks|perdon|"
    r"perdone|"
    r"disculpe|hola|por favor|pardon|excusez moi|bonjour|desole|euh|s'il vous plait|entschuldigung|"
    r"hallo|bitte|ah|죄송하지만|죄송해요|저기요|아|어|음) )+|"
    r"(?: (?:please|thanks|thank you|sorry|exactly|por favor|gracias|s'il vous plait|merci|bitte|"
    r"danke"
    r"))+$"
)


@dataclass(frozen=True)
class Request:
    kind: Kind
    about: tuple[str, ...] = ()  # words of the lesson, or what was asked for as it was said
    within: bool = False  # something else is said beside it


def asked_for(scenario: Scenario, said: str) -> Request | None:
    """The help that a turn asks for, or None. Within a turn, a sentence of its own may ask, too."""
    if len(said) > LONGEST:
        return None
    if (wish := pace_wish(said)) is not None:
        return Request(wish)
    if not _MISSING.search(said) and (request := _asked_by(scenario, said, _KINDS)):
        return request
    if (missing := _MISSING.search(said)) and (word := missing["word"].strip()):
        return Request("how_say", (word,), within=True)
    found = (_asked_within(scenario, cut.split(said)) for cut in _CUTS)
    return next((request for request in found if request), None)


def _asked_within(scenario: Scenario, parts: list[str]) -> Request | None:
    """What a part of a turn asks for. «I need help, my bike is broken» is no plea for a hint."""
    asked = [_asked_by(scenario, part, _WITHIN) for part in parts] if len(parts) > 1 else []
    tells = any(
        request is None and len(part.split()) > MUTTERED
        for request, part in zip(asked, parts, strict=False)
    )
    found = (one for one in asked if one and not (tells and one.kind == "suggest"))
    return next((replace(request, within=True) for request in found), None)


def _asked_by(scenario: Scenario, said: str, kinds: Kinds) -> Request | None:
    text = _POLITE.sub("", even(said)).strip()
    for kind, patterns in kinds:
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
    quoted = [a or b for a, b in QUOTED.findall(said)]
    named = next((value for value in match.groupdict().values() if value), "")
    if kind == "how_say":
        rest = named or re.sub(
            r"\b(?:in|auf|en) (?:english|spanish|french|german|korean|ingles|espanol|anglais|"
            r"francais|"
            r"deutsch|englisch|koreanisch)\b",
            "",
            text[match.end() :],
        )
        about = quoted or [rest.strip()]
        return Request(kind, tuple(about)) if about[0] else None
    words = [w for part in (quoted or [named]) for w in known_words(scenario, part)]
    if words:
        return Request(kind, tuple(words))
    if not quoted and "w1" in match.re.groupindex and match["w1"]:
        return Request(kind, (match["w1"],))
    return Request(kind, tuple(quoted)) if quoted or kind == "spelling" else None


def known_words(scenario: Scenario, text: str) -> list[str]:
    """Words of the lesson in `text`: things that can be chosen, and those of its glossary."""
    tokens = even(text, scenario.language).split()
    found = [one.word for one in find(scenario, tokens)]
    if found:
        return found
    joined = " ".join(tokens)
    return [
        word
        for word in scenario.words
        if likeness(joined or " ", even(word, scenario.language)) > 0.8
    ]


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
    if any(
        len(token) > 2 and token in words.known for token in even(said, scenario.language).split()
    ):
        return False
    found = [one for clause in clauses for one in clause.found]
    return all(one.name.foreign for one in found) and bool(
        found or in_lesson_language(scenario, said)
    )
