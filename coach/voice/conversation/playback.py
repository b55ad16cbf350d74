"""What the coach said, what of it reached the page, and what of that was heard.

The page's playout clock is the only right source of what was heard; the engine's pace is not.
"""

from collections import deque

import msgspec

from coach.voice import limits
from coach.voice.effects import Play
from coach.voice.recent_ids import RecentIds


def part_id(item_id: str, content_index: int) -> str:
    """Our id of one content part of an engine's item; of the first it is the item's own."""
    return f"{item_id}.{content_index}" if content_index else item_id


class Item(msgspec.Struct):
    """One utterance of the coach while it is being spoken: a content part of an engine's item."""

    item_id: str
    response_id: str
    index: int
    epoch: int
    script: str = ""
    ref: int = 0  # what the host asked for with it
    engine_id: str = ""
    content_index: int = 0
    orphan: bool = False  # the engine that says it is gone
    spoken: bool = False
    text: str = ""
    anchors: list[tuple[int, int]] = msgspec.field(default_factory=list)
    received_bytes: int = 0
    odd: bytes = b""
    sent_bytes: int = 0
    heard_ms: int = 0
    screened_chars: int = 0
    worded: bool = False  # all its words have come
    done: bool = False
    complete: bool = True
    opened_at: float = 0.0

    @property
    def received_ms(self) -> int:
        return self.received_bytes // limits.BYTES_PER_MS

    def add_text(self, delta: str) -> None:
        """More words; they are spoken no earlier than at the audio received so far."""
        at_ms = self.received_ms
        if not self.anchors or at_ms > self.anchors[-1][0]:
            self.anchors.append((at_ms, len(self.text)))
        self.text += delta

    @property
    def all_heard(self) -> bool:
        """Everything received has been played."""
        return self.heard_ms >= self.received_ms - limits.PLAYED_TOLERANCE_MS

    @property
    def whole(self) -> bool:
        """All of it may have come: its words, and as much sound as these take if it is spoken.

        Words come before their sound; who synthesises slowly makes pauses between sentences.
        """
        enough = self.received_ms * limits.SPEECH_MAX_CHARS_PER_S >= 1000 * len(self.text)
        return self.worded and (enough or not self.spoken)

    @property
    def over(self) -> bool:
        """Nothing more will come, and everything that came was heard."""
        return self.done and self.all_heard

    def heard_text(self) -> str:
        """The words the member heard, cut at a word boundary."""
        if not self.spoken:
            return self.text.strip()
        chars = self._heard_chars()
        if chars >= len(self.text):
            return self.text.strip()
        space = self.text.rfind(" ", 0, chars + 1)
        return self.text[: max(space, 0)].strip()

    def _heard_chars(self) -> int:
        length, heard, received = len(self.text), self.heard_ms, self.received_ms
        if self.done and self.complete and self.all_heard:
            return length
        if self._aligned():
            return self._aligned_chars(heard, received)
        whole = self.done and self.complete
        total = received if whole else max(received, length * limits.SPEECH_MS_PER_CHAR)
        return int(length * heard / max(total, 1))

    def _aligned(self) -> bool:
        """Whether the words came together with their audio, at a pace that can be speech."""
        if len(self.anchors) < 2:
            return False
        pairs = zip(self.anchors, self.anchors[1:], strict=False)
        return all(
            (c1 - c0) * 1000 <= limits.SPEECH_MAX_CHARS_PER_S * (m1 - m0)
            for (m0, c0), (m1, c1) in pairs
        )

    def _aligned_chars(self, heard: int, received: int) -> int:
        ends = [*self.anchors[1:], (received, len(self.text))]
        for (m0, c0), (m1, c1) in zip(self.anchors, ends, strict=True):
            last = c1 == len(self.text)
            if last and not (self.done and self.complete):
                m1 = max(m1, m0 + (c1 - c0) * limits.SPEECH_MS_PER_CHAR)
            if heard < m1 or last:
                return c0 + int((c1 - c0) * max(heard - m0, 0) / max(m1 - m0, 1))
        return len(self.text)


