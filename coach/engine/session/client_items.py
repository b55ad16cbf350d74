"""Items that a client creates, hands to a response, truncates or deletes."""

from collections.abc import Sequence

import msgspec

from coach.engine.errors import BadRequest
from coach.engine.protocol.client_events import ItemCreate, ItemTruncate
from coach.engine.protocol.config import Config, Format, SessionConfig
from coach.engine.protocol.items import InputIn, ItemIn, ItemReference, MessageIn
from coach.engine.protocol.server_events import (
    ItemAdded,
    ItemDeleted,
    ItemDone,
    ItemRetrieved,
    ItemTruncated,
)
from coach.engine.session.audio import milliseconds
from coach.engine.session.conversation import Conversation
from coach.engine.session.conversation_items import Item, MessageItem, Part, item_from_client
from coach.engine.session.input_audio import InputAudio
from coach.engine.session.output import OutputEvents
from coach.voice.pcm import Pcm


class ClientItems:
    """The client's hand in a conversation. Every method raises BadRequest, and nothing changes."""

    def __init__(
        self, out: OutputEvents, conversation: Conversation, input_audio: InputAudio
    ) -> None:
        self._out = out
        self._conversation = conversation
        self._input_audio = input_audio

    def create(self, event: ItemCreate) -> None:
        """Adds an item; sound without a transcript is transcribed."""
        item, unheard = self._made(event.item, "item")
        if item.id == self._input_audio.item_id:
            message = "This id is taken by what is being said."
            raise BadRequest("item_create_duplicate_id", message, "item.id")
        previous = self._conversation.add(item, event.previous_item_id)
        self._out.send(ItemAdded(previous_item_id=previous, item=item.wire()))
        self._out.send(ItemDone(previous_item_id=previous, item=item.wire()))
        if unheard is not None:
            self._input_audio.transcribe(item.id, unheard)

    def for_response(self, given: Sequence[InputIn]) -> tuple[list[Item], list[tuple[str, Pcm]]]:
        """Items that a response is given to read; with ids, the sounds still to be transcribed."""
        items: list[Item] = []
        unheard: list[tuple[str, Pcm]] = []
        for index, one in enumerate(given):
            item, pcm = self._given(one, f"response.input[{index}]")
            items.append(item)
            unheard += [] if pcm is None else [(item.id, pcm)]
        return items, unheard

    def retrieve(self, item_id: str, config: Config) -> None:
        """Sends an item with its sound and pictures, as far as they are kept."""
        item = self._conversation.get(item_id, "retrieve")
        self._out.send(ItemRetrieved(item=item.wire(_format_of(item, config))))

    def truncate(self, event: ItemTruncate) -> None:
        """Ends an item of the assistant where the listener stopped hearing it."""
        part = self._spoken_part(event)
        if event.audio_end_ms > part.ms:
            message = (
                f"Audio content of {part.ms}ms is already shorter than {event.audio_end_ms}ms."
            )
            raise BadRequest("invalid_value", message, "audio_end_ms")
        part.cut(event.audio_end_ms)
        self._out.send(
            ItemTruncated(
                item_id=event.item_id,
                content_index=event.content_index,
                audio_end_ms=event.audio_end_ms,
            )
        )

    def delete(self, item_id: str) -> None:
        """Takes an item out."""
        item = self._conversation.get(item_id, "delete")
        self._conversation.remove(item)
        self._input_audio.forget(item.id)
        if isinstance(item, MessageItem):
            item.pending = False  # a response that was given it waits no longer
        self._out.send(ItemDeleted(item_id=item.id))

    def _given(self, given: InputIn, where: str) -> tuple[Item, Pcm | None]:
        if not isinstance(given, ItemReference):
            # Nobody is ever told its id, and the client's may be that of another item.
            return self._made(msgspec.structs.replace(given, id=None), where)
        found = self._conversation.find(given.id)
        if found is None:
            message = f"Item '{given.id[:64]}' is not in this conversation."
            raise BadRequest("item_reference_invalid_item_id", message, f"{where}.id")
        return found, None

    def _made(self, given: ItemIn, where: str) -> tuple[Item, Pcm | None]:
        """An item, and its sound if that is still to be transcribed."""
        item = item_from_client(given, self._out.new_id("item"), self._out.new_id("call"))
        if not (isinstance(item, MessageItem) and isinstance(given, MessageIn)):
            return item, None
        unheard: list[Pcm] = []
        for index, (part, sent) in enumerate(zip(item.parts, given.content, strict=True)):
            if sent.audio is None or not part.is_audio:
                continue
            part.pcm = self._input_audio.decode(sent.audio, f"{where}.content[{index}].audio")
            part.ms = milliseconds(part.pcm.size)
            if part.text is None:
                unheard.append(part.pcm)
        if len(unheard) > 1:
            message = "At most one part of sound without a transcript fits in an item."
            raise BadRequest("invalid_value", message, f"{where}.content")
        item.pending = bool(unheard)
        return item, unheard[0] if unheard else None

    def _spoken_part(self, event: ItemTruncate) -> Part:
        item = self._conversation.get(event.item_id, "truncate")
        spoken = isinstance(item, MessageItem) and item.role == "assistant"
        parts = item.parts if isinstance(item, MessageItem) and spoken else []
        if not any(part.is_audio for part in parts):
            message = "Only model output audio messages can be truncated."
            raise BadRequest("unsupported_content_type", message, "item_id")
        if event.content_index >= len(parts) or not parts[event.content_index].is_audio:
            message = "This part of the item is not audio."
            raise BadRequest("invalid_value", message, "content_index")
        return parts[event.content_index]


def _format_of(item: Item, config: Config) -> Format:
    """The format that an item's sound is told in."""
    spoken = isinstance(item, MessageItem) and item.role == "assistant"
    if spoken and isinstance(config, SessionConfig):
        return config.audio.output.format
    return config.audio.input.format
