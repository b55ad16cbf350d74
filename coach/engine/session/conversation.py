"""The items of a conversation, in order, and what the mind reads of them."""

from dataclasses import dataclass, field

from msgspec import UNSET

from coach.engine import limits
from coach.engine.errors import BadRequest
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
from coach.engine.session.effects import Pcm


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
        """Ends the sound here. Its words go, but for those that the mind may think were heard."""
        known = self.text if self.heard is None else self.heard
        self.heard = _share(known or "", ms, self.ms)
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
        """The item as the mind reads it."""
        texts = [part.text if part.heard is None else part.heard for part in self.parts]
        return Message(
            role=self.role,
            text=" ".join(text for text in texts if text),
            pictures=tuple(part.picture for part in self.parts if part.picture is not None),
        )


@dataclass
class CallItem:
    """A tool that was taken."""

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
        """The item as the mind reads it."""
        return FunctionCall(call_id=self.call_id, name=self.name, arguments=self.arguments)


@dataclass
class OutputItem:
    """What came of a call."""

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
        """The item as the mind reads it."""
        return FunctionCallOutput(call_id=self.call_id, output=self.output)


Item = MessageItem | CallItem | OutputItem


def made(item: ItemIn, item_id: str, call_id: str) -> Item:
    """An item from a client's words; the ids serve where it gave none. Audio is not decoded."""
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


def _share(text: str, ms: int, whole: int) -> str:
    """The words of the first `ms` of a speech of `whole` ms, at an even pace."""
    reach = len(text) * ms // whole if whole else 0
    if reach >= len(text):
        return text
    return text[:reach].rpartition(" ")[0]


@dataclass
class Conversation:
    """Items in order. Adding raises BadRequest; nothing is changed then."""

    id: str
    items: list[Item] = field(default_factory=list)

    def find(self, item_id: str) -> Item | None:
        """The item, if it is here."""
        return next((item for item in self.items if item.id == item_id), None)

    def get(self, item_id: str, verb: str) -> Item:
        """The item; raises BadRequest `item_<verb>_invalid_item_id`."""
        item = self.find(item_id)
        if item is None:
            message = f"Item '{item_id[:64]}' is not in this conversation."
            raise BadRequest(f"item_{verb}_invalid_item_id", message, "item_id")
        return item

    def before(self, item_id: str) -> str | None:
        """The id of the item before this one."""
        previous = None
        for item in self.items:
            if item.id == item_id:
                return previous
            previous = item.id
        return previous

    def append(self, item: Item) -> str | None:
        """Puts an item of the engine's own at the end; the oldest goes where there are too many."""
        if len(self.items) >= limits.ITEMS:
            del self.items[0]
        return self.add(item)

    def add(self, item: Item, after: str | None = None) -> str | None:
        """Puts an item at the end, first (`root`) or after another; returns the one before it."""
        if len(self.items) >= limits.ITEMS:
            message = f"A conversation may have at most {limits.ITEMS} items."
            raise BadRequest("conversation_too_long", message)
        if self.find(item.id) is not None:
            message = "An item with this id is already in the conversation."
            raise BadRequest("item_create_duplicate_id", message, "item.id")
        if isinstance(item, OutputItem) and not self._called(item.call_id):
            message = f"Tool call ID '{item.call_id}' not found in conversation."
            raise BadRequest("invalid_tool_call_id", message, "item.call_id")
        place = len(self.items)
        if after == "root":
            place = 0
        elif after is not None:
            place = self._place(after) + 1
        self.items.insert(place, item)
        self._shed_pictures()
        return self.items[place - 1].id if place else None

    def remove(self, item: Item) -> None:
        """Takes an item out."""
        self.items.remove(item)

    def shed_audio(self) -> None:
        """Drops the sound of the oldest items beyond what is kept for retrieval."""
        left = limits.KEPT_AUDIO_SECONDS * limits.RATE
        for item in reversed(self.items):
            if not isinstance(item, MessageItem):
                continue
            for part in item.parts:
                if part.pcm is not None:
                    left -= part.pcm.size
                    if left < 0:
                        part.pcm = None

    def _shed_pictures(self) -> None:
        """Drops the oldest pictures beyond those that are kept."""
        left = limits.PICTURES_KEPT
        for item in reversed(self.items):
            for part in item.parts if isinstance(item, MessageItem) else []:
                if part.picture is not None:
                    left -= 1
                    if left < 0:
                        part.picture = None

    def _called(self, call_id: str) -> bool:
        return any(isinstance(one, CallItem) and one.call_id == call_id for one in self.items)

    def _place(self, item_id: str) -> int:
        for place, item in enumerate(self.items):
            if item.id == item_id:
                return place
        message = f"Item '{item_id[:64]}' is not in this conversation."
        raise BadRequest("item_create_invalid_previous_item_id", message, "previous_item_id")
