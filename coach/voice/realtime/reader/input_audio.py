"""The member's utterances: where they begin and end, their commits and their words."""

from coach.voice.engine_events import (
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    SpeechStarted,
    SpeechStopped,
)
from coach.voice.realtime.reader.response_tracker import Events, Handler
from coach.voice.realtime.upstream_names import UpstreamNames
from coach.voice.realtime.wire import (
    Json,
    number_field,
    object_field,
    objects_field,
    parse_fault,
    text_field,
)
from coach.voice.recent_ids import RecentIds

_TRANSCRIPTION = "conversation.item.input_audio_transcription"


class InputAudioEvents:
    """Gives each utterance one id and one commit, though servers omit ids and vary the order."""

    def __init__(self, items: UpstreamNames) -> None:
        self._items = items
        self._current = ""  # the utterance that began last
        self._stopped = ""  # the one that stopped last
        self._ends_seen: set[str] = set()  # types of events that ended it, where it has no id
        self._committed = RecentIds()
        self._answered = RecentIds()  # what was committed before a response began

    def handlers(self) -> dict[str, Handler]:
        """By upstream event type."""
        return {
            "input_audio_buffer.speech_started": self._on_speech_started,
            "input_audio_buffer.speech_stopped": self._on_speech_stopped,
            "input_audio_buffer.committed": self._on_committed,
            "conversation.item.created": self._on_item,
            "conversation.item.added": self._on_item,
            "conversation.item.done": self._on_item,
            f"{_TRANSCRIPTION}.delta": self._on_delta,
            f"{_TRANSCRIPTION}.completed": self._on_transcript,
            f"{_TRANSCRIPTION}.failed": self._on_failed,
        }

    def on_response_begin(self) -> None:
        """A response answers all that is committed."""
        self._answered.update(self._committed)

    def _on_speech_started(self, event: Json) -> Events:
        self._current = self._named(event) or self._items.unnamed("input")
        self._ends_seen.clear()
        if self._current in self._answered:  # another utterance of the same name
            self._current = self._items.new_local(text_field(event, "item_id"))
        # The client replaces the start by how much of the speech has been heard.
        return (SpeechStarted(self._current, number_field(event, "audio_start_ms")),)

    def _on_speech_stopped(self, event: Json) -> Events:
        self._begin_if_repeated(event)
        self._stopped = self._utterance(event)
        return (SpeechStopped(self._stopped),)

    def _on_committed(self, event: Json) -> Events:
        self._begin_if_repeated(event)
        return self._commit(self._utterance(event))

    def _on_delta(self, event: Json) -> Events:
        item_id = self._named(event) or self._current
        return (InputDelta(item_id, text_field(event, "delta")),) if item_id else ()

    def _on_transcript(self, event: Json) -> Events:
        self._begin_if_repeated(event)
        item_id = self._utterance(event)
        usage = object_field(event, "usage") or None
        words = text_field(event, "transcript", "text")
        return (*self._commit(item_id), InputTranscript(item_id, words, usage))

    def _on_failed(self, event: Json) -> Events:
        item_id = self._utterance(event)
        return (*self._commit(item_id), InputFailed(item_id, parse_fault(event).code))

    def _on_item(self, event: Json) -> Events:
        """Some report an utterance, and even its words, by its item and nowhere else."""
        item = object_field(event, "item")
        if item.get("role") != "user":
            return ()
        name = text_field(item, "id")
        content = [p for p in objects_field(item, "content") if p.get("type") == "input_audio"]
        words = "".join(text_field(part, "transcript") for part in content)
        if words:
            return self._on_transcript(
                {"type": event["type"], "item_id": name, "transcript": words}
            )
        if not (self._stopped and self._items.has(name)):
            return ()
        # The item of an utterance which has stopped is its commit.
        stopped = self._items.local(name) == self._stopped
        return self._commit(self._stopped) if stopped else ()

    def _begin_if_repeated(self, event: Json) -> None:
        """Without an id, what ends as the last one has ended already is another utterance.

        Servers report the stop, the commit and the words in any order, and each of them once.
        """
        if text_field(event, "item_id"):
            return
        if event["type"] in self._ends_seen:
            self._current = self._items.unnamed("input")
            self._ends_seen.clear()
        self._ends_seen.add(event["type"])

    def _utterance(self, event: Json) -> str:
        """The local id of the utterance that this is about; without a name, the current one."""
        item_id = self._named(event)
        if not (item_id or self._current):
            self._current = self._items.unnamed("input")
        return item_id or self._current

    def _named(self, event: Json) -> str:
        """The local id of the utterance that this names; empty if it names none."""
        name = text_field(event, "item_id")
        return self._items.local(name) if name else ""

    def _commit(self, item_id: str) -> Events:
        """An utterance is committed once, at the latest by its transcript."""
        if item_id in self._committed:
            return ()
        self._committed.add(item_id)
        return (InputCommitted(item_id),)
