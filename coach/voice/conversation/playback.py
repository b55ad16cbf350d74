"""The coach's audio on its way to the page, and what of it the page has played.

The page's playout clock is the only right source of what was heard; the engine's pace is not.
"""

from collections import deque

from coach.voice import limits
from coach.voice.conversation.output_item import OutputItem
from coach.voice.effects import Play
from coach.voice.recent_ids import RecentIds

_SILENT_PAGE_LAG_MS = 2000


class Playback:
    """The open items in their order, and the audio that waits until the page has played more.

    A burst is what is sent between two moments at which no item is open. `generation` rises each
    time the page's playback is cleared; `closed` are items whose late output is dropped.
    """

    def __init__(self) -> None:
        self.generation = 1
        self.live = False  # a person's sound was sent to the page under this generation
        self.items: dict[str, OutputItem] = {}
        self.closed = RecentIds()
        self._by_index: dict[int, OutputItem] = {}
        self._next_index = 0
        self._queue: deque[tuple[OutputItem, bytes]] = deque()
        self._queued_bytes = 0
        self._burst_started_at = 0.0
        self._burst_sent_ms = 0
        self._burst_played_ms = 0
        self._last_played_ms = 0
        self._progress_at = 0.0  # when the page was last seen to have played more

    @property
    def queued_ms(self) -> int:
        """Milliseconds of audio that wait until the page has played more."""
        return self._queued_bytes // limits.BYTES_PER_MS

    @property
    def receiving(self) -> bool:
        """The engine is in the middle of speaking an item."""
        return any(item.received_bytes and not item.done for item in self.items.values())

    @property
    def playing(self) -> bool:
        """The page has audio that it has not played yet."""
        for item in self.items.values():  # noqa: SIM110  asked at each event
            if item.received_bytes and not item.fully_played:
                return True
        return False

    def open(
        self, item_id: str, response_id: str, epoch: int, script: str, at: float
    ) -> OutputItem:
        """Begin an item of this id."""
        index = self._next_index
        self._next_index = (index + 1) % limits.LIVE_INDEX
        item = OutputItem(
            item_id, response_id, index, epoch, script, opened_at=at, engine_item_id=item_id
        )
        self.items[item_id] = item
        self._by_index[index] = item
        return item

    def close(self, item: OutputItem) -> None:
        """Forget an item; whatever still comes for it is dropped."""
        self.items.pop(item.item_id, None)
        self._by_index.pop(item.index, None)
        self.closed.add(item.item_id)
        self._queue = deque((other, pcm) for other, pcm in self._queue if other is not item)
        self._queued_bytes = sum(len(pcm) for _, pcm in self._queue)
        if not self.items:
            self._burst_sent_ms = self._burst_played_ms = 0

    def receive(self, item: OutputItem, pcm: bytes, at: float) -> list[Play]:
        """Take audio from the engine. Returns what may go to the page now."""
        if self._burst_sent_ms == 0:
            self._burst_started_at = at
        if item.half_sample or len(pcm) % 2:  # an engine may cut its deltas inside a sample
            pcm = item.half_sample + pcm
            item.half_sample = pcm[len(pcm) // 2 * 2 :]
            pcm = pcm[: len(pcm) // 2 * 2]
        item.spoken = True
        if pcm:
            item.received_bytes += len(pcm)
            self._queue.append((item, pcm))
            self._queued_bytes += len(pcm)
        return self.release(at)

    def pass_on(self, item: OutputItem, pcm: bytes) -> Play | None:
        """`receive`, in the middle of a burst of which nothing waits. None: it is for `receive`."""
        size = len(pcm)
        if self._queue or item.half_sample or size % 2 or not size:
            return None
        if not 0 < self._burst_sent_ms < limits.PLAY_AHEAD_MS + self._burst_played_ms:
            return None
        item.spoken = True
        item.received_bytes += size
        item.sent_bytes += size
        self._burst_sent_ms += size // limits.BYTES_PER_MS
        return Play(self.generation, item.index, pcm)

    def release(self, at: float) -> list[Play]:
        """Let through what is at most `PLAY_AHEAD_MS` ahead of what the page has played.

        A page that reports nothing is taken to play in real time, two seconds late.
        """
        if not self._queue:
            return []
        clock_ms = int((at - self._burst_started_at) * 1000) - _SILENT_PAGE_LAG_MS
        allowed_ms = limits.PLAY_AHEAD_MS + max(self._burst_played_ms, clock_ms, 0)
        out = []
        while self._queue and self._burst_sent_ms < allowed_ms:
            item, pcm = self._queue.popleft()
            self._queued_bytes -= len(pcm)
            item.sent_bytes += len(pcm)
            self._burst_sent_ms += len(pcm) // limits.BYTES_PER_MS
            out.append(Play(self.generation, item.index, pcm))
        return out

    def report(self, generation: int, index: int, ms: int, at: float) -> OutputItem | None:
        """Take the page's report. Returns the item that it is about, if that is still open."""
        item = self._by_index.get(index)
        if item is None or generation != self.generation:
            return None
        played_ms = min(ms, item.sent_bytes // limits.BYTES_PER_MS)
        if played_ms > item.played_ms:
            self._burst_played_ms += played_ms - item.played_ms
            item.played_ms = played_ms
            item.heard_at = at
        return item

    def only_notes(self, index: int) -> bool:
        """A report about this item changes no more than what was played."""
        item = self._by_index.get(index)
        going_on = item is not None and item.received_bytes > 0 and not item.done
        return going_on and not self._queue

    def presume_played(self, at: float) -> None:
        """Take for played what a page without reports must have played long ago."""
        if self._burst_played_ms != self._last_played_ms:
            self._last_played_ms, self._progress_at = self._burst_played_ms, at
        end = self._progress_at
        for item in self.items.values():  # one is played after the other
            end = max(end, item.opened_at) + (item.received_ms - item.played_ms) / 1000
            if item.done and at > end + limits.PLAYBACK_GRACE_S:
                item.played_ms = item.received_ms
                item.heard_at = None

    def clear(self) -> int:
        """Stop: everything not yet played is void. Returns the new generation."""
        self.generation += 1
        self.live = False
        self._queue.clear()
        self._queued_bytes = 0
        self._burst_sent_ms = self._burst_played_ms = 0
        return self.generation
