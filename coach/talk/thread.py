"""What stands in the thread of a talk, as pages of members and experts show it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coach.talk.models import Card, Picture, Session, Turn
from coach.talk.notes.shown import sounds_of
from coach.talk.registries.cards import render


@dataclass(frozen=True)
class Entry:
    """One line of the thread: a turn, or a card with its drawing."""

    seq: int
    turn: Turn | None = None
    card: Card | None = None
    html: str = ""
    sound: str = ""  # where the turn can be heard again


def entries(session: Session, request: HttpRequest, since: int = 0) -> list[Entry]:
    """Turns and cards after number `since`, in order. A card whose row is gone is left out."""
    turns = list(session.turns.filter(seq__gt=since))
    sounds = sounds_of(turns)
    found = [Entry(turn.seq, turn=turn, sound=sounds.get(turn.pk, "")) for turn in turns]
    for card_row in session.cards.filter(seq__gt=since):
        if html := render(card_row, request):
            found.append(Entry(card_row.seq, card=card_row, html=html))
    return sorted(found, key=lambda entry: entry.seq)


def picture_response(session: Session, number: int) -> HttpResponse:
    """The bytes of one picture of `session`; nobody on the way may keep them."""
    found = get_object_or_404(Picture, session=session, pk=number)
    response = HttpResponse(bytes(found.data), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
