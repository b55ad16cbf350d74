"""What every template may use."""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from coach.lessons.school.assigned import Assigned, still_to_do, unread_comments
from coach.talk.actions import unread_messages
from coach.talk.models import Message
from coach.talk.registries.orders import NONE, Orders, orders_of


class DemoPerson(TypedDict):
    who: str
    label: str
    description: str


def demo_people() -> list[DemoPerson]:
    """The people anybody may become with one click, where `COACH_DEMO` allows it."""
    if not settings.COACH_DEMO:
        return []
    return [
        {
            "who": "member",
            "label": _("Maya, a member"),
            "description": _("Talk with the coach, keep a diary, practise a language."),
        },
        {
            "who": "dietitian",
            "label": _("Asha, a dietitian"),
            "description": _("Watch the desk, take an offer, step into a talk."),
        },
        {
            "who": "admin",
            "label": _("Jo, the administrator"),
            "description": _("Personas, safety scripts, talks and people."),
        },
    ]


def words() -> dict[str, str]:
    """Sentences that the browser code shows, so that they are translated like all others."""
    return {
        "close": _("Close"),
        "undo": _("Undo"),
        "undone": _("Undone"),
        "cancel": _("Cancel"),
        "offline": _("The server cannot be reached. Try again in a moment."),
        "unsure": _(
            "We could not tell whether this was saved: no answer came. Look whether it is there, "
            "or try again; it is never saved twice."
        ),
        "again": _("Try again"),
        "too_long": _("{n} characters too many. Nothing is cut: shorten it, then send it."),
        "room_left": _("{n} characters left"),
        "failed": _("That did not work. Nothing was changed; try again in a moment."),
        "forbidden": _("You are not allowed to do this. Reload the page and try again."),
        "gone": _("This is no longer here. Reload the page to see the newest state."),
        "toomany": _("Too many tries in a short time. Wait a minute, then try again."),
        "stale": _("This part could not be refreshed. What you see may be out of date."),
    }


def orders(request: HttpRequest) -> dict[str, Any]:
    """`orders`: what an expert ordered for who looks, read once a request and only if asked."""

    def find() -> Orders:
        found: Orders | None = getattr(request, "expert_orders", None)
        if found is None:
            user = getattr(request, "user", None)
            found = orders_of(user) if user is not None and user.is_authenticated else NONE
            request.expert_orders = found  # type: ignore[attr-defined]
        return found

    return {"orders": SimpleLazyObject(find)}


def unread(request: HttpRequest) -> dict[str, Any]:
    """What waits for who looks, each asked for where a page shows it.

    `unread`: messages; `unread_comments`: how many of teachers; `assigned_lessons`: what is to do.
    """
    user = getattr(request, "user", None)
    here = user if user is not None and user.is_authenticated else None

    def unread_now() -> Sequence[Message]:
        return unread_messages(here) if here is not None else []

    def comments() -> int:
        return unread_comments(here) if here is not None else 0

    def assigned() -> list[Assigned]:
        return still_to_do(here) if here is not None else []

    return {
        "unread": SimpleLazyObject(unread_now),
        "unread_comments": SimpleLazyObject(comments),
        "assigned_lessons": SimpleLazyObject(assigned),
    }


def product(request: HttpRequest) -> dict[str, Any]:
    """`product` name, chosen `theme` ("light", "dark" or ""), `demo_people`, `debug`, `words`."""
    theme = request.COOKIES.get("theme", "")
    return {
        "product": settings.SITE_NAME,
        "theme": theme if theme in ("light", "dark") else "",
        "debug": settings.DEBUG,
        "demo_people": demo_people(),
        "words": words(),
    }
