"""The message of a response while it is being spoken or written: its deltas, and its end."""

import re
from typing import Any, Literal

import numpy as np

from coach.engine import limits
from coach.engine.protocol import response_events as wire
from coach.engine.session.audio import AudioEncoder, milliseconds, samples
from coach.engine.session.conversation_items import MessageItem, Part
from coach.engine.session.output import OutputEvents
from coach.engine.session.output_budget import OutputBudget
from coach.engine.session.response_plan import ResponsePlan
from coach.engine.session.usage import text_tokens
from coach.voice.pcm import Pcm

_WORD = re.compile(r"\S+\s*")


class MessageStream:
    """Sends one message item piece by piece. Draws on the budget of its response."""

    def __init__(
        self,
        out: OutputEvents,
        plan: ResponsePlan,
        budget: OutputBudget,
        item: MessageItem,
        place: dict[str, Any],
    ) -> None:
        """`place` holds the fields of its events: ids and indexes."""
        self.item = item
        self.place = place
        self._out = out
        self._plan = plan
        self._budget = budget
        self._part = Part("output_audio" if plan.modality == "audio" else "output_text", "")
        item.parts.append(self._part)
        self._encoder = AudioEncoder(plan.form)
        self._text = ""  # all that was sent of it
        self._sound: list[Pcm] = []
        self._out.send(wire.ContentPartAdded(**place, part=self._shown("")))

    def add(self, text: str, pcm: Pcm | None) -> None:
        """A piece: written, or as sound in deltas of at most 100 ms with words in step."""
        line = pcm is None and text.startswith("\n")  # written lists keep their lines
        text = text.strip()
        if self._text:
            text = f"\n{text}" if line else f" {text}"
        if pcm is None:
            self._send_text(text)
        else:
            self._stream(text, pcm)

    def close(self, status: Literal["completed", "incomplete"]) -> None:
        """Sends the ends of its parts. The item is done after that."""
        place, text = self.place, self._text
        if self._part.is_audio:
            rest = self._encoder.flush()
            if rest:
                self._out.send(wire.AudioDelta(**place, delta=rest))
            self._part.keep(np.concatenate(self._sound) if self._sound else None)
            self._out.send(wire.AudioDone(**place))
            self._out.send(wire.TranscriptDone(**place, transcript=text))
        else:
            self._out.send(wire.TextDone(**place, text=text))
        self._out.send(wire.ContentPartDone(**place, part=self._shown(text)))
        self.item.status = status

    def _shown(self, text: str) -> wire.Part:
        if self._plan.modality == "audio":
            return wire.Part(type="audio", transcript=text)
        return wire.Part(type="text", text=text)

    def _stream(self, text: str, pcm: Pcm) -> None:
        """Words go out just before the sound in which they begin."""
        step = samples(limits.DELTA_MS)
        words = _WORD.findall(text.strip())
        if words and text.startswith(" "):
            words[0] = f" {words[0]}"
        letters = sum(len(word) for word in words)
        sent = 0
        if not pcm.size:
            self._send_text(text)
        for start in range(0, pcm.size, step):
            due = ""
            while words and sent * pcm.size < (start + step) * letters:
                sent += len(words[0])
                due += words.pop(0)
            if due:
                self._send_text(due)
            self._send_sound(pcm[start : start + step])
            if self._budget.full:
                return

    def _send_text(self, words: str) -> None:
        kept = words[: max(0, self._budget.room()) * limits.CHARS_PER_TOKEN]
        self._budget.full = self._budget.full or len(kept) < len(words)
        if not kept:
            return
        self._text += kept
        self._budget.text_tokens += text_tokens(kept)
        if not self._part.truncated:
            self._part.text = self._text
        if self._part.is_audio:
            self._out.send(wire.TranscriptDelta(**self.place, delta=kept))
        else:
            self._out.send(wire.TextDelta(**self.place, delta=kept))

    def _send_sound(self, pcm: Pcm) -> None:
        room = self._budget.room() * limits.AUDIO_OUT_TOKEN_MS
        if milliseconds(pcm.size) > room:
            self._budget.full = True
            pcm = pcm[: samples(max(0, room))]
        if not pcm.size:
            return
        self._budget.spoken_ms += milliseconds(pcm.size)
        kept = self._budget.spoken_ms <= 1000 * limits.KEPT_AUDIO_SECONDS
        if self._plan.in_conversation and kept:
            self._sound.append(pcm)
        else:
            self._sound.clear()
        if not self._part.truncated:
            self._part.ms += milliseconds(pcm.size)
        delta = self._encoder.encode(pcm)
        if delta:
            self._out.send(wire.AudioDelta(**self.place, delta=delta))
