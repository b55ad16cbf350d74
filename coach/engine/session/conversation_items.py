"""The items of a conversation: as they are kept, as they are sent, and as the model reads them."""

from dataclasses import dataclass

from msgspec import UNSET

from coach.engine.llm.types import Entry, FunctionCall, FunctionCallOutput, Message, Picture
from coach.engine.protocol.config import Format
from coach.engine.protocol.items import (
    FunctionCallIn,
    FunctionCallOut,
    FunctionCallOutputIn,
    FunctionCallOutputOut,
    ItemIn,
    ItemOut,
    MessageOut,
    PartOut,
    Role,
    Status,
)
from coach.engine.session.audio import encoded, samples
from coach.voice.pcm import Pcm


@dataclass
class Part:
    """One part of a message. `text` is the transcript where the part is audio; `heard` is what of
    it the listener heard, once it was cut."""

    kind: str
    text: str | None = None
    pcm: Pcm | None = None
    ms: int = 0
    picture: Picture | None = None
    heard: str | None = None

    @property
    def is_audio(self) -> bool:
        """Whether it was spoken."""
        return self.kind.endswith("_audio")

    def cut(self, ms: int) -> None:
        """Ends the sound here. Its words go, but for those that the model may take as heard."""
        known = self.text if self.heard is None else self.heard
        self.heard = _words_heard(known or "", ms, self.ms)
        self.ms = ms
        self.text = ""
        self.keep(self.pcm)

    @property
    def truncated(self) -> bool:
        """Whether its end was cut off; what is spoken after that is not part of it."""
        return self.heard is not None

    def keep(self, pcm: Pcm | None) -> None:
        """Holds the sound for retrieval, as far as it was not cut off."""
        self.pcm = pcm
        if pcm is not None and self.truncated:
            self.pcm = pcm[: samples(self.ms)].copy()  # a view would hold all of it

    def wire(self, sound: Format | None = None) -> PartOut:
        """The part as sent; where a format is given, with its sound or picture if still kept."""
        if self.kind == "input_image":
            shown = self.picture if sound else None
            return PartOut(
                type=self.kind,
                image_url=shown.url if shown else UNSET,
                detail=shown.detail or UNSET if shown else UNSET,
            )
        if not self.is_audio:
            return PartOut(type=self.kind, text=self.text or "")
        audio = encoded(self.pcm, sound) if sound and self.pcm is not None else UNSET
        return PartOut(type=self.kind, transcript=self.text, audio=audio)


@dataclass
class MessageItem:
    """Something said or written. `pending` while its transcript is not known yet."""

    id: str
    role: Role
    parts: list[Part]
    status: Status = "completed"
    pending: bool = False

    def wire(self, sound: Format | None = None) -> ItemOut:
        """The item as sent; see `Part.wire`."""
        content = [part.wire(sound) for part in self.parts]
        return MessageOut(id=self.id, status=self.status, role=self.role, content=content)

    def entry(self) -> Entry:
        """The item as the model reads it."""
        texts = [part.text if part.heard is None else part.heard for part in self.parts]
        return Message(
            role=self.role,
            text=" ".join(text for text in texts if text),
            pictures=tuple(part.picture for part in self.parts if part.picture is not None),
        )


@dataclass
class CallItem:
    """A tool call."""

    id: str
    call_id: str
    name: str
    arguments: str
    status: Status = "completed"

    def wire(self, sound: Format | None = None) -> ItemOut:
        """The item as sent."""
        return FunctionCallOut(
            id=self.id,
            status=self.status,
            call_id=self.call_id,
            name=self.name,
            arguments=self.arguments,
        )

    def entry(self) -> Entry:
        """The item as the model reads it."""
        return FunctionCall(call_id=self.call_id, name=self.name, arguments=self.arguments)


@dataclass
class OutputItem:
    """The output of a tool call."""

    id: str
    call_id: str
    output: str
    status: Status = "completed"

    def wire(self, sound: Format | None = None) -> ItemOut:
        """The item as sent."""
        return FunctionCallOutputOut(
            id=self.id, status=self.status, call_id=self.call_id, output=self.output
        )

    def entry(self) -> Entry:
        """The item as the model reads it."""
        return FunctionCallOutput(call_id=self.call_id, output=self.output)


Item = MessageItem | CallItem | OutputItem


def item_from_client(item: ItemIn, item_id: str, call_id: str) -> Item:
    """An item as a client gave it; the ids serve where it gave none. Audio is not decoded."""
    if isinstance(item, FunctionCallIn):
        return CallItem(item.id or item_id, item.call_id or call_id, item.name, item.arguments)
    if isinstance(item, FunctionCallOutputIn):
        return OutputItem(item.id or item_id, item.call_id, item.output)
    parts = [
        Part(
            part.type,
            part.transcript if part.type.endswith("_audio") else part.text,
            picture=None if part.image_url is None else Picture(part.image_url, part.detail),
        )
        for part in item.content
    ]
    return MessageItem(item.id or item_id, item.role, parts)


def _words_heard(text: str, ms: int, whole: int) -> str:
    """The words of the first `ms` of a speech of `whole` ms, at an even pace."""
    reach = len(text) * ms // whole if whole else 0
    if reach >= len(text):
        return text
    return text[:reach].rpartition(" ")[0]
