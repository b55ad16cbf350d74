"""Text frames of the server to the member's page. Binary frames are the voices: `audio`."""

from typing import Annotated

import msgspec
from msgspec import Meta

from coach.wire.base import Message, Pong
from coach.wire.shared import Caption, DataChanged
from coach.wire.vocabulary import Floor, Generation, Item, PageState, Seq, Speaker


class Capabilities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the engine of a talk can do."""

    scripted: Annotated[bool, Meta(description="true: it speaks only sentences it was given")]
    images: Annotated[bool, Meta(description="true: it can look at pictures")]


class EngineInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The engine of a talk, as far as its page must know it."""

    capabilities: Capabilities


class Ready(Message, frozen=True, tag="ready"):
    """The server serves this page now. The page sends what it has kept."""

    session: Annotated[str, Meta(description="id of the talk")]
    generation: Generation
    engine: EngineInfo


class StateChanged(Message, frozen=True, tag="state"):
    """What the coach is doing."""

    state: PageState


class WaitingPlace(Message, frozen=True, tag="waiting"):
    """The engine is fully used, and the member waits for a place."""

    position: Annotated[int, Meta(description="place in the line; 0: it is the member's turn")]


class CaptionDropped(Message, frozen=True, tag="drop"):
    """No turn comes of these words: take their caption away."""

    item: Item


class Turn(Message, frozen=True, tag="turn"):
    """One turn of the thread, as it is stored. It replaces the caption of its item."""

    seq: Seq
    speaker: Speaker
    author: Annotated[str, Meta(description="name of who spoke")]
    item: Annotated[str | None, Meta(description="id of the utterance, if it had captions")]
    client_id: Annotated[str | None, Meta(description="id of the page's own text, if it was one")]
    text: Annotated[str, Meta(description="what was said; of the coach only what was heard")]
    interrupted: Annotated[bool, Meta(description="true: somebody cut the coach off here")]
    at: Annotated[str, Meta(description="time of the turn, ISO 8601")]


class Card(Message, frozen=True, tag="card"):
    """A card of the thread: the page fetches its drawing."""

    seq: Seq
    kind: Annotated[str, Meta(description="name of the drawing")]
    url: Annotated[str, Meta(description="where the fragment is fetched")]


class ClearPlayback(Message, frozen=True, tag="clear"):
    """Stop the sound at once and drop audio frames of older generations."""

    generation: Generation


class FloorState(Message, frozen=True, tag="floor"):
    """Who may speak in the talk."""

    floor: Floor
    epoch: Annotated[int, Meta(description="one more after each move of the floor")]
    name: Annotated[str, Meta(description='the expert who has the floor, or ""')]
    voice: Annotated[bool, Meta(description="true: the expert speaks, false: writes")] = False


class Error(Message, frozen=True, tag="error"):
    """Something went wrong, and the member is told."""

    code: Annotated[str, Meta(description="what went wrong, for the page")]
    message: Annotated[str, Meta(description="the sentence for the member, in their language")]
    fatal: Annotated[bool, Meta(description="true: the server closes; the page does not come back")]


class Ended(Message, frozen=True, tag="ended"):
    """The talk is over. The server closes with 4410."""

    url: Annotated[str, Meta(description="the page of the talk that has ended")]


ToPage = (
    Ready
    | StateChanged
    | WaitingPlace
    | Caption
    | CaptionDropped
    | Turn
    | Card
    | DataChanged
    | ClearPlayback
    | FloorState
    | Error
    | Ended
    | Pong
)
