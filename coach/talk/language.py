"""Work that ends in words for a member is done in their language and on their clock."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone, translation

from coach.types import Member

T = TypeVar("T")


def language_of(member: Member) -> str:
    """The language of sentences for `member`."""
    return str(member.language or settings.LANGUAGE_CODE)


def in_language_of(member: Member, work: Callable[..., T]) -> Callable[..., T]:
    """`work`, in the language and the time zone of `member`."""

    def run(*args: Any) -> T:
        zone = member.time_zone
        with translation.override(language_of(member)), timezone.override(zone):
            return work(*args)

    return run
