"""What coaches say when they do not get on: that they do not understand, cannot help, or guess.

By language: the embedded engine's own lines, and what language models usually say. A new line is a
new entry here.
"""

import re
from collections.abc import Mapping

MISUNDERSTOOD = {
    "en": (
        r"i did(?: not|n't) (?:quite |really )?(?:understand|catch|get (?:that|you))",
        r"i do(?: not|n't) (?:quite |really )?understand (?:that|you|what you)",
        r"(?:could|can) you (?:please )?(?:repeat|rephrase|say) (?:that|it)",
        r"i(?:'m| am) not sure (?:what you mean|i understand|i follow)",
    ),
    "es": (r"no te he entendido", r"no (?:te )?entend[ií]", r"puedes repetir"),
    "fr": (r"je n'ai pas (?:bien )?compris", r"peux-tu (?:répéter|reformuler)"),
    "de": (r"(?:das )?habe ich nicht verstanden", r"ich (?:habe|verstehe) (?:das|dich) nicht"),
    "ko": ("이해하지 못했", "다시 말씀해"),
}
HELPLESS = {
    "en": (
        r"i (?:cannot|can't|can not|am not able to|'m not able to|am unable to|'m unable to) "
        r"(?:really )?(?:help|assist)",
        r"i(?:'m| am) not able to (?:help|assist)",
        r"i (?:do not|don't) know (?:how to|enough|that|much about)",
        r"i know little about that",
    ),
    "es": (r"(?:con eso )?no (?:te )?puedo ayudar", r"de eso sé poco"),
    "fr": (r"je ne peux pas (?:t'|vous )?aider", r"j'en sais peu"),
    "de": (
        r"(?:kann ich|ich kann)(?: dir| ihnen)? (?:dabei |damit )?nicht helfen",
        r"weiß ich wenig",
    ),
    "ko": (r"도와드릴 수 없", r"잘 몰라요"),
}
# The whole answer: «Shall I add it?» behind a meal that was understood is no guess.
GUESS = {
    "en": (r"shall i [^.?!]+\?", r"did you mean [^.?!]+\?"),
    "es": (
        r"¿(?:lo |pongo |deshago |pregunto )[^.?!]+\?",
        r"¿(?:quisiste|querías) decir [^.?!]+\?",
    ),
    "fr": (r"dois-je [^.?!]+\?", r"(?:tu veux|voulais-tu) dire [^.?!]+\?"),
    "de": (r"soll ich [^.?!]+\?", r"meinst du [^.?!]+\?"),
    "ko": (r"[^.?!]+까요\?(?: 아니면 [^.?!]+까요\?)*",),
}
APOLOGY = {
    "en": (
        r"i am sorry\. tell me what is wrong",
        r"(?:sorry|apologi[sz]e) (?:about|for) (?:the|that|my|this) "
        r"(?:confusion|mistake|error|misunderstanding|mix-?up)",
    ),
    "es": (
        r"lo siento\. dime qué está mal",
        r"(?:disculpa|perdona|siento) (?:por )?(?:la|el|mi) "
        r"(?:confusión|error|malentendido)",
    ),
    "fr": (
        r"désolé\. dis-moi ce qui ne va pas",
        r"désolé (?:pour|de) (?:la|l'|cette|cet|mon) ?"
        r"(?:confusion|erreur|malentendu)",
    ),
    "de": (
        r"das tut mir leid\. sag, was falsch ist",
        r"entschuldig\w* (?:für |bitte )?"
        r"(?:die|den|das) (?:verwirrung|fehler|missverständnis)",
    ),
    "ko": ("무엇이 틀렸는지", r"(?:혼란|오해|실수).{0,8}죄송"),
}


def _any(lines: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    return re.compile("|".join(line for each in lines.values() for line in each), re.IGNORECASE)


_MISUNDERSTOOD, _HELPLESS = _any(MISUNDERSTOOD), _any(HELPLESS)
_GUESS, _APOLOGY = _any(GUESS), _any(APOLOGY)


def did_not_understand(text: str) -> bool:
    """Whether the coach says that it has not understood."""
    return _MISUNDERSTOOD.search(_plain(text)) is not None


def cannot_help(text: str) -> bool:
    """Whether the coach says that it cannot help."""
    return _HELPLESS.search(_plain(text)) is not None


def guesses(text: str) -> bool:
    """Whether all that the coach says is a question what it should do."""
    return _GUESS.fullmatch(_plain(text)) is not None


def apologises(text: str) -> bool:
    """Whether the coach took the words before for a complaint: it says that it is sorry for it."""
    return _APOLOGY.search(_plain(text)) is not None


def _plain(text: str) -> str:
    return text.replace("’", "'").strip()
