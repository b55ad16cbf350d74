"""«Slower, please»: whether somebody wishes the voice to speak slower, or normally again.

Five languages. A wish names the speaking («talk a bit slower», «you go too fast»), or is a sentence
of its own («slower, please»): who eats too fast says nothing of the voice.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from coach.meaning.agreement import word_set

PaceWish = Literal["slower", "normal"]

LONGEST: Final = 240  # characters: who says more wants more than that
_SENTENCE = re.compile(
    r"[,.;:!?…。、]+|\s[-–—]+\s|\b(?:and|but|because|pero|porque|mais|aber|weil)\b"
)
_SIGNS = re.compile(r"[^\w' ]+")
# What may stand around a wish that is a sentence of its own.
_POLITE = word_set(
    "please sorry excuse me hey hi hello ok okay well oh thanks thank you can could would "
    "will for maybe just a bit little much even still again now then go i need want like it "
    "to por favor perdon perdone perdona disculpe hola puede puedes podria podrias un poco "
    "mucho para mi usted ahora otra vez gracias s'il vous te plait svp pardon excusez moi "
    "bonjour pouvez peux tu merci peu beaucoup encore pour bitte entschuldigung konnten "
    "konnen kannst konntest sie du etwas ein bisschen wenig noch mal viel danke fur mich "
    "wieder 좀 조금 조금만 더 죄송하지만 죄송해요 죄송합니다 제발 네 저기 다시 너무"
)

_SPEAK_EN = (
    r"(?<!\bi )(?<!\bwe )(?<!\bhe )(?<!\bshe )(?<!\bthey )"
    r"(?:speak|talk|speaking|talking|say (?:it|that|this)|read (?:it|that|this)"
    r"|repeat(?: (?:it|that|this))?)(?: \w+){0,3}?"
)
_SPEAK_ES = (
    r"(?:habl(?:a|as|ar|e|es|en|ad|ando|arme)|dig(?:a|alo|amelo)|dil[oa]|decirlo|repit\w*|vaya)"
    r"(?: \w+){0,3}?"
)
_SPEAK_FR = r"(?<!\bje )(?:parl(?:ez|e|es|er)|dites|redites|repetez|repeter)(?: \w+){0,4}?"
_SPEAK_DE = (
    r"(?<!\bich )(?:sprech(?:en|t)?|sprich|rede[nt]?|sag(?:en)?|wiederhol(?:en|e)?)(?: \w+){0,5}?"
)
_SPEAK_KO = r"(?:말|말씀|얘기|이야기)\S*"

# Where the speaking is named, other words may stand around it.
_SAID: Final = (
    (
        "normal",
        r"\b(?:do not|don't|dont|no need to|need not|not have to) (?:speak|talk)(?: \w+){0,2} "
        r"slow\w*"
        rf"|{_SPEAK_EN} (?:normal(?:ly)?|(?:usual|regular|full) (?:speed|pace)|faster|quicker"
        r"|less slow(?:ly)?)\b"
        r"|\byou (?:are )?(?:speak|talk|speaking|talking)(?: \w+)? too slow(?:ly)?\b"
        rf"|\b{_SPEAK_ES} (?:normal(?:mente)?|mas rapido|menos despacio)\b"
        rf"|\b{_SPEAK_FR} (?:normalement|plus vite|vitesse normale)\b"
        rf"|\b{_SPEAK_DE} (?:normal(?:e[nrms]?)?|schneller)\b"
        rf"|(?:보통|원래|정상|평소) 속도로? {_SPEAK_KO}|빨리 {_SPEAK_KO}",
    ),
    (
        "slower",
        r"^(?:un peu |un poco |etwas |a bit |a little )?(?:slower|more slowly|mas despacio|mas "
        r"lento|"
        r"plus lentement|moins vite|langsamer|천천히 좀)\b"
        rf"|{_SPEAK_EN} (?:slower|more slow(?:ly)?|slowly|slow|less fast|less quickly"
        r"|not so (?:fast|quick(?:ly)?))\b"
        r"|\byou (?:are )?(?:\w+ )?(?:speak|talk|speaking|talking|go|going)(?: \w+)?"
        r" (?:too|so|very|really) (?:fast|quick(?:ly)?)\b"
        r"|\byour? (?:speech|voice|english) is (?:too|so|very) (?:fast|quick)\b"
        rf"|\b{_SPEAK_ES} (?:mas (?:despacio|lento|lentamente)|despacio|lento|menos rapido"
        r"|no tan rapido)\b"
        r"|\b(?:habla|hablas|hablais|va|vas) (?:muy|demasiado|tan) (?:rapido|deprisa)\b"
        rf"|\b{_SPEAK_FR} (?:(?:plus )?(?:lentement|doucement)|moins vite)\b"
        r"|\b(?:parlez|parles|allez) (?:\w+ )?(?:trop|tres|si) vite\b"
        rf"|\b{_SPEAK_DE} (?:langsam(?:er)?|nicht so schnell|weniger schnell)\b"
        r"|\b(?:sie|du|bitte)(?: \w+){0,4} (?:langsam(?:er)?|nicht so schnell) (?:\w+ )?"
        r"(?:sprechen|reden|sagen|wiederholen)\b"
        r"|\b(?:sprechen sie|sie sprechen|du sprichst|sie reden|du redest)(?: \w+){0,2} "
        r"(?:zu|so|sehr) schnell\b"
        rf"|(?:천천히|느리게)(?: \S+)? {_SPEAK_KO}|{_SPEAK_KO} (?:\S+ )?(?:천천히|느리게)"
        rf"|{_SPEAK_KO} (?:너무 |좀 |조금 )*(?:빨라|빠르|빠릅)\S*",
    ),
)
_SPEED = r"(?:speed|pace)"
# A sentence of its own, without what is polite.
_ALONE: Final = (
    (
        "normal",
        rf"(?:at |back to |in )?(?:the |your |a )?(?:normal|usual|regular) {_SPEED}"
        rf"|normal {_SPEED} (?:is )?(?:fine|ok|okay|good)|faster|quicker|not so slow(?:ly)?"
        r"|(?:a )?(?:la )?velocidad normal|(?:a )?ritmo normal|mas rapido|no tan (?:despacio|lento)"
        r"|(?:a )?(?:la )?vitesse normale|(?:au )?rythme normal|plus vite|pas si lentement"
        r"|(?:in |mit )?(?:normale[smnr]? )(?:tempo|geschwindigkeit)|schneller|nicht so langsam"
        r"|(?:보통|원래|정상|평소) 속도(?:로)?(?:요)?(?: (?:해|돌아|부탁)\S*(?: \S+)?)?",
    ),
    (
        "slower",
        r"slower|more slow(?:ly)?|slowly|slow|slow (?:it )?down|less fast|not so (?:fast|quick)"
        r"|(?:it is |that is |this is )?too (?:fast|quick(?:ly)?)|(?:so|very) fast"
        r"|mas (?:despacio|lento|lentamente)|despacio|menos rapido|no tan rapido"
        r"|(?:va )?(?:muy|demasiado) rapido"
        r"|plus lentement|lentement|(?:plus )?doucement|moins vite|pas si vite|ralenti\w*"
        r"|(?:c'est |ca va )?(?:trop|si) (?:vite|rapide)"
        r"|langsam(?:er)?|nicht so schnell|(?:das (?:ist|war|ging|geht) )?(?:mir )?zu schnell"
        r"|천천히(?:요)?(?: (?:해|부탁)\S*(?: \S+)?)?|느리게(?:요)?|(?:너무 )?(?:빨라요|빠릅니다|"
        r"빨라)",
    ),
)


def _compiled(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[PaceWish, re.Pattern[str]], ...]:
    return tuple(("slower" if wish == "slower" else "normal", re.compile(p)) for wish, p in rows)


_SAID_PATTERNS: Final = _compiled(_SAID)
_ALONE_PATTERNS: Final = _compiled(_ALONE)


def pace_wish(text: str) -> PaceWish | None:
    """What is wished of the voice's pace in `text`, or None."""
    if len(text) > LONGEST:
        return None
    for part in _SENTENCE.split(_even(text)):
        words = _SIGNS.sub(" ", part).split()
        plain = " ".join(words)
        for wish, pattern in _SAID_PATTERNS:
            if pattern.search(plain):
                return wish
        for bare in _without_polite(words):
            for wish, pattern in _ALONE_PATTERNS:
                if pattern.fullmatch(bare):
                    return wish
    return None


def _even(text: str) -> str:
    """In small letters and without accents; Hangul stays put together."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain).replace("'re ", " are ").replace("'s too", " is too")


def _without_polite(words: list[str]) -> Iterable[str]:
    """The words from the first to the last that is not only polite, and as they are."""
    said = [i for i, word in enumerate(words) if word not in _POLITE]
    yield " ".join(words)
    if said:
        yield " ".join(words[said[0] : said[-1] + 1])
