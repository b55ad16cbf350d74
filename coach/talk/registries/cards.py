"""The registry of cards: a feature says how its rows are drawn in the thread.

A drawing is asked again whenever the page shows the card, so the card is always the row as it is
now and never what a model says of it. It is asked for all cards of its kind at once: a page reads
its rows in a number of queries that does not depend on how many cards it shows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string

from coach.talk.models import Card

Drawn = tuple[str, dict[str, Any]]  # a template and its context
# Returns what is drawn by the card's key; cards whose row is gone are left out.
Drawing = Callable[[Sequence[Card]], Mapping[int, Drawn]]

_drawings: dict[str, Drawing] = {}


def card(*kinds: str) -> Callable[[Drawing], Drawing]:
    """Register what draws cards of `kinds`: together, where they show the same rows."""

    def register(drawing: Drawing) -> Drawing:
        for kind in kinds:
            if kind in _drawings:
                raise ValueError(f"two drawings are called {kind}")
            _drawings[kind] = drawing
        return drawing

    return register


def render_many(cards: Iterable[Card], request: Any = None) -> dict[int, str]:
    """HTML by the card's key, without those whose row is gone or whose feature is not there."""
    groups: dict[Drawing, list[Card]] = {}
    for one in cards:
        if one.kind in _drawings:
            groups.setdefault(_drawings[one.kind], []).append(one)
    html: dict[int, str] = {}
    for drawing, group in groups.items():
        drawn = drawing(group)
        for one in group:
            if one.pk in drawn:
                template, context = drawn[one.pk]
                # A card that shows nothing to who looks is empty, and takes no room.
                html[one.pk] = render_to_string(template, {**context, "card": one}, request).strip()
    return html


def render(card: Card, request: Any = None) -> str:
    """HTML of one card, or an empty string."""
    return render_many([card], request).get(card.pk, "")
