"""Every address of the site, with parameters of rows that exist."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from coach.interpreter.actions import add_line
from coach.interpreter.models import Meeting
from coach.nutrition.models.diary import MealItem
from tests.support.world import World

LEAVE = {"accounts/logout/", "admin/logout/"}  # those who have left try nothing more


class FullWorld(World):
    """A world with a row of each kind that an address may name."""

    def __init__(self) -> None:
        super().__init__()
        self.eat()
        self.propose()
        self.join()
        self.talk = self.session.pk
        self.meeting = Meeting.objects.create(
            member=self.member, language_a="en", language_b="ko", way="device", mode="translation"
        )
        add_line(self.meeting, "a", "Hello", "안녕하세요", languages=("en", "ko"))
        self.keys: dict[str, int] = {
            "diary/items/": MealItem.objects.filter(meal=self.meal)[0].pk,
            "diary/meals/": self.meal.pk,
            "diary/changes/": self.change.pk,
            "diary/drafts/": self.draft.pk,
            "desk/cases/": self.case.pk,
        }


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site, as it is written in the URL conf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif route not in LEAVE:
            yield route


PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def address(route: str, world: FullWorld, wrong: str | None = None, value: str = "") -> str:
    """`route` with parameters of rows that exist, but for the parameter `wrong`."""
    row = next((pk for start, pk in world.keys.items() if route.startswith(start)), 1)
    right: dict[str, Any] = {
        "number": row,
        "uuid": world.meeting.pk if route.startswith("interpreter/") else world.talk,
        "day": "2026-03-10",
        "slug": "lunch",
    }
    return "/" + PARAMETER.sub(
        lambda found: value if found[2] == wrong else str(right.get(found[1], 1)), route
    )
