"""One utterance of the coach, and how much of it the member heard."""

import msgspec

from coach.voice import limits


def part_id(item_id: str, content_index: int) -> str:
    """Our id of one content part of an engine's item; the first part has the item's own id."""
    return f"{item_id}.{content_index}" if content_index else item_id


class OutputItem(msgspec.Struct):
    """A content part of an engine's item, from its first output until it is written down.

    `index` is its number for the page, `epoch` the floor's epoch under which it is spoken. `script`
    and `ref` are those of its request. `anchors` align the words with the audio: at which
    millisecond of the audio which character came. `played_ms` is the page's own report.
    """

    item_id: str
    response_id: str
    index: int
    epoch: int
    script: str = ""
    ref: int = 0
    engine_item_id: str = ""
    content_index: int = 0
    orphaned: bool = False  # its engine connection is lost
    spoken: bool = False  # audio belongs to its words
    text: str = ""
    anchors: list[tuple[int, int]] = msgspec.field(default_factory=list)
    received_bytes: int = 0
    half_sample: bytes = b""
    sent_bytes: int = 0
    played_ms: int = 0
    heard_at: float | None = None  # the page's newest report of more; None: it is not known
    screened_chars: int = 0
    text_complete: bool = False
    done: bool = False  # the engine sends no more of it
    complete: bool = True  # and it had not been cut off
    cut_in: bool = False  # somebody spoke, or asked for quiet, before it was over
    opened_at: float = 0.0
    began_at: float = 0.0  # when its response began

    @property
    def received_ms(self) -> int:
        """Milliseconds of audio that the engine has sent."""
        return self.received_bytes // limits.BYTES_PER_MS

    @property
    def fully_played(self) -> bool:
        """Everything received has been played."""
        return self.played_ms >= self.received_ms - limits.PLAYED_TOLERANCE_MS

    @property
    def sound_ended_at(self) -> float | None:
        """When its last sound was heard; None: not all of it was, or nobody knows."""
        if not (self.spoken and self.finished and self.complete) or self.heard_at is None:
            return None
        return self.heard_at + (self.received_ms - self.played_ms) / 1000

    @property
    def likely_complete(self) -> bool:
        """Its words have all come, and as much audio as these take if it is spoken.

        Words come before their audio; an engine that synthesises slowly pauses between sentences.
        """
        enough = self.received_ms * limits.SPEECH_MAX_CHARS_PER_S >= 1000 * len(self.text)
        return self.text_complete and (enough or not self.spoken)

    @property
    def finished(self) -> bool:
        """Nothing more will come, and everything that came was played."""
        return self.done and self.fully_played

    def add_text(self, delta: str) -> None:
        """Append words; they are spoken no earlier than at the audio received so far."""
        at_ms = self.received_ms
        if not self.anchors or at_ms > self.anchors[-1][0]:
            self.anchors.append((at_ms, len(self.text)))
        self.text += delta

    def heard_text(self) -> str:
        """The words that the member heard, cut at a word boundary."""
        if not self.spoken:
            return self.text.strip()
        chars = self._heard_chars()
        if chars >= len(self.text):
            return self.text.strip()
        space = self.text.rfind(" ", 0, chars + 1)
        return self.text[: max(space, 0)].strip()

    def _heard_chars(self) -> int:
        length, played, received = len(self.text), self.played_ms, self.received_ms
        whole = self.done and self.complete
        if whole and self.fully_played:
            return length
        if self._anchors_plausible():
            return self._aligned_chars(played, received)
        total = received if whole else max(received, length * limits.SPEECH_MS_PER_CHAR)
        return int(length * played / max(total, 1))

    def _anchors_plausible(self) -> bool:
        """Whether the words came together with their audio, at a pace that can be speech."""
        if len(self.anchors) < 2:
            return False
        pairs = zip(self.anchors, self.anchors[1:], strict=False)
        return all(
            (c1 - c0) * 1000 <= limits.SPEECH_MAX_CHARS_PER_S * (m1 - m0)
            for (m0, c0), (m1, c1) in pairs
        )

    def _aligned_chars(self, played: int, received: int) -> int:
        """How many characters were heard, interpolated between the anchors around `played` ms."""
        ends = [*self.anchors[1:], (received, len(self.text))]
        for (m0, c0), (m1, c1) in zip(self.anchors, ends, strict=True):
            last = c1 == len(self.text)
            if last and not (self.done and self.complete):
                m1 = max(m1, m0 + (c1 - c0) * limits.SPEECH_MS_PER_CHAR)
            if played < m1 or last:
                return c0 + int((c1 - c0) * max(played - m0, 0) / max(m1 - m0, 1))
        return len(self.text)
