"""The script of a page, with the modules that it will ask for.

A browser learns of a module only once the one that imports it has arrived: without being told, it
walks a tree of imports step by step, one trip to the server each.
"""

import posixpath
import re
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
IMPORT = re.compile(r'^(?:import|export)\b[^;"]*"(\.[^"]+)";', re.MULTILINE)


@register.simple_tag
def module(name: str) -> SafeString:
    """`{% module "js/pages/talk.js" %}`: the script, and a hint for each module it imports."""
    needed = _read(name) if settings.DEBUG else _kept(name)
    hints = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((static(other),) for other in needed)
    )
    return format_html('{}\n<script type="module" src="{}"></script>', hints, static(name))


def _read(name: str) -> list[str]:
    """Every module that `name` imports, directly or not, the nearest first."""
    found = [name]
    for current in found:
        source = (settings.ROOT / "static" / current).read_text()
        for relative in IMPORT.findall(source):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(current), relative))
            if other not in found:
                found.append(other)
    return found[1:]


_kept = cache(_read)  # the files of a release do not change