class Playback:
    """The coach's open items, their order, and the audio held back for the page."""

    def __init__(self) -> None:
        self.generation = 1
        self.items: dict[str, Item] = {}
        self.closed = RecentIds()
        self._by_index: dict[int, Item] = {}
        self._next_index = 0
        self._held: deque[tuple[Item, bytes]] = deque()
        self._held_bytes = 0
        self._burst_at = 0.0
        self._burst_sent_ms = 0
        self._burst_heard_ms = 0
        self._seen_heard_ms = 0
        self._moved_at = 0.0  # when the page was last seen to have played more

    def open(self, item_id: str, response_id: str, epoch: int, script: str, at: float) -> Item:
        """A new item of this id."""
        index = self._next_index
        self._next_index = (index + 1) % limits.UINT16
        item = Item(item_id, response_id, index, epoch, script, opened_at=at, engine_id=item_id)
        self.items[item_id] = item
        self._by_index[index] = item
        return item

    def close(self, item: Item) -> None:
        """Forget the item; whatever still comes for it is dropped."""
        self.items.pop(item.item_id, None)
        self._by_index.pop(item.index, None)
        self.closed.add(item.item_id)
        self._held = deque((other, pcm) for other, pcm in self._held if other is not item)
        self._held_bytes = sum(len(pcm) for _, pcm in self._held)
        if not self.items:
            self._burst_sent_ms = self._burst_heard_ms = 0

    def receive(self, item: Item, pcm: bytes, at: float) -> list[Play]:
        """Audio from the engine: what of it may go to the page now."""
        if self._burst_sent_ms == 0:
            self._burst_at = at
        if item.odd or len(pcm) % 2:  # an engine may cut its deltas in the middle of a sample
            pcm = item.odd + pcm
            item.odd = pcm[len(pcm) // 2 * 2 :]
            pcm = pcm[: len(pcm) // 2 * 2]
        item.spoken = True
        if pcm:
            item.received_bytes += len(pcm)
            self._held.append((item, pcm))
            self._held_bytes += len(pcm)
        return self.release(at)

    def release(self, at: float) -> list[Play]:
        """Let through what is not too far ahead of what the page has played.

        A page that reports nothing is taken to play in real time, two seconds late.
        """
        if not self._held:
            return []
        clock_ms = int((at - self._burst_at) * 1000) - 2000
        allowed = limits.PLAY_AHEAD_MS + max(self._burst_heard_ms, clock_ms, 0)
        out = []
        while self._held and self._burst_sent_ms < allowed:
            item, pcm = self._held.popleft()
            self._held_bytes -= len(pcm)
            item.sent_bytes += len(pcm)
            self._burst_sent_ms += len(pcm) // limits.BYTES_PER_MS
            out.append(Play(self.generation, item.index, pcm))
        return out

    def heard(self, generation: int, index: int, ms: int) -> Item | None:
        """The page's report. Returns the item it speaks of, if it is still open."""
        item = self._by_index.get(index)
        if item is None or generation != self.generation:
            return None
        known = min(ms, item.sent_bytes // limits.BYTES_PER_MS)
        if known > item.heard_ms:
            self._burst_heard_ms += known - item.heard_ms
            item.heard_ms = known
        return item

    def presume(self, at: float) -> None:
        """Take for heard what a silent page must have played long ago."""
        if self._burst_heard_ms != self._seen_heard_ms:
            self._seen_heard_ms, self._moved_at = self._burst_heard_ms, at
        over = self._moved_at
        for item in self.items.values():  # one is played after the other
            over = max(over, item.opened_at) + (item.received_ms - item.heard_ms) / 1000
            if item.done and at > over + limits.PLAYBACK_GRACE_S:
                item.heard_ms = item.received_ms

    def clear(self) -> int:
        """Stop: everything not yet played is void. Returns the new generation."""
        self.generation += 1
        self._held.clear()
        self._held_bytes = 0
        self._burst_sent_ms = self._burst_heard_ms = 0
        return self.generation

    @property
    def held_ms(self) -> int:
        """Audio that waits until the page has played more."""
        return self._held_bytes // limits.BYTES_PER_MS

    @property
    def speaking(self) -> bool:
        """The engine is in the middle of speaking an item."""
        return any(item.received_bytes and not item.done for item in self.items.values())

    @property
    def playing(self) -> bool:
        """The page has audio that was not heard yet."""
        return any(item.received_bytes and not item.all_heard for item in self.items.values())
