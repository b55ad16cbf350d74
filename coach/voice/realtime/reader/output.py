"""The coach's output: words, audio and items of a response under way."""

from coach.voice.engine_events import ItemDone, SpokenAudio, SpokenDelta, SpokenText
from coach.voice.realtime.reader.response_tracker import (
    Events,
    Handler,
    OpenResponse,
    ResponseTracker,
    response_name,
)
from coach.voice.realtime.reader.tool_calls import ToolCallEvents, collect_call
from coach.voice.realtime.wire import (
    AUDIO,
    Json,
    audio_field,
    content_index,
    object_field,
    objects_field,
    text_field,
)


class OutputEvents:
    """Attributes each output to its response and item, and finds words that came in no delta."""

    def __init__(self, responses: ResponseTracker, calls: ToolCallEvents) -> None:
        self._responses = responses
        self._calls = calls

    def handlers(self) -> dict[str, Handler]:
        """By upstream event type."""
        return {
            AUDIO: self._on_audio_delta,
            "response.output_audio_transcript.delta": self._on_text_delta,
            "response.output_audio_transcript.done": self._on_text_done,
            "response.output_text.delta": self._on_text_delta,
            "response.output_text.done": self._on_text_done,
            "response.output_item.added": self._on_item_added,
            "response.output_item.done": self._on_item_done,
        }

    def audio(self, response_name: str, item_name: str, pcm: bytes, part: int) -> Events:
        """Audio of the response and the item of these names."""
        response, begun = self._responses.find(response_name)
        item_id = self._responses.item_id(response, item_name)
        response.with_audio.add(item_id)
        return (*begun, SpokenAudio(response.id, item_id, pcm, part))

    def missing_text(self, response: OpenResponse, item: Json) -> Events:
        """The words of an item that came in no delta."""
        item_id = self._responses.item_id(response, text_field(item, "id"))
        parts = objects_field(item, "content")
        words = "".join(text_field(part, "transcript", "text") for part in parts)
        if not words or item_id in response.with_text:
            return ()
        response.with_text.add(item_id)
        return (SpokenText(response.id, item_id, words, item_id in response.with_audio),)

    def _on_audio_delta(self, event: Json) -> Events:
        name, item_name = response_name(event), text_field(event, "item_id")
        return self.audio(name, item_name, audio_field(event), content_index(event))

    def _on_text_delta(self, event: Json) -> Events:
        response, begun = self._responses.find(response_name(event))
        item_id = self._responses.item_id(response, text_field(event, "item_id"))
        delta = text_field(event, "delta")
        if delta:
            response.with_text.add(item_id)
        spoken, part = "transcript" in event["type"], content_index(event)
        return (*begun, SpokenDelta(response.id, item_id, delta, spoken, part))

    def _on_text_done(self, event: Json) -> Events:
        response, begun = self._responses.find(response_name(event))
        item_id = self._responses.item_id(response, text_field(event, "item_id"))
        words = text_field(event, "transcript", "text")
        if words:
            response.with_text.add(item_id)
        spoken, part = "transcript" in event["type"], content_index(event)
        return (*begun, SpokenText(response.id, item_id, words, spoken, part))

    def _on_item_added(self, event: Json) -> Events:
        response, begun = self._responses.find(response_name(event))
        item = object_field(event, "item")
        if item.get("type") == "function_call":
            collect_call(response, item)
        else:
            self._responses.item_id(response, text_field(item, "id"))
        return begun

    def _on_item_done(self, event: Json) -> Events:
        response, begun = self._responses.find(response_name(event))
        item = object_field(event, "item")
        complete = text_field(item, "status") != "incomplete"
        if item.get("type") == "function_call":
            call = collect_call(response, item)
            return (*begun, self._calls.called(response, call, complete))
        if item.get("type") != "message":
            return begun
        words = self.missing_text(response, item)
        return (*begun, *words, ItemDone(response.id, response.last_item, complete))
