"""One turn of the member as it is being transcribed.

The recogniser does not stream, so the growing sound is decoded again and again. Long speech is
cut at pauses into segments that are decoded once; a segment that may be the last is decoded
when the pause begins, and its text is ready when the silence window closes.
"""

from collections import deque
from dataclasses import dataclass, field

from coach.engine import limits
from coach.engine.session.audio import samples
from coach.engine.session.turn_detection import FRAME


@dataclass
class TranscriptSegment:
    """A segment whose text is final: the decode that makes it, and where the next one begins."""

    job: int
    end: int
    text: str | None = None


@dataclass
class Utterance:
    """Samples count from the session's first. `sent` is what deltas have said so far."""

    item_id: str
    start: int
    live: bool
    end: int | None = None
    segments: list[TranscriptSegment] = field(default_factory=list)
    tail: TranscriptSegment | None = None
    partial_job: int | None = None
    partial_end: int = 0
    sent: str = ""
    failure: str | None = None
    _window: int = -1
    _words: list[str] = field(default_factory=list)
    _recent: deque[tuple[float, int]] = field(
        default_factory=lambda: deque(maxlen=samples(limits.CHUNK_LOOKBACK_MS) // FRAME)
    )

    def __post_init__(self) -> None:
        self._window = self.start

    @property
    def window(self) -> int:
        """Where the segment being transcribed begins."""
        return self._window

    @property
    def text(self) -> str | None:
        """All the words, or None while a segment is still being decoded."""
        texts = [segment.text for segment in self.segments]
        if any(text is None for text in texts):
            return None
        return " ".join(text for text in texts if text)

    def note(self, probability: float, end: int) -> None:
        """Remembers the speech in a frame, to find a quiet place for a cut."""
        self._recent.append((probability, end))

    def wants_partial(self, now: int) -> bool:
        """Whether enough new speech came since the last decode."""
        since = max(self._window, self.partial_end)
        return self.partial_job is None and now - since >= samples(limits.PARTIAL_MS)

    def wants_cut(self, now: int) -> int | None:
        """Where to end a segment that has become too long, if it has."""
        if now - self._window < samples(limits.CHUNK_MAX_MS) or not self._recent:
            return None
        return min(self._recent)[1]

    def keep(self, segment: TranscriptSegment) -> None:
        """This segment is final, whatever comes after it."""
        self.segments.append(segment)
        self._window = segment.end
        self._words = []

    def enter(self, job: int, text: str) -> None:
        """Writes the text of a decode into the segment that waits for it."""
        for segment in [*self.segments, *([self.tail] if self.tail else [])]:
            if segment.job == job:
                segment.text = text

    def growth(self, hypothesis: str) -> str:
        """What a new hypothesis for the open segment lets us add: words that two agree on.

        Returns the text to append to the deltas sent so far, perhaps none.
        """
        words = hypothesis.split()
        agreed = 0
        for old, new in zip(self._words, words, strict=False):
            if _bare(old) != _bare(new):
                break
            agreed += 1
        self._words = words
        before = self.text
        if before is None:
            return ""
        return self._append(f"{before} {' '.join(words[:agreed])}".strip().rstrip(".,;:!?…"))

    def rest(self, text: str) -> str:
        """What the final text adds to the deltas, where they agree with it."""
        return self._append(text)

    def _append(self, text: str) -> str:
        if len(text) <= len(self.sent) or not text.startswith(self.sent):
            return ""
        more = text[len(self.sent) :]
        self.sent = text
        return more


def _bare(word: str) -> str:
    return word.casefold().strip(".,;:!?…\"'")
