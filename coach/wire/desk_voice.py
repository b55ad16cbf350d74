"""Text frames on the socket of an expert who speaks with a member. Binary frames are the voices."""

from typing import Annotated

import msgspec
from msgspec import Meta

from coach.wire.base import Message, Ping, Pong, decode

# --- up -------------------------------------------------------------------------------------------

FromVoice = Ping
_decoder: msgspec.json.Decoder[FromVoice] = msgspec.json.Decoder(FromVoice)


def read_from_voice(text: str) -> FromVoice:
    """Raises ValueError when it is too long or not one of ours."""
    return decode(_decoder, text)


# --- down -----------------------------------------------------------------------------------------


class VoiceReady(Message, frozen=True, tag="ready"):
    """The expert's sound goes to the member from now on, and the member's comes."""

    epoch: Annotated[int, Meta(description="of the floor; the generation of the member's sound")]


class VoiceStatus(Message, frozen=True, tag="voice"):
    """How the expert's sound fares; sent when it changes."""

    heard: Annotated[bool, Meta(description="true: the member's page has played what came last")]
    sent: Annotated[bool, Meta(description="true: what came last has reached the member's side")]
    words: Annotated[bool, Meta(description="true: the expert's words are being written down")]


ToVoice = VoiceReady | VoiceStatus | Pong
