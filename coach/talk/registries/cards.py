"""The registry of cards: a feature says how its rows are drawn in the thread.

A drawing is asked again whenever the page shows the card, so the card is always the row as it is
now and never what a model says of it.
"""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from coach.talk.models import Card

# Returns the template and its context, or None when the row is gone.
Drawing = Callable[[Card], tuple[str, dict[str, Any]] | None]

_drawings: dict[str, Drawing] = {}


def card(kind: str) -> Callable[[Drawing], Drawing]:
    def register(drawing: Drawing) -> Drawing:
        if kind in _drawings:
            raise ValueError(f"two drawings are called {kind}")
        _drawings[kind] = drawing
        return drawing

    return register


def render(card: Card, request: Any = None) -> str:
    """HTML of one card, or an empty string when its row is gone or its feature is not installed."""
    drawing = _drawings.get(card.kind)
    drawn = drawing(card) if drawing else None
    if drawn is None:
        return ""
    template, context = drawn
    return render_to_string(template, {**context, "card": card}, request)
