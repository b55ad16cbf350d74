"""«Shall I …?» and what follows it.

Nothing is remembered between answers: an offer is found again in the items of the conversation.
A tool makes one with `"if_yes": {"tool": NAME, "said": TEXT}` in the JSON of its output. It stands
until the member speaks again. A yes becomes that call, with TEXT for the member's words. A no is
acknowledged. Anything else is read as if nothing had been offered.
"""

import re
from collections.abc import Sequence

import msgspec

from coach.engine.llm.conversation import before_last_words, is_user
from coach.engine.llm.types import Entry, FunctionCallOutput

_LONGEST = 9  # words of a yes or a no, at most: what is longer says more
_TOKEN = re.compile(r"[^\W\d_]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_YES = _set(
    "yes yeah yep yup ya aye sure ok okay fine alright right please absolutely "
    "definitely certainly do go great perfect good sounds course gladly "
    "sí si vale claro dale bueno perfecto adelante hazlo venga "
    "oui ouais volontiers accord bien parfait vas allez "
    "ja jo gern gerne klar sicher natürlich mach genau jawohl "
    "네 예 응 그래 그래요 좋아 좋아요 좋습니다 부탁해 부탁해요 "
    "부탁합니다 해줘 해주세요 그렇게"
)
_NO = _set(
    "no nope nah never not don cancel nein nee nicht non pas "
    "아니 아니요 아니오 아뇨 됐어 됐어요 괜찮아 괜찮아요 괜찮습니다 나중에"
)
_BESIDE = _set(  # says neither, and is said with both
    "oh well then that it this a of be would will the is i me you your so very much just now "
    "thanks thank ahead on by all means let s why like love to great idea with them him her ask "
    "nice wonderful lovely kind need worry leave later today maybe another time yet t thing "
    "por favor que lo muy gracias ahora eso está bien mejor luego más tarde hace falta "
    "s'il s il te vous plaît plait d avec plaisir merci maintenant ça va y est c bonne idée besoin "
    "la peine plus tard je veux "
    "bitte danke das es tu doch mal sehr jetzt ist gut eine idee nötig später lieber lass "
    "그럼 지금 감사합니다 고마워 고마워요 그거 하지 마 마세요 안 해도 돼 돼요 다음에"
)


_PLACES = (
    _set("first former one primero primera premier première erste ersten erstes 첫"),
    _set("second latter last segundo segunda deuxième seconde zweite zweiten 둘 두"),
)


class Offer(msgspec.Struct, frozen=True):
    """The call that a yes becomes: the tool's name, and the words it is given."""

    tool: str
    said: str


def agreement(words: str) -> bool | None:
    """True for a yes and no more, False for a no and no more, None for anything else."""
    said = _TOKEN.findall(words.lower().replace("’", "'"))
    if not said or len(said) > _LONGEST or not set(said) <= _YES | _NO | _BESIDE:
        return None
    if "why" in said:
        return True if said[:2] == ["why", "not"] else None
    if not _NO.isdisjoint(said):
        return False
    return None if _YES.isdisjoint(said) else True


def points_at(words: str) -> int | None:
    """0 or 1 where the first or the second of two is chosen, and no more is said."""
    said = _TOKEN.findall(words.lower())
    if not said or len(said) > _LONGEST:
        return None
    for place, names in enumerate(_PLACES):
        if not names.isdisjoint(said) and set(said) <= names | _YES | _BESIDE:
            return place
    return None


def offered(entries: Sequence[Entry]) -> Offer | None:
    """What a tool offered between the member's last words and those before."""
    for entry in reversed(before_last_words(entries)):
        if is_user(entry):
            return None
        if isinstance(entry, FunctionCallOutput) and (offer := _offer_in(entry.output)):
            return offer
    return None


class _Output(msgspec.Struct):
    """The part of a tool's output that is read here."""

    if_yes: Offer


def _offer_in(output: str) -> Offer | None:
    if '"if_yes"' not in output:
        return None
    try:
        return msgspec.json.decode(output, type=_Output).if_yes
    except (msgspec.DecodeError, RecursionError):
        return None  # outputs are the client's own, and may be anything
