"""How a talk stands in its rows, and what has come to its thread since somebody looked."""

from typing import cast

import msgspec
from django.urls import reverse

from coach import wire
from coach.talk.models import Card, Session, Turn
from coach.talk.models.note import ITEM_PREFIX
from coach.voice.inputs import Event, NoteAdded, PersonSaid
from coach.voice.types import Floor, Speaker


class Changes(msgspec.Struct, frozen=True):
    """`thread`: messages for the page, in order. `beside`: what was said beside the live line, so
    that its engine cannot have heard it, each with its number in the thread. `speaker`: the key of
    the expert who has the floor by voice; None: nobody has."""

    floor: Floor
    epoch: int
    stopped: int  # the epoch that began when an expert last stopped the coach
    last_seq: int
    name: str
    speaker: int | None
    ended: bool
    thread: list[wire.Turn | wire.Card]
    beside: list[tuple[Event, int]]


def changes_since(session: Session, seen: int) -> Changes:
    """`seen`: the last number of the thread that is known."""
    row = Session.objects.defer("brief").get(pk=session.pk)
    new = {"session": row.pk, "seq__gt": seen}
    turns = list(Turn.objects.filter(**new).order_by("seq")) if row.last_seq > seen else []
    # Each number is a turn's or a card's, and mostly a turn's.
    numbers = {turn.seq for turn in turns}
    all_turns = numbers.issuperset(range(seen + 1, max(row.last_seq, *numbers, seen) + 1))
    cards = [] if all_turns else list(Card.objects.filter(**new))
    thread: list[wire.Turn | wire.Card] = [turn_message(turn) for turn in turns]
    thread += [card_message(card) for card in cards]
    return Changes(
        floor=cast(Floor, row.floor),
        epoch=row.floor_epoch,
        stopped=row.stopped_epoch,
        last_seq=row.last_seq,
        name=row.expert_name,
        speaker=row.floor_holder_id if row.expert_speaks else None,
        ended=row.ended_at is not None,
        thread=sorted(thread, key=lambda message: message.seq),
        beside=[(event, turn.seq) for turn in turns if (event := _said_beside(turn))],
    )


def turn_message(turn: Turn) -> wire.Turn:
    return wire.Turn(
        seq=turn.seq,
        speaker=cast(Speaker, turn.speaker),
        author=turn.author_name,
        item=turn.item_id or None,
        client_id=turn.client_id or None,
        text=turn.text,
        interrupted=turn.interrupted,
        at=turn.created_at.isoformat(),
    )


def card_message(card: Card) -> wire.Card:
    url = reverse("talk:card", args=[card.session_id, card.seq])
    return wire.Card(seq=card.seq, kind=card.kind, url=url)


def _said_beside(turn: Turn) -> Event | None:
    """What the engine is told of a turn that it cannot have heard; None: it has heard it."""
    if turn.speaker == Turn.Speaker.EXPERT:
        return PersonSaid(turn.author_name, turn.text)
    if turn.item_id.startswith(ITEM_PREFIX):
        return NoteAdded("user" if turn.speaker == Turn.Speaker.MEMBER else "assistant", turn.text)
    return None
