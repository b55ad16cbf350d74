"""When speech begins, pauses, goes on and ends, told from the detector's probabilities."""

from dataclasses import dataclass
from typing import Literal

from coach.engine import limits
from coach.engine.protocol.config import SemanticVad, ServerVad
from coach.engine.session.audio import samples

FRAME = samples(32)

ChangeKind = Literal["started", "paused", "resumed", "stopped"]

# fmt: off
_UNFINISHED = frozenset({
    "a", "about", "actually", "all", "also", "an", "and", "are", "as", "at", "because", "but",
    "by", "can", "could", "do", "er", "erm", "for", "from", "had", "has", "have", "i", "if", "in",
    "into", "is", "it's", "its", "just", "like", "maybe", "my", "of", "on", "or", "our", "so",
    "some", "than", "that's", "the", "their", "then", "there", "this", "to", "uh", "um", "was",
    "we", "well", "were", "what", "when", "where", "which", "while", "who", "with", "would",
    "you", "your",
})
# fmt: on


@dataclass(frozen=True)
class TurnChange:
    """What changed, and the sample it belongs to: where speech began, or where it last was."""

    kind: ChangeKind
    at: int


def reads_finished(text: str) -> bool:
    """Whether a transcript could be a whole turn: it does not break off on a linking word."""
    words = text.lower().rstrip(" .?!").split()
    if not words:
        return True
    return not text.rstrip().endswith((",", "…", "...", "-")) and words[-1] not in _UNFINISHED


class TurnDetector:
    """Feed it frames of 32 ms in order; it reports at most one change for each."""

    def __init__(self, settings: ServerVad | SemanticVad) -> None:
        self.configure(settings)
        self.speaking = False
        self._run = 0
        self._paused = False
        self._speech_end = 0
        self.now = 0  # the end of the last frame
        self._finished = False

    def configure(self, settings: ServerVad | SemanticVad) -> None:
        """New settings, also in the middle of speech."""
        self._settings = settings
        server = settings if isinstance(settings, ServerVad) else ServerVad()
        self._threshold = server.threshold
        self._release = max(self._threshold - limits.RELEASE_MARGIN, 0.01)
        self.padding = samples(server.prefix_padding_ms)

    @property
    def window(self) -> int:
        """Samples of silence that end a turn."""
        if isinstance(self._settings, ServerVad):
            return samples(self._settings.silence_duration_ms)
        table = limits.SENTENCE_END_MS if self._finished else limits.EAGERNESS_MS
        return samples(table[self._settings.eagerness])

    def judge(self, text: str) -> TurnChange | None:
        """The transcript before the pause, which only semantic detection looks at.

        The pause may have lasted long enough already; no more frames need come to say so.
        """
        self._finished = reads_finished(text)
        return self._ended() if self._paused else None

    def reset(self) -> None:
        """Forgets that anyone speaks."""
        self.speaking = self._paused = self._finished = False
        self._run = 0

    def push(self, start: int, probability: float) -> TurnChange | None:
        """The next frame: its first sample and the probability of speech in it."""
        end = self.now = start + FRAME
        if not self.speaking:
            return self._wait(start, probability)
        enough = self._threshold if self._paused else self._release
        if probability >= enough:
            self._speech_end = end
            if self._paused:
                self._paused = self._finished = False
                return TurnChange("resumed", start)
            return None
        silence = end - self._speech_end
        if not self._paused and silence >= min(samples(limits.PAUSE_MS), self.window):
            self._paused = True
            return TurnChange("paused", self._speech_end)
        return self._ended() if self._paused else None

    def _ended(self) -> TurnChange | None:
        if self.now - self._speech_end < self.window:
            return None
        self.reset()
        return TurnChange("stopped", self._speech_end)

    def _wait(self, start: int, probability: float) -> TurnChange | None:
        self._run = self._run + 1 if probability >= self._threshold else 0
        if self._run < limits.START_FRAMES:
            return None
        self.speaking = True
        self._speech_end = start + FRAME
        began = start - (self._run - 1) * FRAME
        self._run = 0
        return TurnChange("started", began)
