"""The cache in which a talk's windows find out which of them has it."""

import functools
from datetime import UTC, datetime
from uuid import uuid4

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

WINDOW_KEY_S = 60  # how long the cache remembers which window has a talk


@functools.cache
def window_cache() -> BaseCache:
    """The site's cache, one for all threads of the process.

    `django.core.cache.cache` is another one in each context, with connections of its own: a thread
    that a socket asks would open one each time, and it would stay until a full collection.
    """
    return caches.create_connection("default")


def live_key(name: str) -> str:
    """Where the cache says which window has the talk of group `name`."""
    return f"talk.window.{name}"


def window_name(opened_at: datetime) -> str:
    """A window's own name, which is greater than those of windows that were opened before.

    Any two that meet agree which of them has the talk, whatever was lost or comes late.
    """
    return f"{opened_at.astimezone(UTC):%Y%m%d%H%M%S.%f}.{uuid4().hex}"
