"""In which language somebody speaks, of those that there are texts for."""

import re
from collections.abc import Sequence
from typing import Literal

Language = Literal["en", "es", "fr", "de", "ko"]

_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# The commonest words, without those that two of the languages share.
_WORDS: dict[Language, str] = {
    "en": (
        "the a an and or of to in on at with for is are was were be i i'm i've my me you your it "
        "that this have had has do did does can could would will what how much many not no yes "
        "please log ate hello hi thanks thank today there"
    ),
    "es": (
        "el los las una y o del que qué cuánto cuánta cuántas cuándo cómo con por para está "
        "estoy soy tengo mi mis me lo he muy sí hoy ayer comí hola gracias puedo quiero dos "
        "un en buenos buenas adiós hablas eres puedes apunta borra quita recuérdame"
    ),
    "fr": (
        "le les une et ou du des que qu'est est-ce j'ai je suis mon ma mes avec pour dans ce "
        "cette pas oui bonjour bonsoir salut merci aujourd'hui hier peux veux combien quel quelle "
        "deux un tu vous au aux c'est c'était n'ai l'ai d'accord moi supprime ajoute rappelle"
    ),
    "de": (
        "der die das ein eine einen und oder ich du mir mich mein meine habe hab hatte ist sind "
        "war nicht kein keine mit für zum zur wie viel viele was wann wer heute gestern bitte "
        "danke hallo guten ja nein kannst kann zwei zu auf aus lösch mach sprichst bist"
    ),
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def language_of(texts: Sequence[str]) -> Language:
    """The language of the first text that shows one; English where none does."""
    for text in texts:
        if _HANGUL.search(text):
            return "ko"
        words = [word.lower() for word in _WORD.findall(text.replace("’", "'"))]
        known = {
            language: sum(word in common for word in words) for language, common in _COMMON.items()
        }
        best = max(known, key=lambda language: known[language])
        if known[best]:
            return best
    return "en"
