"""What stands in the thread of a talk, as pages of members and experts show it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coach.talk.models import Card, Picture, Session, Turn
from coach.talk.notes.shown import sounds_of
from coach.talk.registries.cards import render_many

SHOWN = 100  # turns and cards at once; what is older is a page of its own


@dataclass(frozen=True)
class Entry:
    """One line of the thread: a turn, or a card with its drawing."""

    seq: int
    turn: Turn | None = None
    card: Card | None = None
    html: str = ""
    sound: str = ""  # where the turn can be heard again


@dataclass(frozen=True)
class Piece:
    """A piece of the thread; `older` is the number before which more of it stands, 0: nothing."""

    entries: list[Entry]
    older: int = 0

    @property
    def last(self) -> int:
        """The highest number that is shown; 0 when nothing is."""
        return self.entries[-1].seq if self.entries else 0


def piece(
    session: Session, request: HttpRequest, since: int = 0, before: int | None = None
) -> Piece:
    """The last `SHOWN` turns and cards after number `since` (and before `before`), in order.

    A card whose row is gone is left out. The queries are as many for one card as for all.
    """
    place = {"seq__gt": since} if before is None else {"seq__gt": since, "seq__lt": before}
    turns = list(session.turns.filter(**place).order_by("-seq")[: SHOWN + 1])
    cards = list(session.cards.filter(**place).order_by("-seq")[: SHOWN + 1])
    numbers = [turn.seq for turn in turns] + [card.seq for card in cards]
    newest = sorted(numbers, reverse=True)
    first = newest[:SHOWN][-1] if newest else 0
    turns = [turn for turn in turns if turn.seq >= first]
    sounds = sounds_of(turns)
    found = [Entry(turn.seq, turn=turn, sound=sounds.get(turn.pk, "")) for turn in turns]
    cards = [card for card in cards if card.seq >= first]
    drawn = render_many(cards, request)
    found += [Entry(row.seq, card=row, html=drawn[row.pk]) for row in cards if drawn.get(row.pk)]
    found.sort(key=lambda entry: entry.seq)
    return Piece(found, older=first if len(newest) > SHOWN else 0)


def picture_response(session: Session, number: int) -> HttpResponse:
    """The bytes of one picture of `session`; nobody on the way may keep them."""
    found = get_object_or_404(Picture, session=session, pk=number)
    response = HttpResponse(bytes(found.data), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
