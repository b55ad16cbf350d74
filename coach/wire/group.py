"""Pushes over the channel layer: to the process with a talk's socket, to those who read along, to
the desk. They are only bells and may be lost: each tells that rows have changed, and which.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from coach.wire.base import Message, unpack
from coach.wire.shared import Caption, DataChanged
from coach.wire.vocabulary import CasePk, PersonName, Seq

# --- to the process that has the talk's socket (Session.group) -----------------------------------


class TurnAdded(Message, frozen=True, tag="turn"):
    """A turn was written into the thread."""

    seq: Seq


class CardAdded(Message, frozen=True, tag="card"):
    """A card was put into the thread."""

    seq: Seq


class FloorMoved(Message, frozen=True, tag="floor"):
    """The floor has moved; the row says where to."""


class DirectiveAdded(Message, frozen=True, tag="directive"):
    """There is something to tell the coach: reviewed words, guidance or a note."""


class BudgetReached(Message, frozen=True, tag="budget"):
    """Another talk has reached a budget that may be this one's."""


class SocketReplaced(Message, frozen=True, tag="taken"):
    """A window has opened the talk, or hears it again: older ones have it no longer."""

    by: Annotated[str, Meta(description="name of its socket; that of a newer one is greater")]


class TalkWatched(Message, frozen=True, tag="watched"):
    """Somebody reads the talk along, and wants its captions; said again every few seconds."""


class SessionEnded(Message, frozen=True, tag="ended"):
    """The talk was ended."""


TalkPush = (
    TurnAdded
    | CardAdded
    | FloorMoved
    | DirectiveAdded
    | BudgetReached
    | SocketReplaced
    | TalkWatched
    | SessionEnded
    | DataChanged
)


class ColleagueHere(Message, frozen=True, tag="colleague"):
    """An expert reads along, or writes at the desk; said again every few seconds, and never that
    they are gone."""

    expert: Annotated[int, Meta(description="key of the expert")]
    name: PersonName
    typing: Annotated[bool, Meta(description="they write in the box of the case")]


class NoteWritten(Message, frozen=True, tag="note"):
    """Experts have an internal note more on the case: their pages fetch it again."""


# To those who read along (Session.watch_group).
WatchPush = (
    TurnAdded | CardAdded | FloorMoved | SessionEnded | Caption | ColleagueHere | NoteWritten
)

# --- to the desk: all experts (group "desk"), supervisors ("wall"), or one (Expert.group) ---------


class QueueChanged(Message, frozen=True, tag="queue"):
    """The queue or somebody's presence has changed: fetch the queue again."""

    version: Annotated[int, Meta(description="last event of the escalation; 0: of presence")]


class TalksChanged(Message, frozen=True, tag="talks"):
    """A talk has begun or ended: who looks at the wall fetches it again."""


class OfferMade(Message, frozen=True, tag="offer"):
    """An offer rings for this expert."""

    offer: Annotated[int, Meta(description="key of the offer")]


class OfferEnded(Message, frozen=True, tag="offer_gone"):
    """An offer to this expert no longer rings."""

    offer: Annotated[int, Meta(description="key of the offer")]


class OwnershipChanged(Message, frozen=True, tag="owned", omit_defaults=True):
    """An escalation came to this expert, left them, or changed in their hands."""

    escalation: CasePk
    warn: Annotated[bool, Meta(description="true: the member waits for their words")] = False


class PresenceChanged(Message, frozen=True, tag="presence"):
    """The expert's own status has changed, perhaps by another window of theirs."""

    status: Annotated[str, Meta(description="the status chosen, as in `Expert.Status`")]


ExpertPush = (
    QueueChanged | TalksChanged | OfferMade | OfferEnded | OwnershipChanged | PresenceChanged
)
DeskPush = ExpertPush | WatchPush

Push = TalkPush | WatchPush | ExpertPush


def pack(event: Push) -> dict[str, Any]:
    """`event` as the channel layer carries it: `type` there names the consumer's method."""
    return {"type": "push", "event": msgspec.to_builtins(event)}


# Structs, because msgspec keeps what it knows of them, and of a bare union it does not.
class _TalkEnvelope(msgspec.Struct, frozen=True):
    event: TalkPush


class _DeskEnvelope(msgspec.Struct, frozen=True):
    event: DeskPush


def read_talk_push(message: dict[str, Any]) -> TalkPush:
    """What came for the talk. Raises UnknownMessage."""
    return unpack(message, _TalkEnvelope).event


def read_desk_push(message: dict[str, Any]) -> DeskPush:
    """What came for the desk, an expert or those who read along. Raises UnknownMessage."""
    return unpack(message, _DeskEnvelope).event
