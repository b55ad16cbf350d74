"""Template tags of the look: icons and small pieces that would otherwise be spelt out each time."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

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


@register.simple_tag(takes_context=True)
def current(context: template.Context, prefix: str | None) -> SafeString | str:
    """`aria-current="page"` when the page shown lies under `prefix` (a link of the navigation)."""
    request = context.get("request")
    if prefix and request is not None and request.path.startswith(prefix):
        return SafeString('aria-current="page"')
    return ""
