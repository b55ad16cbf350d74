"""Template tags of the look: icons and small pieces that would otherwise be spelt out each time."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """One icon of the sprite. Hidden from assistive technology unless it has a `label`."""
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', css, href
    )


@register.filter
def initials(name: str) -> str:
    """First letters of the first and last word of a name: "Asha Rao" is "AR"."""
    words = [word for word in str(name).replace("@", " ").split() if word[:1].isalnum()]
    letters = [words[0][0]] if words else ["?"]
    if len(words) > 1:
        letters.append(words[-1][0])
    return "".join(letters).upper()


@register.filter
def share(value: float | None, whole: float | None) -> int:
    """`value` of `whole` in hundredths, 0 to 100: what a ring or a bar can show."""
    if not value or not whole or whole < 0:
        return 0
    return max(0, min(100, round(100 * value / whole)))


@register.simple_tag(takes_context=True)
def current(context: template.Context, prefix: str | None) -> SafeString | str:
    """`aria-current="page"` when the page shown lies under `prefix` (a link of the navigation)."""
    request = context.get("request")
    if prefix and request is not None and request.path.startswith(prefix):
        return SafeString('aria-current="page"')
    return ""


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "", css: str = "") -> dict[str, Any]:
    """A bound form field with its label, hint and errors: `{% field form.email %}`."""
    widget = bound.field.widget
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "css": css,
        "hidden": bound.is_hidden,
        "check": isinstance(widget, forms.CheckboxInput),
        "group": isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple),
    }


@register.filter
def drawing(svg: str) -> SafeString:
    """An SVG made by our own server, without its XML prologue, to be put into the page.

    Only for drawings that hold nothing a person typed.
    """
    return mark_safe(svg[svg.index("<svg") :])
