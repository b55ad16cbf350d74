"""The languages that an interpreter may be asked for.

They are those into which the hosted translation model speaks. A language model that is instructed
to translate is asked for the same ones: what it can do beyond them nobody has tried.
"""

from typing import Literal

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Script = Literal["latin", "hangul", "kana", "han", "cyrillic", "devanagari"]


class Language(msgspec.Struct, frozen=True):
    """`name` in the language of the page, `own` as its speakers call it."""

    code: str
    name: str | Promise
    own: str
    script: Script = "latin"


LANGUAGES = {
    language.code: language
    for language in (
        Language("zh", _("Chinese"), "中文", "han"),
        Language("en", _("English"), "English"),
        Language("fr", _("French"), "Français"),
        Language("de", _("German"), "Deutsch"),
        Language("hi", _("Hindi"), "हिन्दी", "devanagari"),
        Language("id", _("Indonesian"), "Bahasa Indonesia"),
        Language("it", _("Italian"), "Italiano"),
        Language("ja", _("Japanese"), "日本語", "kana"),
        Language("ko", _("Korean"), "한국어", "hangul"),
        Language("pt", _("Portuguese"), "Português"),
        Language("ru", _("Russian"), "Русский", "cyrillic"),
        Language("es", _("Spanish"), "Español"),
        Language("vi", _("Vietnamese"), "Tiếng Việt"),
    )
}

# As a language model is told; names of the page's language would change what it is asked.
IN_ENGLISH = {
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "de": "German",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "es": "Spanish",
    "vi": "Vietnamese",
}


def choices() -> list[tuple[str, str]]:
    """For a form: each by both of its names, in the order of the page's language."""
    found = [(one.code, label(one.code)) for one in LANGUAGES.values()]
    return sorted(found, key=lambda choice: choice[1])


def label(code: str) -> str:
    """«Korean (한국어)»; the name alone where both are the same."""
    language = LANGUAGES[code]
    name = str(language.name)
    return name if name == language.own else f"{name} ({language.own})"
