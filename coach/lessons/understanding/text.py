"""A turn as it is compared: small letters, no accents, contractions written out."""

import re
import unicodedata

QUOTED = re.compile(
    r"[\"“”«»‘„「『]([^\"“”«»’„」』]{2,60})[\"“”«»’」』]|(?<!\w)'([^']{2,60})'(?!\w)"
)
_QUOTES = re.compile(r"[’‘`´]")
_ENGLISH = (
    (r"\b(?:i'd|id) (?=like|love|rather|prefer|go|have|take|need|want|say)", "i would "),
    (r"\bi'd\b", "i would"),
    (r"\b(?:i'll|ill (?=have|take|go|try|be|need))", "i will "),
    (r"\b(?:i'm|im)\b", "i am"),
    (r"\b(?:i've|ive)\b", "i have"),
    (r"\blet's\b", "let us"),
    (r"\b(that|it|what|how|there|here|where|when|who|he|she|price|train)'s\b", r"\1 is"),
    (r"\b(what|how|where|that)s\b", r"\1 is"),
    (r"\b(we|they|you)'re\b", r"\1 are"),
    (r"\b(we|they|you|he|she)'d\b", r"\1 would"),
    (r"\b(we|they|you|it|that|he|she)'ll\b", r"\1 will"),
    (r"\b(we|they|you)'ve\b", r"\1 have"),
    (r"\b(?:can't|cant|can not)\b", "cannot"),
    (r"\b(?:won't|wont)\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"\b(do|does|did|is|are|was|were|would|could|should|has|have|had|must|need)n'?t\b", r"\1 not"),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgotta\b", "got to"),
    (r"\b(?:pls|plz|plis|pleas)\b", "please"),
    (r"\b(?:dunno)\b", "do not know"),
)
_CONTRACTIONS = tuple((re.compile(pattern), plain) for pattern, plain in _ENGLISH)
_SIGNS = re.compile(r"(?:[^\w' £$€]|_)+")
_LONE_QUOTES = re.compile(r"(?<!\w)'|'(?!\w)")


def folded(text: str) -> str:
    """`text` in small letters, without accents."""
    # Taken apart twice: what a sign stands for may be a capital, and a small letter may be two.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", text)  # Hangul is put together again


def even(text: str, language: str = "en") -> str:
    """`text` in small letters, without accents and signs, English contractions written out.

    Elsewhere they are words: «im Urlaub» has no «I'm».
    """
    text = _QUOTES.sub("'", folded(text))
    for pattern, plain in _CONTRACTIONS if language == "en" else ():
        text = pattern.sub(plain, text)
    return " ".join(_LONE_QUOTES.sub(" ", _SIGNS.sub(" ", text)).split())


def quotes(said: str, evidence: str) -> bool:
    """Whether `evidence`, as a model reports it, stands in what was said."""
    evened = even(evidence)
    return len(evened) >= 2 and evened in even(said)


GAP = r"\s*(?:\S{1,40}\s+){0,5}?\S{0,40}?"  # with bounds, or a text without spaces takes minutes


def phrase_used(said: str, phrase: str) -> bool:
    """Whether a target phrase was used; its gaps (“…”) may hold anything short.

    An ending may hang on what is in the gap, as in Korean.
    """
    parts = [even(part) for part in phrase.split("…")]
    pattern = GAP.join(re.escape(part) for part in parts if part)
    pattern = pattern.replace(r"\ ", r"\s+")
    begin = "" if phrase.startswith("…") else r"(?<!\w)"
    end = "" if phrase.endswith("…") else r"(?!\w)"
    return re.search(f"{begin}{pattern}{end}", even(said)) is not None
