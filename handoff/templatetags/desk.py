"""Words of the desk's templates."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handoff.fluency import Fluency, suffices
from handoff.keys import keys_of
from handoff.models import Expert
from handoff.safety.checklists import name_of

register = template.Library()


@register.filter
def of(rows: dict[int, object], key: int) -> object | None:
    """The row with this key, or None."""
    return rows.get(key)


@register.filter
def key(expert: Expert, name: str) -> str:
    """The letter that this person presses for the key `name`."""
    return keys_of(expert.keys).get(name, name).upper()


@register.filter
def fluency(expert: Expert, language: str) -> str:
    """How well the expert speaks the language of a case; "" when not at all."""
    return expert.fluency(language)


@register.filter
def speaks(expert: Expert, language: str) -> bool:
    """Whether the expert speaks the language of a case well enough to be asked before others."""
    return suffices(expert.fluency(language))


@register.filter
def named_for(expert: Expert, language: str) -> str:
    """The expert's name, with how well they speak it where that is not well."""
    if speaks(expert, language):
        return expert.user.name
    return f"{expert.user.name} ({level(expert.fluency(language)) or _('not in this language')})"


@register.filter
def level(fluency: str) -> Promise | str:
    """A level in words."""
    return Fluency(fluency).label if fluency else ""


@register.filter
def spoken_by(expert: Expert) -> str:
    """The expert's languages with how well they speak each: "EN native, DE basic"."""
    spoken = expert.languages.items()
    return ", ".join(f"{code.upper()} {level(fluency)}" for code, fluency in spoken)


@register.filter
def code_name(code: str) -> Promise | str:
    """What a code of the taxonomy means: "SI-3" is "Suicidal thoughts"."""
    return name_of(code)
