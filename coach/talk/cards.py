"""How a talk's own cards are drawn."""

from collections.abc import Sequence

from coach.talk.models import Card, Picture
from coach.talk.pictures.image import KIND as PICTURE
from coach.talk.registries.cards import Drawn
from coach.talk.registries.cards import card as draws


@draws(PICTURE)
def draw_pictures(cards: Sequence[Card]) -> dict[int, Drawn]:
    """`card.ref` is the picture's number."""
    numbers = {card.pk: int(card.ref) for card in cards if card.ref.isdecimal()}
    pictures = Picture.objects.defer("data").in_bulk(set(numbers.values()))
    drawn: dict[int, Drawn] = {}
    for card in cards:
        picture = pictures.get(numbers.get(card.pk, 0))
        if picture is not None and picture.session_id == card.session_id:
            context = {"picture": picture, "member": card.session.member}
            drawn[card.pk] = ("talk/cards/picture.html", context)
    return drawn
