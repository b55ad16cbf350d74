"""Text frames of the member's page to the server. Binary frames are the microphone: `audio`."""

from typing import Annotated

import msgspec
from msgspec import Meta

from coach.wire.base import CLIENT_ID_MAX_CHARS, Message, Ping, decode
from coach.wire.vocabulary import Generation


class Hello(Message, frozen=True, tag="hello"):
    """The first message on every socket. Nothing else is read before it."""

    since: Annotated[int, Meta(description="last number of the thread that the page has")] = 0


class Text(Message, frozen=True, tag="text"):
    """The member typed something. The page repeats it until the turn with this id comes."""

    id: Annotated[
        str,
        Meta(
            max_length=CLIENT_ID_MAX_CHARS,
            description="id made by the page; the same id is written once",
        ),
    ]
    text: Annotated[str, Meta(description="what was typed")]


class HeardAudio(Message, frozen=True, tag="heard"):
    """How much of one audio item the loudspeaker has played."""

    generation: Generation
    item: Annotated[int, Meta(description="its index, as in its audio frames; 65535: a person")]
    ms: Annotated[float, Meta(description="milliseconds played, of the whole item or person")]


class InterruptCoach(Message, frozen=True, tag="interrupt"):
    """The member stops the coach by hand."""


class Mute(Message, frozen=True, tag="mute"):
    """The microphone was muted or opened; no audio frames come while it is muted."""

    on: Annotated[bool, Meta(description="true: muted")]


class TalkModeChosen(Message, frozen=True, tag="talk_mode"):
    """How the page decides when the member speaks."""

    push: Annotated[bool, Meta(description="true: while a button is held")]


class ButtonHeld(Message, frozen=True, tag="held"):
    """The button of push to talk. The audio of a press comes between its two messages."""

    down: Annotated[bool, Meta(description="true: pressed; false: let go")]


class End(Message, frozen=True, tag="end"):
    """The member ends the talk."""


FromPage = (
    Hello | Text | HeardAudio | InterruptCoach | Mute | TalkModeChosen | ButtonHeld | End | Ping
)
_decoder: msgspec.json.Decoder[FromPage] = msgspec.json.Decoder(FromPage)


def read_from_page(text: str) -> FromPage:
    """Raises ValueError when it is too long or not one of ours."""
    return decode(_decoder, text)
