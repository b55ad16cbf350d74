"""The member's audio on its way to the engine, and as much of it as the next one may need again.

Bounded twice: what a slow engine has not taken is kept for `MIC_QUEUE_FRAMES`, everything for
`MIC_REPLAY_BYTES`; the oldest is dropped. What was sent stays until the conversation has it in
words, so that an engine that takes over hears the utterance from its beginning.
"""

from collections import deque

from coach.voice import limits, pcm
from coach.voice.interfaces import Engine


class Microphone:
    """Frames (PCM s16le mono 24 kHz) in the order in which they came."""

    def __init__(self) -> None:
        self._frames: deque[tuple[float, bytes]] = deque()  # when it came, in the relay's seconds
        self._bytes = 0
        self._unsent = 0  # of the frames, the last so many
        self._limit = limits.MIC_QUEUE_FRAMES

    @property
    def unsent(self) -> int:
        """Frames that no engine was sent yet."""
        return self._unsent

    def add(self, frame: bytes, at: float) -> None:
        """Keep a frame that came at `at`."""
        self._frames.append((at, frame))
        self._bytes += len(frame)
        self._unsent += 1
        while self._bytes > limits.MIC_REPLAY_BYTES:
            self._drop_oldest()

    def send_to(self, engine: Engine) -> None:
        """Send what is not sent, as far as the engine takes it. Raises EngineError."""
        while self._unsent and not engine.congested:
            engine.append(self._frames[-self._unsent][1])
            self._unsent -= 1
        if self._unsent <= limits.MIC_QUEUE_FRAMES:
            self._limit = limits.MIC_QUEUE_FRAMES
        # Counted as sent, but never heard: the oldest of what a slow engine does not take.
        self._unsent = min(self._unsent, self._limit)

    def replay(self, since: float) -> None:
        """Another engine takes over: it must hear everything that came after `since`."""
        self._unsent = sum(at > since for at, _ in self._frames)
        self._limit = self._unsent + limits.MIC_QUEUE_FRAMES

    def forget(self, before: float) -> None:
        """What came before then is in words; it is not needed any more once it is sent."""
        while len(self._frames) > self._unsent and self._frames[0][0] < before:
            self._drop_oldest()

    def loud_since(self) -> tuple[int, int]:
        """So many milliseconds ago it became loud, up to `ONSET_MS`, and quiet again; or 0, 0.

        Looked up only when an engine has noticed speech, in the frames that are here anyway.
        """
        passed = began = ended = quiet = 0
        newer_at = self._frames[-1][0] if self._frames else 0.0
        for at, frame in reversed(self._frames):
            gap_ms = round((newer_at - at) * 1000)  # the page sent nothing meanwhile
            newer_at = at
            if passed >= limits.ONSET_MS or gap_ms > limits.ONSET_GAP_MS:
                break
            ms = len(frame) // limits.BYTES_PER_MS
            if is_loud(frame):
                ended = ended if began else passed
                began, quiet = passed + ms, 0
            else:
                quiet += ms
                if began and quiet >= limits.ONSET_GAP_MS:
                    break
            passed += ms
        return began, ended

    def _drop_oldest(self) -> None:
        _, frame = self._frames.popleft()
        self._bytes -= len(frame)
        self._unsent = min(self._unsent, len(self._frames))


def is_loud(frame: bytes) -> bool:
    """Loud enough to be speech (PCM s16le)."""
    return pcm.rms(pcm.from_bytes(frame)) > limits.BARGE_IN_LOUD
