"""The tools of talks: one row for each list of them, however many talks have it.

The definitions are most of a brief, and the same for everybody who talks with a persona. The rest
of a brief is the member's own, stands in the row of their talk, and goes with it.
"""

import functools
import hashlib
from typing import Any

import msgspec
from django.db import models

KEY_BYTES = 16
REMEMBERED = 64  # lists of tools, of a few kB each, that a process keeps


class Toolset(models.Model):
    """A list of tools as engines are told it. It never changes, since its key is its content."""

    key = models.CharField(max_length=2 * KEY_BYTES, primary_key=True)
    tools = models.JSONField()

    def __str__(self) -> str:
        return self.key


def toolset_of(tools: list[dict[str, Any]]) -> Toolset:
    """The row of this list, which is written at the first talk that has it."""
    row, _new = Toolset.objects.get_or_create(key=key_of(tools), defaults={"tools": tools})
    return row


def key_of(tools: list[dict[str, Any]]) -> str:
    """The same for the same tools, in whatever order a database returns their fields."""
    content = msgspec.json.encode(tools, order="sorted")
    return hashlib.blake2b(content, digest_size=KEY_BYTES).hexdigest()


@functools.lru_cache(maxsize=REMEMBERED)
def tools_in(key: str) -> list[dict[str, Any]]:
    """The list of this key. All talks of the process that have it share it: it is only read."""
    tools: list[dict[str, Any]] = Toolset.objects.values_list("tools", flat=True).get(key=key)
    return tools
