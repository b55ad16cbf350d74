"""Turns that are only polite: a greeting, «how are you?», thanks, a bare yes or no."""

import re
from typing import Final, Literal

from coach.lessons.understanding.text import even

Courtesy = Literal["hello", "fine", "welcome", "yes", "no"]  # keys of the partner's lines

_PEOPLE = (
    r"(?: (?:everybody|everyone|sir|madam|doctor|there|again|to you|a todos|senor\w*|madame|"
    r"monsieur|tout le monde|herr \w+|frau \w+|zusammen|선생님))*"
)
_HELLO = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|hola|buenos dias|buen dia|"
    r"buenas(?: tardes| noches)?|bonjour|bonsoir|salut|hallo|guten (?:morgen|tag|abend)|"
    r"gruss gott|moin|servus|안녕하세요|안녕하십니까|안녕|반갑습니다|만나서 반갑습니다)"
)
_HOW = (
    r"(?:how are you(?: doing)?(?: today)?|how do you do|how is it going|que tal(?: esta\w*)?|"
    r"como (?:esta|estas|le va|te va)|(?:comment )?(?:allez vous|vas tu|ca va)(?: bien)?|"
    r"wie geht(?:'s| es)?(?: ihnen| dir)?|잘 지내\S*|어떻게 지내\S*)"
)
_THANKS = (
    r"(?:thanks?(?: you)?(?: very much| so much| a lot)?|(?:muchas )?gracias|merci(?: beaucoup)?|"
    r"(?:vielen )?danke(?: schon)?|감사합니다|고맙습니다|고마워요)"
)
_YES = (
    r"(?:yes|yeah|yep|ok|okay|sure|of course|fine|si|claro|vale|de acuerdo|oui|d'accord|bien sur|"
    r"ja|gern|gerne|klar|네|예|좋아요)"
)
_NO = r"(?:no|nope|nah|non|nein|아니요|아뇨|아니오)(?: no)?"
_KINDS: Final[tuple[tuple[Courtesy, re.Pattern[str]], ...]] = (
    ("fine", re.compile(rf"(?:{_HELLO}{_PEOPLE} )?(?:and )?{_HOW}{_PEOPLE}")),
    ("hello", re.compile(rf"{_HELLO}{_PEOPLE}(?: {_HELLO})?")),
    ("welcome", re.compile(rf"(?:{_YES} )?{_THANKS}{_PEOPLE}")),
    ("no", re.compile(rf"{_NO}(?: {_THANKS}| 괜찮아요| 괜찮습니다)?")),
    ("yes", re.compile(rf"{_YES}(?: {_YES})?(?: please| por favor| s'il vous plait| bitte)?")),
)


def courtesy(said: str) -> Courtesy | None:
    """What the turn is, if it is polite and nothing more."""
    text = even(said)
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), None)
