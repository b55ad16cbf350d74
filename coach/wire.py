"""What the member's page may send as text, strictly read."""

import msgspec

MESSAGE_MAX_BYTES = 32_768


class Message(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=False):
    """Base; `type` tells which."""


class Hello(Message, frozen=True, tag="hello"):
    """First of all. `since`: the last number of the thread that the page has."""

    since: int = 0


class Text(Message, frozen=True, tag="text"):
    id: str
    text: str


class HeardAudio(Message, frozen=True, tag="heard"):
    generation: int
    item: int
    ms: float


class InterruptCoach(Message, frozen=True, tag="interrupt"):
    pass


class Mute(Message, frozen=True, tag="mute"):
    on: bool


class End(Message, frozen=True, tag="end"):
    pass


class TalkModeChosen(Message, frozen=True, tag="talk_mode"):
    push: bool


class ButtonHeld(Message, frozen=True, tag="held"):
    down: bool


class Ping(Message, frozen=True, tag="ping"):
    pass


PageMessage = (
    Hello | Text | HeardAudio | InterruptCoach | Mute | TalkModeChosen | ButtonHeld | End | Ping
)
_decoder: msgspec.json.Decoder[PageMessage] = msgspec.json.Decoder(PageMessage)


def read(text: str) -> PageMessage:
    """Raises ValueError when it is too long or not one of ours."""
    if len(text) > MESSAGE_MAX_BYTES:
        raise ValueError("too long")
    try:
        return _decoder.decode(text)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
