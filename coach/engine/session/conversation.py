"""A conversation: its items in order, and how much of their sound and pictures is kept."""

from dataclasses import dataclass, field

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.session.conversation_items import CallItem, Item, MessageItem, OutputItem


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
