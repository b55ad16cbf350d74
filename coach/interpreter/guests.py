"""How a guest's browser is known again: by a key in its own session, and no account."""

from collections.abc import Mapping, MutableMapping
from typing import Any

SESSION_KEY = "interpreter_guest"


def key_of(session: Mapping[str, Any]) -> str:
    """The key of this browser; empty: it has joined nothing."""
    key = session.get(SESSION_KEY, "")
    return key if isinstance(key, str) else ""


def remember(session: MutableMapping[str, Any], key: str) -> None:
    """This browser has joined by a link."""
    session[SESSION_KEY] = key
