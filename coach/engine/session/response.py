"""One response: its stream of events from `response.created` to `response.done`."""

import re
import sys
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from msgspec import UNSET, UnsetType

from coach.engine import limits
from coach.engine.llm.types import Context, LlmUsage
from coach.engine.protocol import server_events as wire
from coach.engine.protocol.config import Format, MaxTokens, Modality, Truncation
from coach.engine.session.audio import AudioEncoder, milliseconds, samples
from coach.engine.session.conversation import CallItem, Conversation, Item, MessageItem, Part
from coach.engine.session.effects import Pcm
from coach.engine.session.output import OutputEvents
from coach.engine.session.usage import counted, text_tokens, total

Ending = Literal["completed", "cancelled", "incomplete", "failed"]

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class ResponsePlan:
    """What a response is to be, settled when it is created. `items` None: the conversation."""

    modality: Modality
    form: Format
    voice: str
    speed: float
    max_tokens: MaxTokens
    metadata: dict[str, str] | None
    in_conversation: bool
    context: Context
    items: list[Item] | None
    truncation: Truncation = "auto"


@dataclass
class _OpenMessage:
    """The message item being spoken or written. `text` is all that was told of it."""

    item: MessageItem
    part: Part
    place: dict[str, Any]
    outlet: AudioEncoder
    text: str = ""
    sound: list[Pcm] = field(default_factory=list)


