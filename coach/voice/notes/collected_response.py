"""What one response of the Realtime protocol brings, until its end."""

from coach.voice import limits
from coach.voice.engine_events import (
    EngineEvent,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.notes.exchange import Reply, ToolCall


class CollectedResponse:
    """Collects the events of the response whose create had this id; others are ignored."""

    def __init__(self, create_id: str) -> None:
        self._create_id = create_id
        self._texts: dict[str, str] = {}  # by item, in their order
        self._speech = bytearray()
        self._calls: dict[str, ToolCall] = {}
        self.response_id = ""
        self.done: ResponseDone | None = None
        self.cancelled = False  # by us
        self.may_be_over = False  # an item, or a call, is whole and nothing has begun since

    @property
    def too_long(self) -> bool:
        """Its speech is longer than an answer may be."""
        return len(self._speech) > limits.NOTE_REPLY_MAX_MS * limits.BYTES_PER_MS

    def add(self, event: EngineEvent) -> None:
        """Take an event, if it is of this response."""
        if isinstance(event, ResponseCreated) and event.tag in ("", self._create_id):
            self.response_id = self.response_id or event.response_id
        self.may_be_over = isinstance(event, ItemDone | ToolCalled) and self._is_mine(event)
        match event:
            case SpokenDelta(item_id=item, delta=delta) if self._is_mine(event):
                text = self._texts.get(item, "")
                self._texts[item] = (text + delta)[: limits.CAPTION_MAX_CHARS]
            case SpokenText(item_id=item, text=text) if self._is_mine(event) and text:
                self._texts[item] = text[: limits.CAPTION_MAX_CHARS]
            case SpokenAudio(pcm=pcm) if self._is_mine(event) and not self.too_long:
                self._speech += pcm
            case ToolCalled() if self._is_mine(event):
                self._add_call(event)
            case ResponseDone() if self._is_mine(event):
                self.done = event
            case _:
                pass  # of another response, or nothing that a note needs

    def reply(self, done: ResponseDone) -> Reply:
        """All that came, with the calls that only the end reports."""
        for call in done.calls:
            self._add_call(call)
        text = " ".join(text.strip() for text in self._texts.values() if text.strip())
        return Reply(text, bytes(self._speech), tuple(self._calls.values()))

    def _add_call(self, call: ToolCalled) -> None:
        if call.complete and call.call_id not in self._calls:
            self._calls[call.call_id] = ToolCall(call.call_id, call.name, call.arguments)

    def _is_mine(
        self, event: SpokenDelta | SpokenText | SpokenAudio | ItemDone | ToolCalled | ResponseDone
    ) -> bool:
        return bool(self.response_id) and event.response_id == self.response_id
