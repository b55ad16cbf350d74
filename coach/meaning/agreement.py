"""Whether a few words are a yes or a no to what was asked, and nothing else. Five languages."""

import re
from typing import Final

_LONGEST: Final = 9  # words of a yes or a no, at most: what is longer says more
_TOKEN: Final = re.compile(r"[^\W\d_]+")


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


YES: Final = word_set(
    "yes yeah yep yup ya aye sure ok okay fine alright right please absolutely "
    "definitely certainly do go great perfect good sounds course gladly "
    "sí si vale claro dale bueno perfecto adelante hazlo venga "
    "oui ouais volontiers accord bien parfait vas allez "
    "ja jo gern gerne klar sicher natürlich mach genau jawohl "
    "네 예 응 그래 그래요 좋아 좋아요 좋습니다 부탁해 부탁해요 "
    "부탁합니다 해줘 해주세요 그렇게"
)
NO: Final = word_set(
    "no nope nah never not don cancel nein nee nicht non pas "
    "아니 아니요 아니오 아뇨 됐어 됐어요 괜찮아 괜찮아요 괜찮습니다 나중에"
)
BESIDE: Final = word_set(  # says neither, and is said with both
    "oh well then that it this a of be would will the is i me you your so very much just now "
    "thanks thank ahead on by all means let s why like love to great idea with them him her ask "
    "nice wonderful lovely kind want could can need worry leave later today maybe another "
    "time yet t thing "
    "por favor que lo muy gracias ahora eso está bien mejor luego más tarde hace falta "
    "s'il s il te vous plaît plait d avec plaisir merci maintenant ça va y est c bonne idée besoin "
    "la peine plus tard je veux quiero "
    "bitte danke das es tu doch mal sehr jetzt ist gut eine idee nötig später lieber lass ich will "
    "그럼 지금 감사합니다 고마워 고마워요 그거 하지 마 마세요 안 해도 돼 돼요 다음에"
)


def bare_words(words: str) -> list[str]:
    """The words in small letters; none where there are more than a yes or a no has."""
    said = _TOKEN.findall(words.lower().replace("’", "'"))
    return said if len(said) <= _LONGEST else []


def agreement(words: str) -> bool | None:
    """True for a yes and no more, False for a no and no more, None for anything else."""
    said = bare_words(words)
    if not said or not set(said) <= YES | NO | BESIDE:
        return None
    if "why" in said:
        return True if "why not" in " ".join(said) else None
    if not NO.isdisjoint(said):
        return False
    return None if YES.isdisjoint(said) else True
