"""Whether a sentence speaks of what is written down already, and says how it was instead.

`The apple was a pear`, `double the berries`, `I said tea and you put coffee`. English, and simple
sentences of the four other languages. Pure, and linear in the text's length.
"""

import re
from typing import Final

from coach.meaning.in_english import in_english
from coach.meaning.plain_speech import plain_speech
from coach.meaning.units import UNITS

_READ: Final = 400  # characters
# The meal itself is told, and not corrected: `my lunch was a wrap`.
_MEAL: Final = (
    r"(?:breakfast|brunch|lunch|dinner|supper|tea|snack|dessert|starter|main|drink|meal|day|first|"
    r"second|last|next|only|other|rest|share|scale|weight|doctor|app|best|worst|whole|morning|evening|"
    r"(?:\w+ )?(?:sugar|glucose|pressure|pulse|cholesterol|bmi|waist|levels?|reading) "
    r"(?:was|is|were) (?:at |about |around |like )*\d)"
)
_THING: Final = (
    r"(?:the|that|those|my|(?:last night|yesterday|today|this morning)'?s) "
    rf"(?!{_MEAL}\b)(?:[\w-]+ ){{0,3}}?[\w-]+"
)
_SO: Final = (
    r"(?:was|were|is|are|had(?= no\b)) "
    r"(?:actually |really |in fact |just |only |about |more like )*"
    r"(?:an? |\d|half|one\b|two\b|three\b|four\b|five\b|with\b|without\b|made\b|no\b|not\b|"
    r"[\w-]+(?: [\w-]+)?(?:,? (?:not|instead)\b|[.!]?$))"
)
_CORRECTS: Final = re.compile(
    rf"(?:^|[,.;!?] |\b(?:no|oh|wait|sorry|actually|hang on|and) ){_THING} {_SO}"
    rf"|\b{_THING} (?:should|ought to|must) (?:be|have been|read|say)\b"
    r"|^\W*(?:it|that) should (?:be|have been|read|say)\b"
    rf"|\b(?:double|halve|triple|twice|half) {_THING}"
    r"|\b(?:swap|replace|switch|exchange)(?: out)? (?:the|that|my)\b"
    rf"|\bmake {_THING} (?!again\b)"
    rf"|^\W*(?:[\w-]+ ){{1,5}}(?:in|on) that (?!{_MEAL}\b)[\w-]+\W*"
    r"(?:, .{0,40}(?:truthful|honest|i mean).*)?$"
    rf"|^\W*[\w-]+(?: [\w-]+)?, the (?!{_MEAL}\b)[\w-]+\W*$",
    re.IGNORECASE,
)
_WRONG: Final = re.compile(
    r"\bi (?:said|told you|meant)\b.{1,60}\byou(?:'ve| have)? "
    r"(?:put|wrote|written|logged|noted|heard|typed)\b"
    rf"|\b(?:can|could|would|will) {_THING}(?: \w+)? be (?:put|set|changed|made|noted|logged)\b"
    r"|(?<!can )(?<!could )(?<!would )(?<!will )\byou(?:'ve| have)? "
    r"(?:put|wrote|written|logged|noted|heard|typed)\b.{1,60}"
    r"\b(?:i (?:said|meant|had|ate)|it was|twice)\b",
    re.IGNORECASE,
)
# An order to change what was had or told, whatever verb tells what that was.
_CHANGE_WHAT: Final = re.compile(
    r"^\W*(?:(?:please|can you|could you|would you|oh|no|actually|ok|okay|hey|hi|coach|sorry|wait|"
    r"so|and),? )*"
    r"(?:change|correct|fix|amend|alter|edit|replace|swap|switch|update)(?: out)? "
    r"(?:what(?:ever)?|everything|the \w+|my \w+) (?:that )?(?:i|we)(?:'d|'ve| have| had)? "
    r"(?:had|ate|eaten|drank|drunk|got|said|told|logged|noted|wrote|put|entered)\b"
    r"|\b(?:breakfast|brunch|lunch|dinner|supper|snack|tea|that|it) (?:wasn't|was not) "
    r"(?:all|everything|complete)\b"
    r"|\bi (?:said|told you|wrote|typed|put)\b.{1,60}\bbut (?:it|that|they|there) (?:was|were)\b",
    re.IGNORECASE,
)
# `only finished a third of it in the end`: less of what is there.
_LESS_OF_IT: Final = re.compile(
    r"\b(?:only|just|really|actually) (?:had|ate|drank|finished|managed|got through|drunk|eaten) "
    r"(?:about |like |maybe |around )?(?:half|most|some|a (?:half|third|quarter|bit|little|few)|"
    r"two thirds|three quarters|one|two|three)(?: \w+)? ?(?:of )?(?:it|that|them|those|this)\b",
    re.IGNORECASE,
)
_FEW_WORDS: Final = 6
_EXCUSED: Final = re.compile(
    r"(?:, ?|^| )(?:sorry|i mean|i meant|my mistake|my bad|whoops|oops)\W*$"
    r"|^\W*(?:(?:oh|no|and|so|ah|um),? )*"
    r"(?:sorry|i mean|i meant|my mistake|my bad|whoops|oops|wait|"
    r"correction|perdón|pardon|désolé|entschuldigung),? \w",
    re.IGNORECASE,
)
# `oh wait it was an apple`: what was just written, and not what it was
_IT_WAS: Final = re.compile(
    r"^\W*(?:(?:oh|no|wait|and|well|um|actually|sorry|nee|nein|non),? )*"
    r"(?:it|that|this|they|those) (?:was|were) "
    r"(?:actually |really |in fact |only |just |about |like )*"
    r"(?!so |very |too |an? (?:\w+ )?(?:day|week|time|pleasure|mistake|joke|lot)\b|good|great|nice|"
    r"lovely|fine|ok|delicious|tasty|awful|bad|yum|it\b|all|enough)",
    re.IGNORECASE,
)
_NUMBER: Final = (
    r"(?:\d[\d.,/]*|an?|half|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|a couple of)"
)
_AMOUNT_ALONE: Final = re.compile(
    r"^\W*(?:(?:about|around|roughly|maybe|like|just|only|probably|some|i think|i'd say|no|oh|um)"
    rf",? )*{_NUMBER}(?: and an? (?:half|quarter))?(?: (?:an? )?(?:half|quarter))?"
    rf"(?: ?(?:{UNITS}|of them))?(?:,? (?:and )?not {_NUMBER}(?: ?(?:{UNITS}))?)?"
    r"(?:,? (?:i (?:guess|think|reckon|suppose)|or so|maybe|probably|about|roughly|actually|"
    r"please|sorry))*\W*$",
    re.IGNORECASE,
)
# A kind of what was just written, and no food of its own: `decaf`, `the large one`.
_KIND_ALONE: Final = re.compile(
    r"^\W*(?:(?:no|it was|a|the) )*(?:decaf|skimmed|semi[- ]skimmed|wholemeal|wholegrain|brown|"
    r"low[- ]fat|fat[- ]free|sugar[- ]free|unsweetened|diet|zero|vegan|large|small|medium)"
    r"(?: (?:one|version))?\W*$",
    re.IGNORECASE,
)
# `a banana instead of the toast`: a known thing gives its place, whatever verb tells the other.
_TAKES_PLACE: Final = re.compile(
    r"\w\W+(?:instead of|rather than|in place of|in (?=the place of)) ?(?:the place of )?"
    rf"(?:the|that|my|those|this) (?!{_MEAL}\b|usual\b|normal\b|planned\b)\w+",
    re.IGNORECASE,
)
# `and no butter`, `but without sugar, please`: it was had without what is named.
_WITHOUT: Final = re.compile(
    r"^\W*(?:(?:and|but|oh|so|sorry|actually|well|it was|with|wait),? )*(?:no|without|minus) "
    r"(?!wait|sorry|actually|just|only|idea|problem|thanks|thank|worries|way|chance|more\b|one\b"
    r"|need|doubt|reminders?|alarms?|breakfast|lunch|dinner|supper|meal|\d|an?\b|i\b|it\b|that\b"
    r"|this\b|they\b|two\b|three\b|four\b|five\b|six\b|half\b)"
    r"(?:[\w'-]+ ?){1,3}(?:,? but (?:some |a |just )?(?:[\w'-]+ ?){1,4})?"
    r"(?:,? ?please)?\W*$",
    re.IGNORECASE,
)
_TAKES_BACK: Final = re.compile(
    r"^\W*(?:(?:no|oh|ah|actually|wait|please|sorry|ok|um),? )*"
    r"(?:scrap|scratch|cancel|bin|ditch|nix|strike|axe|chuck out|kill|revert|undo) "
    r"(?:that|it|this)(?: (?:one|entry|last one|again|please|for me|then))*\W*$"
    r"|^\W*(?:(?:no|oh|sorry|please|oops|ok),? )*(?:ignore|disregard|forget|delete|remove) "
    r"(?:that|it|this)(?: one)?\W+(?:that was |it was |i was |i'm |wrong |by |not |that wasn't |"
    r"meant )(?:.{0,30}\b)?(?:mistake|person|window|chat|button|for you|for (?:my|him|her)|"
    r"(?:talking|speaking) to)\b"
    r"|\b(?:forget|ignore|disregard|never ?mind) (?:what|whatever) i (?:just )?"
    r"(?:said|told you|wrote|typed|sent|put)\W*$",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    r"\b(?:back|undo|restore|cancel|forget|delete|remove|wrong)\b", re.IGNORECASE
)
# What begins something new, whatever else is put right: `the cake was nice and I had a coffee`.
_TELLS: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have)?(?: (?:just|also|then|only))? "
    r"(?:had|ate|drank|eaten|drunk|got|shared)\b"
    r"|^\W*(?:just |then |also )?(?:ate|drank|sipped|downed|finished|necked) "
    r"|\b(?:log|add|write down|note down)\b",
    re.IGNORECASE,
)
_OPINION: Final = re.compile(
    r"\b(?:was|were|is|are) (?:so |very |really |too |quite |not )*"
    r"(?:good|great|nice|lovely|delicious|tasty|amazing|awful|disgusting|horrible|yummy|fine|ok|okay|"
    r"bad|excellent|perfect|cold|hot|burnt|huge|filling|fresh|expensive|cheap|worth)\b",
    re.IGNORECASE,
)


