"""The key of a form: see coach/site/once.py."""

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def key() -> SafeString:
    """`{% key %}`: beside {% csrf_token %} in each form that changes something."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4().hex)
