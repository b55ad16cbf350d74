"""Words of the desk's templates."""

from django import template
from django.utils.functional import Promise

from handoff.models import Expert
from handoff.safety.checklists import name_of

register = template.Library()


@register.filter
def of(rows: dict[int, object], key: int) -> object | None:
    """The row with this key, or None."""
    return rows.get(key)


@register.filter
def speaks(expert: Expert, language: str) -> bool:
    """Whether the expert speaks the language of a case."""
    return expert.speaks(language)


@register.filter
def code_name(code: str) -> Promise | str:
    """What a code of the taxonomy means: "SI-3" is "Suicidal thoughts"."""
    return name_of(code)
