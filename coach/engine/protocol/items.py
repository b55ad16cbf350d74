"""Conversation items on the wire, in and out."""

import re
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Closed

Status = Literal["in_progress", "completed", "incomplete"]
Role = Literal["user", "assistant", "system"]
ItemId = Annotated[str, Meta(min_length=1, max_length=64)]

_ALLOWED = {
    "user": ("input_text", "input_audio", "input_image"),
    "system": ("input_text",),
    "assistant": ("output_text", "output_audio"),
}


_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}")


class PartIn(Closed, frozen=True, kw_only=True):
    """One part of a message as a client writes it."""

    type: Literal["input_text", "input_audio", "input_image", "output_text", "output_audio"]
    text: str | None = None
    audio: str | None = None
    transcript: str | None = None
    image_url: str | None = None
    detail: Literal["auto", "low", "high"] | None = None


class MessageIn(Closed, frozen=True, kw_only=True, tag_field="type", tag="message"):
    """A message as a client writes it."""

    role: Role
    content: Annotated[list[PartIn], Meta(max_length=limits.ITEM_PARTS)]
    id: ItemId | None = None
    object: Literal["realtime.item"] | None = None
    status: Status | None = None
    phase: Literal["commentary", "final_answer"] | None = None


class FunctionCallIn(Closed, frozen=True, kw_only=True, tag_field="type", tag="function_call"):
    """A call as a client replays it."""

    name: str
    arguments: Annotated[str, Meta(max_length=limits.ITEM_CHARS)]
    call_id: ItemId | None = None
    id: ItemId | None = None
    object: Literal["realtime.item"] | None = None
    status: Status | None = None


class FunctionCallOutputIn(
    Closed, frozen=True, kw_only=True, tag_field="type", tag="function_call_output"
):
    """What came of a call."""

    call_id: ItemId
    output: Annotated[str, Meta(max_length=limits.ITEM_CHARS)]
    id: ItemId | None = None
    object: Literal["realtime.item"] | None = None
    status: Status | None = None


class ItemReference(Closed, frozen=True, kw_only=True, tag_field="type", tag="item_reference"):
    """An item of this conversation, in the input of a response."""

    id: str


ItemIn = MessageIn | FunctionCallIn | FunctionCallOutputIn
InputIn = MessageIn | FunctionCallIn | FunctionCallOutputIn | ItemReference


def check_item(item: InputIn, param: str, images: bool = False) -> None:
    """Holds an item to its role, its limits and to what this engine can take."""
    if not isinstance(item, MessageIn):
        return
    chars = 0
    for index, part in enumerate(item.content):
        where = f"{param}.content[{index}]"
        if part.type not in _ALLOWED[item.role]:
            allowed = ", ".join(f"'{kind}'" for kind in _ALLOWED[item.role])
            message = f"A {item.role} message takes {allowed}, not '{part.type}'."
            raise BadRequest("invalid_value", message, f"{where}.type")
        if part.type == "input_image":
            _check_picture(part, where, images)
            continue
        if part.type == "output_audio":
            message = "Assistant messages can be created with text only."
            raise BadRequest("unsupported_content_type", message, f"{where}.type")
        needed = "audio" if part.type == "input_audio" else "text"
        if getattr(part, needed) is None:
            message = f"Missing required parameter: '{where}.{needed}'."
            raise BadRequest("missing_required_parameter", message, f"{where}.{needed}")
        chars += len(part.text or "")
    if chars > limits.ITEM_CHARS:
        message = f"The text of an item may have at most {limits.ITEM_CHARS} characters."
        raise BadRequest("invalid_value", message, f"{param}.content")


def _check_picture(part: PartIn, where: str, images: bool) -> None:
    if not images:
        message = "This engine does not see images: its language model takes text only."
        raise BadRequest("unsupported_content_type", message, f"{where}.type")
    if part.image_url is None:
        message = f"Missing required parameter: '{where}.image_url'."
        raise BadRequest("missing_required_parameter", message, f"{where}.image_url")
    if len(part.image_url) > limits.PICTURE_CHARS:
        message = f"A picture may have at most {limits.PICTURE_CHARS} characters as a data URI."
        raise BadRequest("invalid_value", message, f"{where}.image_url")
    if not _PICTURE.fullmatch(part.image_url):
        message = "A picture is a base64 data URI of a PNG, JPEG, WebP or GIF."
        raise BadRequest("invalid_value", message, f"{where}.image_url")


class PartOut(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a message as the engine writes it."""

    type: str
    text: str | UnsetType = UNSET
    transcript: str | UnsetType | None = UNSET
    audio: str | UnsetType = UNSET
    image_url: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET


class MessageOut(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="message"):
    """A message as the engine writes it."""

    id: str
    object: Literal["realtime.item"] = "realtime.item"
    status: Status
    role: Role
    content: list[PartOut]


class FunctionCallOut(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="function_call"
):
    """A call as the engine writes it."""

    id: str
    object: Literal["realtime.item"] = "realtime.item"
    status: Status
    call_id: str
    name: str
    arguments: str


class FunctionCallOutputOut(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="function_call_output"
):
    """The output of a call as the engine writes it."""

    id: str
    object: Literal["realtime.item"] = "realtime.item"
    status: Status
    call_id: str
    output: str


ItemOut = MessageOut | FunctionCallOut | FunctionCallOutputOut
