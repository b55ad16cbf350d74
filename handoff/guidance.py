"""What can be done with an instruction to a coach that follows rules and not advice. Pure.

Such a coach can keep an order that the product holds by construction (`read_orders_in`), and it can
say a sentence to the member as the expert's own. What is neither it cannot use, and the expert is
told so at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from coach.talk.registries.orders import (
    LABELS,
    NO_ADVICE,
    NO_CALORIES,
    NO_TARGETS,
    NO_WEIGHT,
)

Use = Literal["order", "word", "refused"]

_SENTENCES = re.compile(r"[^.!?;\n]*(?:[.!?;](?=\S)[^.!?;\n]*)*(?:[.!?;\n]+|$)")
_OBJECTS = {
    NO_CALORIES: r"calories?|calorie counts?|kcals?|energy|numbers|figures|amounts of energy",
    NO_WEIGHT: (
        r"(?:their |her |his |the |body )?weights?|weight loss|bmi|kilos|pounds|(?:the )?scales?"
    ),
    NO_TARGETS: r"targets?|goals?|(?:calorie|daily|weight) (?:targets?|goals?)",
    NO_ADVICE: r"(?:food |any )?advice|suggestions|recommendations|meal ideas|food ideas",
}
_ANY = "|".join(_OBJECTS.values())
_NOT = (
    r"(?:no(?: more)?|without|avoid|skip|leave out|keep off|stay off"
    r"|(?:please )?(?:do not|don't|never|stop)(?: (?:mention(?:ing)?|say(?:ing)?|giv(?:e|ing)"
    r"|us(?:e|ing)|talk(?:ing)? (?:about|of)|speak(?:ing)? (?:about|of)|discuss(?:ing)?"
    r"|tell(?:ing)?(?: (?:her|him|them))?|show(?:ing)?|bring(?:ing)? up|nam(?:e|ing)"
    r"|suggest(?:ing)?))+)"
)
_AFTER = (
    r"(?:,? (?:talk|numbers|figures|counts?|please|now|today|for now|at all|any more|yet"
    r"|with (?:her|him|them)|to (?:her|him|them)|before the appointment"
    r"|until (?:then|the appointment)))*"
)
_ORDER = re.compile(
    rf"(?:please,? )?{_NOT} (?:(?:about|any|of|talk about|more) )*"
    rf"(?P<objects>(?:{_ANY})(?: (?:numbers|talk))?"
    rf"(?:(?:,| and| or|, or|, and) (?:any )?(?:{_ANY}))*)"
    rf"{_AFTER}",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"(?:please )?(?:tell (?:her|him|them|the member)(?! to\b)(?: that)?"
    r"|(?:say|answer|reply)(?: that\b|\s*[:,]|(?=\s*[\"“«])))\s*[:,]?\s*(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r'^["“«](?P<words>[^"“”«»]+)["”»][.!]?$')
# What an instruction to somebody else begins with, and no sentence to the member.
_TO_COACH = re.compile(
    r"(?:please |maybe |now |then |first |perhaps )*(?:ask|check|find out|be|keep|focus|steer|slow"
    r"|use|mention|avoid|don't|do not|never|stop|remind|explain|encourage|praise|comfort|talk"
    r"|speak|suggest|offer|listen|repeat|summari[sz]e|let|make|move|change|bring|go|help|remember"
    r"|note|watch|look|give|show|treat|address|acknowledge|validate|reassure|confirm|wait|hold"
    r"|tell|say|answer|reply|leave|skip|start|continue|return|stay|push|follow|record|log|save"
    r"|assume|consider|ignore|without|careful|caution|gently|try|refer|recommend|emphasi[sz]e|get"
    r"|probe|less|more|possibl[ey]|probabl[ey]|likely|suspect(?:ed|s)?|seems?|(?:sounds|looks) like"
    r"|no(?!,| problem| worries| need))\b",
    re.IGNORECASE,
)
_ABOUT_MEMBER = re.compile(
    r"\b(?:she|he|her|hers|him|his|the (?:member|client|patient|user|lady|man|woman)|patient"
    r"|client|the coach)\b|^(?:they|their)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """`orders` are codes that hold; `words` what the member hears; `why` it cannot be used."""

    use: Use
    orders: tuple[str, ...] = ()
    words: str = ""
    why: str = ""


def read_guidance(text: str, member: str) -> Reading:
    """All of `text` can be used, or none of it is. `member` is what the member is called."""
    orders: list[str] = []
    words: list[str] = []
    for sentence in _sentences(text):
        if found := orders_in(sentence):
            orders += found
            continue
        said = _to_member(sentence)
        if said is None:
            return Reading("refused", why=_("This coach cannot follow advice in free words."))
        if _ABOUT_MEMBER.search(said) or _names(said, member):
            why = _("Write it as you would say it to %(member)s: “you”, not “she” or “he”.")
            return Reading("refused", why=why % {"member": member})
        words.append(said)
    if not (orders or words):
        return Reading("refused", why=_("There is nothing in it that the coach could use."))
    held = tuple(dict.fromkeys(orders))
    return Reading("word" if words else "order", held, " ".join(words))


def orders_in(text: str) -> list[str]:
    """The codes of the orders that one sentence is, and nothing else; none where it says more."""
    bare = " ".join(text.strip(" \t.!;").replace("’", "'").split()).casefold()
    for code, label in LABELS.items():
        if bare == str(label).casefold():
            return [code]
    match = _ORDER.fullmatch(bare)
    if match is None:
        return []
    objects = match["objects"]
    return [code for code, names in _OBJECTS.items() if re.search(rf"\b(?:{names})\b", objects)]


def read_orders_in(text: str) -> tuple[str, ...]:
    """The orders that stand in a text as sentences of their own, whatever else it says."""
    found: Iterable[str] = (code for one in _sentences(text) for code in orders_in(one))
    return tuple(dict.fromkeys(found))


def _sentences(text: str) -> list[str]:
    parts = (" ".join(found[0].split()) for found in _SENTENCES.finditer(text))
    return [part for part in parts if part.strip(" .!?;…")]


def _to_member(sentence: str) -> str | None:
    """The sentence as it is said to the member; None where it tells the coach what to do."""
    said = _SAY.fullmatch(sentence)
    words = said["words"].strip() if said else sentence
    if quoted := _QUOTED.match(words):
        return _ended(quoted["words"].strip())
    if not said and _TO_COACH.match(words):
        return None
    return _ended(words)


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words.rstrip(';,:')}."


def _names(words: str, member: str) -> bool:
    """Whether the member is spoken of, and not to: "Maya, half is fine" is to her."""
    name = re.escape(member)
    return bool(re.search(rf"\b{name}\b(?!,)", words, re.IGNORECASE)) if member else False
