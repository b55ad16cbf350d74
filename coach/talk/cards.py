"""How a talk's own cards are drawn."""

from typing import Any

from coach.talk.models import Card
from coach.talk.pictures.image import KIND as PICTURE
from coach.talk.registries.cards import card


@card(PICTURE)
def draw_picture(card: Card) -> tuple[str, dict[str, Any]] | None:
    """`card.ref` is the picture's number."""
    pictures = card.session.pictures.defer("data")
    picture = pictures.filter(pk=int(card.ref)).first() if card.ref.isdecimal() else None
    if picture is None:
        return None
    member = card.session.member
    return "talk/cards/picture.html", {"picture": picture, "member": member}
