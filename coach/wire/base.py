"""What all messages are: frozen structs, told apart by `type`, with no fields but their own."""

from typing import Any, TypeVar

import msgspec

MESSAGE_MAX_CHARS = 32_768  # of what a browser may send
CLIENT_ID_MAX_CHARS = 64  # a page's own id of a message: half of one would be another's
KIND_MAX_CHARS = 40  # of a foreign type, as it is logged

M = TypeVar("M")
E = TypeVar("E", bound=msgspec.Struct)
_encoder = msgspec.json.Encoder()


class Message(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Base of every message; the tag of a class is its `type` on the wire."""


class Ping(Message, frozen=True, tag="ping"):
    """Are you there? Sent every ten seconds."""


class Beat(Message, frozen=True, tag="beat"):
    """The server asks whether the page is awake; it answers with a ping."""


class Pong(Message, frozen=True, tag="pong"):
    """The answer to a ping."""


class UnknownMessage(ValueError):
    """Something that is none of the expected messages. `kind` is its type as it came, or ""."""

    def __init__(self, kind: object) -> None:
        self.kind = kind[:KIND_MAX_CHARS] if isinstance(kind, str) else ""
        super().__init__(f"not understood: {self.kind}")


def encode(message: Message) -> str:
    """The text frame of `message`."""
    return _encoder.encode(message).decode()


def decode(decoder: "msgspec.json.Decoder[M]", text: str) -> M:
    """Read a browser's text frame. Raises ValueError when it is too long or not one of ours."""
    if len(text) > MESSAGE_MAX_CHARS:
        raise ValueError("too long")
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:  # of the latter: brackets without an end
        raise ValueError(str(error)) from error


def unpack(message: dict[str, Any], envelope: type[E]) -> E:
    """What the channel layer brought, as `envelope` (a struct with the one field `event`).

    Raises UnknownMessage: it may come from a newer version.
    """
    try:
        return msgspec.convert(message, envelope)
    except msgspec.ValidationError as error:
        event = message.get("event")
        raise UnknownMessage(event.get("type") if isinstance(event, dict) else None) from error
