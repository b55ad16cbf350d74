"""How well an expert speaks a language: what routing weighs, and the console writes.

Asks no database.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[a-z]{2,3}")


class Fluency(TextChoices):
    """From best to least. Whoever is `BASIC` understands simple sentences, and says such."""

    NATIVE = "native", _("native")
    FLUENT = "fluent", _("fluent")
    BASIC = "basic", _("basic")


Languages = Mapping[str, str]  # the level by the code of the language
RANK = {level: rank for rank, level in enumerate(Fluency.values)}


def fluency_in(language: str, languages: Languages) -> str:
    """How well `language` is spoken, whatever its region; "" when not at all."""
    return languages.get(language.split("-")[0], "")


def suffices(level: str) -> bool:
    """Whether whoever speaks it so well may be asked before others."""
    return level in (Fluency.NATIVE, Fluency.FLUENT)


def written(languages: Languages) -> str:
    """As a person writes it: "en native, de basic"."""
    return ", ".join(f"{code} {level}" for code, level in languages.items())


def read(text: str) -> dict[str, str]:
    """What `written` wrote, or a person did: without a level it is spoken fluently."""
    parts = [part.split() for part in text.lower().split(",") if part.strip()]
    return {code: " ".join(level) or Fluency.FLUENT.value for code, *level in parts}


def check_languages(languages: object) -> None:
    """Raise ValidationError unless these are codes of languages with a level each."""
    if not isinstance(languages, dict):
        raise ValidationError(_("Name each language with its level."))
    for code, level in languages.items():
        if not isinstance(code, str) or not CODE.fullmatch(code):
            wrong = _("“%(code)s” is no code of a language. Write it as en or de.")
            raise ValidationError(wrong, params={"code": code})
        if level not in RANK:
            wrong = _("“%(level)s” is no level. Choose native, fluent or basic.")
            raise ValidationError(wrong, params={"level": level})