def corrects(said: str) -> bool:
    """Whether `said` says of a thing that is written down how it was instead."""
    text = plain_speech(in_english(" ".join(said[:_READ].replace("’", "'").split())))
    if not text.endswith("?") and (_CHANGE_WHAT.search(text) or _LESS_OF_IT.search(text)):
        return True
    if _OPINION.search(text) or _TELLS.search(text):
        return _put_wrong(text)
    told = not text.endswith("?") and _CORRECTS.search(text) is not None
    return told or _put_wrong(text)


def _put_wrong(text: str) -> bool:
    """`I said tea and you put coffee`: whatever else is said."""
    return _WRONG.search(text) is not None


def corrects_the_last(said: str) -> bool:
    """The same of words that are said right after something was written.

    `about two cups, I guess` and `diet coke, sorry`: what they leave unsaid was said just before.
    """
    text = plain_speech(in_english(" ".join(said[:_READ].replace("’", "'").split())))
    if not text or text.endswith("?") or (_TELLS.search(text) and not corrects(said)):
        return False
    if _TAKES_PLACE.search(text) or _WITHOUT.search(text):
        return True
    excused = _EXCUSED.search(text) and not _BACK.search(text) and len(text.split()) <= _FEW_WORDS
    parts = [part for part in re.split(r"[.!;] ", text) if part]
    alone = all(
        _AMOUNT_ALONE.search(part) or _KIND_ALONE.search(part) or _IT_WAS.search(part)
        for part in parts
    )
    return corrects(said) or bool(excused) or alone


def takes_place(said: str) -> bool:
    """Whether a thing that is pointed at gives its place: `I had soup instead of the toast`."""
    return _TAKES_PLACE.search(plain_speech(said.replace("’", "'"))) is not None


def takes_back(said: str) -> bool:
    """`Scrap that`, `bin that one`: who names nothing means what was written last."""
    return _TAKES_BACK.search(said.replace("’", "'")) is not None
