"""Simple sentences of four other languages, put into English word by word.

The readers of meals and of health facts know English. `phrasebook/` holds what people say most to
a coach of nutrition, longest phrases first; a word that it does not hold stays as it was said, so
that its reader asks for it. What is asked, planned or denied is told apart before, by `eaten.py`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["es", "fr", "de", "ko"]

_FOLDER: Final = Path(__file__).with_name("phrasebook")
_HANGUL: Final = re.compile(r"[가-힣]")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Words that only one of the languages has, as far as people speak of food and health.
_TELLING: Final[dict[Language, str]] = {
    "es": (
        "soy tengo estoy comí comi desayuné desayune cené cene bebí tomé he una unos unas y con "
        "del mi mis peso ayer hoy para dos tres el los las alérgico alérgica anoche padezco "
        "recuérdame sin un puedo comer era fue "
        "borra quita elimina cambia qué cuánto cuánta cuántas"
    ),
    "fr": (
        "je j ai suis une du des le les et avec mon ma ce matin hier deux trois aux pèse pese au "
        "mange mangé pris bu à était midi pour un rappelle moi sans c est supprime enlève "
        "efface retire combien puis"
    ),
    "de": (
        "ich habe hab hatte bin ein eine einen und mit zum heute gestern mein meine gegessen "
        "getrunken wiege etwas zwei drei gegen nehme aß erinnere mich um uhr ohne kein keine "
        "kannst bitte eintragen aufschreiben darf war keinen gab lösche lösch wie viel das"
    ),
    "ko": "",
}
_TOLD_BY: Final = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_ENGLISH: Final = frozenset(
    "i i'm i've the a an and with of had have ate am my was for it to some is this just".split()  # noqa: SIM905
)
# Dishes that English calls so: they tell no language, and stay as they are.
_BORROWED: Final = (
    "pain au chocolat", "pains au chocolat", "café au lait", "cafe au lait", "coq au vin",
    "steak au poivre", "au jus", "au gratin", "pot au feu", "tarte au citron", "du jour",
    "chili con carne", "chilli con carne", "chile con carne", "chili con queso", "chile con queso",
    "arroz con pollo", "dos equis", "el paso",
)  # fmt: skip
_BORROWED_NAME: Final = re.compile(rf"\b(?:{'|'.join(_BORROWED)})\b", re.IGNORECASE)
# Where words stand in another order: put right before they are put into English, and after.
_BEFORE: Final[dict[Language, tuple[re.Pattern[str], str]]] = {
    "ko": (
        re.compile(
            r"(?P<what>[가-힣]+) (?P<count>한|두|세|네|다섯|여섯|반|\d+) ?"
            r"(?P<unit>개|잔|컵|공기|그릇|조각|쪽|캔|병|줄|마리)(?![가-힣])"
        ),
        r"\g<count> \g<unit> \g<what>",
    ),
    "de": (
        re.compile(r"gegen ([^,.;!?]{1,60}?) allergisch", re.IGNORECASE),
        r"allergisch gegen \1",
    ),
}
_VERB_LAST: Final = re.compile(
    r"^([^.!?;]+?) (i (?:ate|drank|have|did not eat|am going to eat)|delete)\b"
)
_BEFORE_VOWEL: Final = re.compile(r"\ba (?=[aeio])")
_PARTICLE: Final = r"(?P<particle>(?:으로|로|에서|에는|에|은|는|이가|가|을|를|도|만|요|의)?)"
_JOINT: Final = r"(?P<joint>이랑|랑|하고|와|과)?"
_NOTHING: Final = "-"


def in_english(said: str) -> str:
    """`said` in English as far as it is known, where it is in one of the four languages."""
    language = spoken_in(said)
    if language is None:
        return said
    text = said.replace("’", "'")
    if language in _BEFORE:
        wrong, right = _BEFORE[language]
        text = wrong.sub(right, text)
    pattern, english = _phrases(language)

    def put(found: re.Match[str]) -> str:
        joint = " and" if found.groupdict().get("joint") else ""
        return f" {english[found['phrase'].lower()]}{joint} "

    text = re.sub(r" +(?=[,.!?;]|$)", "", " ".join(pattern.sub(put, text).split()))
    if language == "ko":
        text = _VERB_LAST.sub(r"\2 \1", text)
    return _BEFORE_VOWEL.sub("an ", text)


def spoken_in(said: str) -> Language | None:
    """The language of `said`; None: English, or none that is known here."""
    if _HANGUL.search(said):
        return "ko"
    own = _BORROWED_NAME.sub(" ", said.replace("’", "'"))
    words = [word.lower() for word in _WORD.findall(own)]
    known: dict[Language, int] = {
        language: sum(word in telling for word in words) for language, telling in _TOLD_BY.items()
    }
    best = max(known, key=lambda language: known[language])
    return best if known[best] > sum(word in _ENGLISH for word in words) else None


@cache
def _phrases(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    english = {name: name for name in _BORROWED}
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            meaning, _colon, phrases = line.partition(": ")
            for phrase in phrases.split(" | "):
                english.setdefault(phrase.strip(), "" if meaning == _NOTHING else meaning)
    longest = sorted(english, key=len, reverse=True)
    found = "|".join(re.escape(phrase) for phrase in longest)
    if language == "ko":
        return re.compile(
            rf"(?<![가-힣])(?P<phrase>{found}){_JOINT}{_PARTICLE}(?![가-힣])"
        ), english
    # «l'» and «d'» end where the next word begins.
    end = r"(?:(?<=')|(?![\w']))"
    return re.compile(rf"(?<!\w)(?P<phrase>{found}){end}", re.IGNORECASE), english