class ResponseBuilder:
    """Sends the events of a response as its pieces come. One per response."""

    def __init__(self, out: OutputEvents, conversation: Conversation, plan: ResponsePlan) -> None:
        self._out = out
        self._conversation = conversation
        self.plan = plan
        self.id = out.new_id("resp")
        self.spoken_ms = 0
        self.first_sound: float | None = None
        self.read: wire.InputDetails | None = None
        self.spent: LlmUsage | None = None
        self.breaks_off: str | None = None
        self.calls = 0
        self._output: list[Item] = []
        self._open: _OpenMessage | None = None
        self._text_tokens = 0
        self.full = False  # something was left out for want of tokens

    def begin(self) -> None:
        """Sends `response.created`."""
        self._out.send(wire.ResponseCreated(response=self._response("in_progress", None)))

    def say(self, text: str, pcm: Pcm | None) -> None:
        """Sends a piece: written, or as sound in deltas of at most 100 ms with words in step."""
        if self._room() <= 0:
            self.full = True
            return
        opened = self._opened()
        line = pcm is None and text.startswith("\n")  # written lists keep their lines
        text = text.strip()
        if opened.text:
            text = f"\n{text}" if line else f" {text}"
        if pcm is None:
            self._tell(opened, text)
        else:
            self._stream(opened, text, pcm)

    def call(self, name: str, arguments: str) -> None:
        """Sends a function call, whole or, where tokens are wanting, not at all."""
        tokens = text_tokens(name) + text_tokens(arguments)
        if tokens > self._room():
            self.full = True
            return
        self.calls += 1
        self._close_message("completed")
        call_id = self._out.new_id("call")
        item = CallItem(self._out.new_id("item"), call_id, name, "", "in_progress")
        index = self._add(item)
        place: dict[str, Any] = {
            "response_id": self.id,
            "item_id": item.id,
            "output_index": index,
            "call_id": call_id,
        }
        item.arguments = arguments
        item.status = "completed"
        self._text_tokens += tokens
        self._out.send(wire.ArgumentsDelta(**place, delta=arguments))
        self._out.send(wire.ArgumentsDone(**place, name=name, arguments=arguments))
        self._done(item, index)

    def end(
        self, status: Ending, reason: str | None = None, error: wire.StatusError | None = None
    ) -> None:
        """Closes what is open and sends `response.done`."""
        self._close_message("completed" if status == "completed" else "incomplete")
        details = None
        if status != "completed":
            details = wire.StatusDetails(
                type=status,
                reason=UNSET if reason is None else reason,
                error=UNSET if error is None else error,
            )
        self._out.send(wire.ResponseDone(response=self._response(status, details)))

    def _opened(self) -> _OpenMessage:
        if self._open is not None:
            return self._open
        spoken = self.plan.modality == "audio"
        part = Part("output_audio" if spoken else "output_text", "")
        item = MessageItem(self._out.new_id("item"), "assistant", [], "in_progress")
        index = self._add(item)
        item.parts.append(part)
        place: dict[str, Any] = {
            "response_id": self.id,
            "item_id": item.id,
            "output_index": index,
            "content_index": 0,
        }
        self._open = _OpenMessage(item, part, place, AudioEncoder(self.plan.form))
        self._out.send(wire.ContentPartAdded(**place, part=self._part("")))
        return self._open

    def _part(self, text: str) -> wire.Part:
        if self.plan.modality == "audio":
            return wire.Part(type="audio", transcript=text)
        return wire.Part(type="text", text=text)

    def _add(self, item: Item) -> int:
        index = len(self._output)
        self._output.append(item)
        shape = item.wire()
        self._out.send(wire.OutputItemAdded(response_id=self.id, output_index=index, item=shape))
        if self.plan.in_conversation:
            previous = self._conversation.append(item)
            self._out.send(wire.ItemAdded(previous_item_id=previous, item=shape))
        return index

    def _stream(self, opened: _OpenMessage, text: str, pcm: Pcm) -> None:
        """Words go out just before the sound in which they begin."""
        step = samples(limits.DELTA_MS)
        words = _WORD.findall(text.strip())
        if words and text.startswith(" "):
            words[0] = f" {words[0]}"
        letters = sum(len(word) for word in words)
        told = 0
        if not pcm.size:
            self._tell(opened, text)
        for start in range(0, pcm.size, step):
            due = ""
            while words and told * pcm.size < (start + step) * letters:
                told += len(words[0])
                due += words.pop(0)
            if due:
                self._tell(opened, due)
            self._sound(opened, pcm[start : start + step])
            if self.full:
                return

    def _tell(self, opened: _OpenMessage, words: str) -> None:
        kept = words[: max(0, self._room()) * limits.CHARS_PER_TOKEN]
        self.full = self.full or len(kept) < len(words)
        if not kept:
            return
        words = kept
        opened.text += words
        self._text_tokens += text_tokens(words)
        if not opened.part.truncated:
            opened.part.text = opened.text
        if opened.part.is_audio:
            self._out.send(wire.TranscriptDelta(**opened.place, delta=words))
        else:
            self._out.send(wire.TextDelta(**opened.place, delta=words))

    def _sound(self, opened: _OpenMessage, pcm: Pcm) -> None:
        room = self._room() * limits.AUDIO_OUT_TOKEN_MS
        if milliseconds(pcm.size) > room:
            self.full = True
            pcm = pcm[: samples(max(0, room))]
        if not pcm.size:
            return
        self.spoken_ms += milliseconds(pcm.size)
        if self.plan.in_conversation and self.spoken_ms <= 1000 * limits.KEPT_AUDIO_SECONDS:
            opened.sound.append(pcm)
        else:
            opened.sound.clear()
        if not opened.part.truncated:
            opened.part.ms += milliseconds(pcm.size)
        delta = opened.outlet.encode(pcm)
        if delta:
            self._out.send(wire.AudioDelta(**opened.place, delta=delta))

    def _close_message(self, status: Literal["completed", "incomplete"]) -> None:
        opened, self._open = self._open, None
        if opened is None:
            return
        item, part, place = opened.item, opened.part, opened.place
        text = opened.text
        if part.is_audio:
            rest = opened.outlet.flush()
            if rest:
                self._out.send(wire.AudioDelta(**place, delta=rest))
            part.keep(np.concatenate(opened.sound) if opened.sound else None)
            self._conversation.shed_audio()
            self._out.send(wire.AudioDone(**place))
            self._out.send(wire.TranscriptDone(**place, transcript=text))
        else:
            self._out.send(wire.TextDone(**place, text=text))
        self._out.send(wire.ContentPartDone(**place, part=self._part(text)))
        item.status = status
        self._done(item, place["output_index"])

    def _done(self, item: Item, index: int) -> None:
        shape = item.wire()
        if self.plan.in_conversation and self._conversation.find(item.id) is item:
            previous = self._conversation.before(item.id)
            self._out.send(wire.ItemDone(previous_item_id=previous, item=shape))
        self._out.send(wire.OutputItemDone(response_id=self.id, output_index=index, item=shape))

    def _room(self) -> int:
        """Tokens that may still be written or spoken."""
        most = self.plan.max_tokens
        spoken = -(-self.spoken_ms // limits.AUDIO_OUT_TOKEN_MS)
        return sys.maxsize if most == "inf" else most - self._text_tokens - spoken

    def _response(self, status: str, details: wire.StatusDetails | None) -> wire.Response:
        plan = self.plan
        audio: wire.ResponseAudio | UnsetType = UNSET
        if plan.modality == "audio":
            output = wire.ResponseAudioOutput(format=plan.form, voice=plan.voice)
            audio = wire.ResponseAudio(output=output)
        usage = None
        if status != "in_progress" and self.spent is not None:
            usage = counted(self.spent)
        elif status != "in_progress" and self.read is not None:
            spoken = -(-self.spoken_ms // limits.AUDIO_OUT_TOKEN_MS)
            usage = total(self.read, self._text_tokens, spoken)
        return wire.Response(
            id=self.id,
            status=status,
            status_details=details,
            output=[item.wire() for item in self._output],
            conversation_id=self._conversation.id if plan.in_conversation else None,
            output_modalities=[plan.modality],
            max_output_tokens=plan.max_tokens,
            audio=audio,
            metadata=plan.metadata,
            usage=usage,
        )
