"""A line of a conversation as one of the two reads it: their own language large."""

from typing import Any

from django import template

from coach.interpreter.models import Line

register = template.Library()


@register.inclusion_tag("interpreter/_line.html")
def said_line(line: Line | None, code: str) -> dict[str, Any]:
    """`{% said_line line "ko" %}`; without a line, the blank that the page fills."""
    if line is None:
        return {"line": None, "code": code, "large": "", "small": ""}
    other = line.into if line.language == code else line.language
    return {
        "line": line,
        "code": code,
        "large": line.in_language(code),
        "small": line.in_language(other),
    }
