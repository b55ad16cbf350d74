"""Who is locked out after wrong passwords, and how the owner of an account comes in all the same.

The limits stand in the settings: by person and address together, and by address.
"""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest

from coach.types import Member

MAX_CHARS = 255  # of an e-mail address as axes keeps it


def claimed_email(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose account somebody tries to enter, however the form calls it.

    Allauth says "email", the console's own page "username", and both forms differ again. Without
    this axes would count all people of an address as one.
    """
    told: dict[str, Any] = credentials or {}
    names = (told.get("email"), told.get("username"), request.POST.get("login"))
    found = next((name for name in names if name), request.POST.get("username") or "")
    return str(found).strip().lower()[:MAX_CHARS]


def open_again(user: Member, **_: Any) -> None:
    """Whoever has read the mail and chosen a new password signs in at once, from anywhere."""
    AxesProxyHandler.reset_attempts(username=user.email.lower())
