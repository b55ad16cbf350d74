"""Phrases of small talk that are known word by word, and the coach's own name.

They need no model: «stop» must stop at once, also where meaning is not to be had.
"""

import re

from coach.meaning.pace import pace_wish

_NAME = re.compile(r"\b[Yy]ou are (?!an? |the |not )(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")

_KIND = r"(an? )?(human|person|real|robot|bot|ai|machine|computer|coach)"
_WHO = re.compile(
    rf"\b(who|what) are you$|\b(what is|what's) your name\b|\bare you {_KIND}"
    rf"|\bam i (talking|speaking) (to|with) {_KIND}"
)
_ABLE = re.compile(
    r"\bwhat (can|do) you (do|help)|\bhow (can|do) you help|\bwhat are you able|\bhelp me please$"
    r"|^help$|\bwhat can i (say|ask|do)$|\bhow does this work"
)
_HOW = re.compile(
    r"\bhow are you\b|\bhow('s| is) it going\b|\bhow do you do\b|"
    r"\bhow are things\b"
)
_THERE = re.compile(r"\b(are you there|can you hear me|is any(one|body) there|hello hello)$")
_THANKS = re.compile(
    r"^(ok(ay)? |great |perfect |lovely |no )*(thanks?|thank you|cheers|ta)"
    r"( (a lot|so much|very much|again|coach|for (that|your help|the help)))*$"
)
_BYE = re.compile(
    r"^(ok(ay)? )?(bye|goodbye|good bye|see you|good night|that('s| is) all)( \w+){,2}$"
)
_HELLO = re.compile(
    r"^(hi|hello|hey|good (morning|afternoon|evening)|hiya|howdy)( there| coach| you| again)*$"
)
_FINE = re.compile(r"^(ok(ay)?|yes|yeah|yep|no|nope|nothing|sure|great|good|fine|alright|cool)$")
_A_MOMENT = r"(?:a|one) (?:moment|minute|second|sec|bit)"
_CORE = (
    rf"(?:stop(?: (?:it|that|there|talking))?|wait|hold on|hang on|{_A_MOMENT}|(?:be |keep )?quiet"
    r"|shush|sh+|hush|silence|(?:that's )?enough|pause|shut up)"
)
# No unit begins as another one goes on: a text is read in one way, whatever its length.
_STOP = re.compile(
    rf"^(?=(?:(?:please|no|just|now|thanks|thank you) )*{_CORE} )"
    rf"(?:(?:{_CORE}|please|no|just|now|thanks|thank you|coach|for(?= {_A_MOMENT})) )+$"
)
_SORRY = re.compile(r"^(sorry|my mistake|never ?mind|forget it)( about that)?$")
_GREETED = re.compile(r"^((hi|hello|hey|ok|okay|so|um|well)( there| coach)? )+")
_MOST_WORDS = 24  # of small talk
_NO_WORD = re.compile(r"[^\w' ]+")

_PHRASES = (
    ("who_are_you", _WHO), ("ability", _ABLE), ("how_are_you", _HOW), ("here", _THERE),
    ("thanks", _THANKS), ("farewell", _BYE), ("sorry", _SORRY), ("yes", _FINE),
    ("greeting", _HELLO),
)  # fmt: skip

_OPENING = re.compile(  # said before something else
    r"^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning|thanks(?: a lot)?|"
    r"thank you|hola|buenos días|gracias|bonjour|salut|merci|hallo|guten (?:morgen|tag|abend)|"
    r"danke|안녕하세요|안녕)"
    r"(?: there| coach| again)?[,.!]++\s*+)+(?:(?:and|y|et|und)\b,?\s*)?(?=\S++\s++\S)",
    re.IGNORECASE,
)


def without_opening(text: str) -> str:
    """The text without a greeting or thanks that something else follows."""
    return _OPENING.sub("", text)


def name_in(instructions: str) -> str | None:
    """The persona's name where the instructions say `You are NAME`."""
    found = _NAME.search(instructions)
    return found["name"] if found else None


def kind_of(text: str) -> str | None:
    """The kind of small talk, a key of the texts; None where it is none that is known here."""
    plain = " ".join(_NO_WORD.sub(" ", text.lower().replace("’", "'")).split())
    if not plain:
        return "silence"
    if plain.count(" ") >= _MOST_WORDS:
        return None  # so much is said for something else
    if wish := pace_wish(text):
        return {"slower": "slower", "normal": "normal_pace"}[wish]
    rest = _GREETED.sub("", plain)
    if _STOP.search(f"{plain} ") or _STOP.search(f"{rest} "):
        return "stop"
    for kind, pattern in _PHRASES:
        if pattern.search(plain) or pattern.search(rest):
            return kind
    return None
