"""Text frames between an expert's page and the server, both ways."""

from typing import Annotated

import msgspec
from msgspec import Meta

from coach.wire.base import Beat, Message, Ping, Pong, decode
from coach.wire.group import (
    CardAdded,
    ColleagueHere,
    FloorMoved,
    NoteWritten,
    OfferEnded,
    OfferMade,
    OwnershipChanged,
    PresenceChanged,
    QueueChanged,
    SessionEnded,
    TalksChanged,
    TurnAdded,
    WatchPush,
)
from coach.wire.shared import Caption
from coach.wire.vocabulary import CaptionText, CasePk, Item, PersonName, Seq, Speaker

# --- up -------------------------------------------------------------------------------------------


class WatchCase(Message, frozen=True, tag="watch"):
    """The expert reads along with the talk of this case, instead of any other."""

    case: CasePk


class UnwatchCase(Message, frozen=True, tag="unwatch"):
    """The expert reads along no more."""


class TypingAtDesk(Message, frozen=True, tag="typing"):
    """The expert writes in the box of the case that they watch; colleagues there see it."""


FromDesk = WatchCase | UnwatchCase | TypingAtDesk | Ping
_decoder: msgspec.json.Decoder[FromDesk] = msgspec.json.Decoder(FromDesk)


def read_from_desk(text: str) -> FromDesk:
    """Raises ValueError when it is too long or not one of ours."""
    return decode(_decoder, text)


# --- down -----------------------------------------------------------------------------------------


class DeskReady(Message, frozen=True, tag="ready"):
    """Pushes arrive from now on: the page fetches all it shows."""


class WatchingCase(Message, frozen=True, tag="watching"):
    """The talk of this case is read along from now on."""

    case: CasePk


class CaseRefused(Message, frozen=True, tag="refused"):
    """This expert may not, or no longer, read the talk of this case."""

    case: CasePk


class CaseCaption(Message, frozen=True, tag="caption"):
    """Words as they are being said in the talk that is watched. May be lost."""

    case: CasePk
    speaker: Speaker
    item: Item
    text: CaptionText


class CaseTurn(Message, frozen=True, tag="turn"):
    """A turn was written into the watched thread: the page fetches what it lacks."""

    case: CasePk
    seq: Seq


class CaseCard(Message, frozen=True, tag="card"):
    """A card was put into the watched thread: the page fetches what it lacks."""

    case: CasePk
    seq: Seq


class CaseFloor(Message, frozen=True, tag="floor"):
    """The floor of the watched talk has moved: the page fetches the case again."""

    case: CasePk


class CaseNoted(Message, frozen=True, tag="note"):
    """A colleague has written an internal note on the watched case: the page fetches it again."""

    case: CasePk


class CaseEnded(Message, frozen=True, tag="ended"):
    """The watched talk is over: the page fetches the case again."""

    case: CasePk


class CaseColleague(Message, frozen=True, tag="colleague"):
    """A colleague reads the watched talk along, or writes. Who is not told of again is gone."""

    case: CasePk
    expert: Annotated[int, Meta(description="key of the expert")]
    name: PersonName
    typing: Annotated[bool, Meta(description="they write in the box of the case")]


ToDesk = (
    DeskReady
    | WatchingCase
    | CaseRefused
    | QueueChanged
    | TalksChanged
    | OfferMade
    | OfferEnded
    | OwnershipChanged
    | PresenceChanged
    | CaseCaption
    | CaseTurn
    | CaseCard
    | CaseFloor
    | CaseEnded
    | CaseNoted
    | CaseColleague
    | Beat
    | Pong
)


def of_case(push: WatchPush, case: int) -> ToDesk:
    """What a desk that watches `case` is told of a push of its talk."""
    match push:
        case Caption(speaker=speaker, item=item, text=text):
            return CaseCaption(case, speaker, item, text)
        case TurnAdded(seq=seq):
            return CaseTurn(case, seq)
        case CardAdded(seq=seq):
            return CaseCard(case, seq)
        case FloorMoved():
            return CaseFloor(case)
        case ColleagueHere(expert=expert, name=name, typing=typing):
            return CaseColleague(case, expert, name, typing)
        case NoteWritten():
            return CaseNoted(case)
        case SessionEnded():
            return CaseEnded(case)
