"""One end of an expert's voice takeover: it numbers what it sends, and fences what comes.

Both ends are alike. Each frame says which of the other's frames arrived last, and whether a page
has played them, so that a person learns whether they are heard.
"""

from coach.voice import limits
from coach.voice.clock import Clock
from coach.wire import LiveSound, read_live_sound


class LiveEnd:
    """Of the floor's `epoch`.

    A frame's number is the time of its sending, in milliseconds since 1970, and always rises: it
    does so over reconnections, too.
    """

    def __init__(self, epoch: int, clock: Clock) -> None:
        self._epoch = epoch
        self._clock = clock
        self._sent = 0  # number of the last frame with sound
        self._last = 0  # and of the last frame at all
        self._newest = 0  # number of the other's last frame at all
        self._arrived = 0  # and of the last one with sound
        self._acknowledged = 0  # of our own, what the other has said to have arrived
        self._received_at = float("-inf")
        self._given = 0  # number of the last frame that our page was given
        self._played = 0  # and of the last one that it had been given when it said that it plays
        self._plays = False  # the other end's page has played what it was given

    def send(self, pcm: bytes = b"", *, words: bool = False) -> bytes:
        """The next frame to be published. Without sound it only says what has arrived."""
        self._last = max(self._last + 1, int(self._clock.wall() * 1000))
        if pcm:
            self._sent = self._last
        behind_ms = self._given - self._played
        played = self._played > 0 and behind_ms < limits.LIVE_HEARD_S * 1000
        return LiveSound(self._epoch, self._last, self._arrived, pcm, words, played).pack()

    def given(self, number: int) -> None:
        """Our page has been sent the frame of this number."""
        self._given = number

    def page_plays(self) -> None:
        """Our page says that it has played more of the other's sound."""
        self._played = self._given

    def receive(self, frame: bytes) -> LiveSound | None:
        """What was published; None: it is of another epoch, late, doubled or none of ours."""
        sound = read_live_sound(frame)
        if sound is None or sound.epoch != self._epoch:
            return None
        if len(sound.pcm) > limits.MIC_FRAME_MAX_BYTES or sound.number <= self._newest:
            return None
        self._newest = sound.number
        if sound.pcm:
            self._arrived = sound.number
        if sound.arrived <= self._last:
            self._acknowledged = max(self._acknowledged, sound.arrived)
        self._received_at = self._clock.now()
        self._plays = sound.played
        return sound

    @property
    def heard(self) -> bool:
        """The other end's page has played what was sent to it up to a moment ago."""
        return self.arrives and self._plays

    @property
    def arrives(self) -> bool:
        """The other end is there, and has what was sent to it up to a moment ago."""
        there = self._clock.now() - self._received_at < limits.LIVE_HEARD_S
        late_ms = self._sent - self._acknowledged
        return there and self._acknowledged > 0 and late_ms < limits.LIVE_HEARD_S * 1000
