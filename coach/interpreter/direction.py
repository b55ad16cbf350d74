"""Whose words are shown and played, where two translation sessions hear one microphone.

Session "a" translates what person a says into b's language, session "b" the other way round. Both
hear everything, and both put everything into words: what a says comes out of session b as well, in
a's own language. So each stretch of speech has one speaker, told by its language, and only the
output of their session leaves here. While a direction is locked, or a button is held, a session
hears its own person alone: then there is nothing to tell.

Pure: inputs and the time go in, effects come out, in order. Output of a session lags behind what it
hears. So it is cut into segments, at its own pauses, and a segment belongs to the speech that was
heard when it began.
"""

from collections import deque
from collections.abc import Callable
from typing import Literal

import msgspec
from rapidfuzz import fuzz

from coach.interpreter import limits
from coach.interpreter.identify import Side as Side
from coach.voice import pcm
from coach.voice.limits import BYTES_PER_MS

SIDES: tuple[Side, Side] = ("a", "b")
OTHER: dict[Side, Side] = {"a": "b", "b": "a"}
SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "।")
ECHO_ALIKE = 85.0  # of 100
ECHO_LEAST_CHARS = 8


# --- inputs ---------------------------------------------------------------------------------------


class Heard(msgspec.Struct, frozen=True):
    """The session of `side` has put more of what it hears into words."""

    side: Side
    text: str


class Translated(msgspec.Struct, frozen=True):
    """More words of the translation that the session of `side` speaks."""

    side: Side
    text: str


class Sounded(msgspec.Struct, frozen=True):
    """More sound of that translation (PCM s16le mono 24 kHz)."""

    side: Side
    pcm: bytes


class Lost(msgspec.Struct, frozen=True):
    """The session of `side` is gone: nothing more comes of what it has heard."""

    side: Side


class Steer(msgspec.Struct, frozen=True):
    """`lock`: only this person is heard. `by_button`: only who holds theirs, which is `held`."""

    lock: Side | None = None
    by_button: bool = False
    held: Side | None = None


class Tick(msgspec.Struct, frozen=True):
    """Time has passed."""


class Finish(msgspec.Struct, frozen=True):
    """Nothing more comes of anybody: every line is whole."""


Input = Heard | Translated | Sounded | Lost | Steer | Tick | Finish


# --- effects --------------------------------------------------------------------------------------


class Line(msgspec.Struct):
    """What one person said, and its translation; both grow."""

    number: int
    side: Side
    original: str = ""
    translation: str = ""


class Show(msgspec.Struct, frozen=True):
    """The line as it stands now."""

    line: Line


class Play(msgspec.Struct, frozen=True):
    """Sound of the line's translation, for the other person."""

    line: Line
    pcm: bytes


class Whole(msgspec.Struct, frozen=True):
    """Nothing more is added to the line."""

    line: Line


Effect = Show | Play | Whole

# Who speaks in this stretch of speech. "echo": the loudspeaker. None: not known yet.
Speaker = Side | Literal["echo"] | None


class _Session(msgspec.Struct):
    """What one session hears and says."""

    heard: str = ""  # in this stretch of speech, as far as no line has it
    line: Line | None = None
    wanted: bool | None = None  # of the segment under way; None: it waits to be known
    said: str = ""  # the last of what was played, for echoes
    said_at: float = float("-inf")  # when output came last
    heard_at: float = float("-inf")
    held: deque[Translated | Sounded] = msgspec.field(default_factory=deque)


class Director:
    """`identify` tells whose language a text is in. `sides`: whose sessions there are.

    `first`: the number of the first line.
    """

    def __init__(
        self,
        identify: Callable[[str], Side | None],
        *,
        sides: tuple[Side, ...] = SIDES,
        first: int = 1,
    ) -> None:
        self._identify = identify
        self._alone = len(sides) == 1
        self._steer = Steer()
        self._sessions: dict[Side, _Session] = {side: _Session() for side in sides}
        self._opened = set(sides)  # that hear their own person alone, or did so before
        self._number = first
        self._speaker: Speaker = None
        self._last: Side = sides[0]  # the person who spoke last
        self._changed_at = float("-inf")  # when they began to
        self._begun_at = float("-inf")  # when this stretch of speech did
        self._heard_at = float("-inf")  # its last words
        self._sentence_over = False

    def is_open(self, side: Side) -> bool:
        """Whether this session is given the microphone's sound; else it is given silence."""
        if side not in self._sessions:
            return False
        if self._steer.by_button:
            return self._steer.held == side
        return self._steer.lock in (None, side)

    @property
    def busy(self) -> bool:
        """Somebody is in the middle of a line."""
        return any(session.line for session in self._sessions.values())

    def handle(self, given: Input, now: float) -> list[Effect]:
        """What follows from one input at `now`, in seconds of a clock that only rises."""
        match given:
            case Steer():
                self._turn(given)
                return []
            case Tick():
                return self._tick(now)
            case Finish():
                return [effect for side in self._sessions for effect in self._end_line(side)]
            case _ if given.side not in self._sessions:
                return []
            case Lost(side=side):
                return self._lose(side)
            case Heard(side=side, text=text):
                return self._hear(side, text, now)
            case Translated() | Sounded():
                return self._say(given.side, given, now)

    # --- what is heard --------------------------------------------------------------------------

    @property
    def _tells_apart(self) -> bool:
        """Whether it is the language that tells who speaks."""
        return not self._alone and self._steer.lock is None and not self._steer.by_button

    def _turn(self, steer: Steer) -> None:
        """Somebody else is to be heard from now on; what they have said goes on being shown."""
        told_apart = self._tells_apart
        self._steer = msgspec.structs.replace(steer, lock=None) if self._alone else steer
        if self._tells_apart:
            self._heard_at = float("-inf")  # what is heard next is a new stretch of speech
        elif told_apart and not self._alone:
            self._opened = set()
            for session in self._sessions.values():
                session.heard = ""
                _drop(session)
        self._opened |= {side for side in self._sessions if self.is_open(side)}

    def _hear(self, side: Side, text: str, now: float) -> list[Effect]:
        session = self._sessions[side]
        if not self._tells_apart:
            if side not in self._opened:
                return []  # the other person's words, from before the direction was locked
            self._last = side
        elif now - self._heard_at > limits.RUN_GAP_S or self._is_answer(text):
            self._begin(now)
        self._heard_at = session.heard_at = now
        session.heard += text
        if self._speaker == side and text.strip():
            self._sentence_over = text.rstrip()[-1] in SENTENCE_ENDS
        if not self._tells_apart:
            return [*self._take(side), *self._release(side)]
        if self._speaker is None:
            return self._decide(now)
        return self._take(side) if self._speaker == side else []

    def _is_answer(self, text: str) -> bool:
        """Whether these are the other person's words, who has not waited: the sentence was over."""
        if self._speaker in ("a", "b") and self._sentence_over:
            return self._identify(text) == OTHER[self._last]
        return False

    def _begin(self, now: float) -> None:
        """A new stretch of speech: it is not known whose."""
        self._speaker, self._begun_at = None, now
        for session in self._sessions.values():
            session.heard = ""

    def _decide(self, now: float) -> list[Effect]:
        """Who speaks, if it can be told by now: what was held back is put out, or dropped."""
        found: Side | None = None
        for session in self._sessions.values():
            found = found or self._identify(session.heard)
        if found is None and now - self._begun_at >= limits.UNDECIDED_S:
            found = self._last
        if found is None:
            return []
        if self._is_echo(found, now):
            self._speaker = "echo"
            _drop(self._sessions[found])
            return self._release(OTHER[found])
        self._speaker = found
        self._sentence_over = self._sessions[found].heard.rstrip()[-1:] in SENTENCE_ENDS
        _drop(self._sessions[OTHER[found]])
        if found != self._last:
            self._last, self._changed_at = found, now
        return [*self._take(found), *self._release(found)]

    def _is_echo(self, found: Side, now: float) -> bool:
        """Whether these are the words of the loudspeaker, heard by the microphone.

        It has spoken the language of `found`, in the session of the other person.
        """
        speaks = self._sessions[OTHER[found]]
        heard = max((session.heard for session in self._sessions.values()), key=len)
        return now - speaks.said_at <= limits.ECHO_S and is_echo(heard, speaks.said)

    def _take(self, side: Side) -> list[Effect]:
        """What this session has heard, into its line."""
        session = self._sessions[side]
        heard, session.heard = session.heard, ""
        if not heard.strip() and session.line is None:
            return []
        effects, line = self._line_for(side, heard)
        line.original += heard if line.original else heard.lstrip()
        return [*effects, Show(line)]

    # --- what is said ---------------------------------------------------------------------------

    def _say(self, side: Side, given: Translated | Sounded, now: float) -> list[Effect]:
        session = self._sessions[side]
        if isinstance(given, Sounded) and pcm.rms(pcm.from_bytes(given.pcm)) < limits.SILENT:
            # A server may send its silence, too: as a pause it is played, and it begins nothing.
            paused = session.wanted and now - session.said_at <= limits.PAUSE_S
            return self._put_out(side, given) if paused else []
        if now - session.said_at > limits.SEGMENT_GAP_S:
            session.wanted = self._wants(side)
        elif self._is_over(side, now) or self._repeats(side, given):
            session.wanted = False
        session.said_at = now
        if session.wanted is None:
            _hold(session.held, given)
            return []
        return self._put_out(side, given) if session.wanted else []

    def _wants(self, side: Side) -> bool | None:
        """Whether a segment that begins now is wanted; None: it is not known yet."""
        if not self._tells_apart:
            return side in self._opened
        if self._speaker == "echo":
            return side == self._last  # whose translation is heard
        return None if self._speaker is None else self._speaker == side

    def _is_over(self, side: Side, now: float) -> bool:
        """Somebody else has been speaking for so long that this cannot be what was said before."""
        other = self._tells_apart and self._last != side
        return other and now - self._changed_at > limits.TAIL_S

    def _repeats(self, side: Side, given: Translated | Sounded) -> bool:
        """Whether it says what it has just heard the other person say, in their own language."""
        if not self._tells_apart or self._last == side or isinstance(given, Sounded):
            return False
        return bool(given.text.strip()) and given.text.strip() in self._sessions[side].heard

    def _release(self, side: Side) -> list[Effect]:
        """The output of this session is wanted from now on, and what was held back."""
        session = self._sessions[side]
        held, session.held = session.held, deque()
        session.wanted = True
        return [effect for given in held for effect in self._put_out(side, given)]

    def _put_out(self, side: Side, given: Translated | Sounded) -> list[Effect]:
        if isinstance(given, Sounded):
            return [Play(self._line_of(side), given.pcm)]
        effects, line = self._line_for(side, given.text)
        line.translation = (
            line.translation + given.text if line.translation else given.text.lstrip()
        )
        session = self._sessions[side]
        session.said = (session.said + given.text)[-limits.ECHO_CHARS :]
        return [*effects, Show(line)]

    # --- lines ----------------------------------------------------------------------------------

    def _line_for(self, side: Side, more: str) -> tuple[list[Effect], Line]:
        """The line that these words belong to: another one, where there is no room for them."""
        line = self._sessions[side].line
        effects = self._end_line(side) if line and _is_full(line, more) else []
        return effects, self._line_of(side)

    def _line_of(self, side: Side) -> Line:
        session = self._sessions[side]
        if session.line is None:
            session.line = Line(self._number, side)
            self._number += 1
        return session.line

    def _end_line(self, side: Side) -> list[Effect]:
        session = self._sessions[side]
        line, session.line = session.line, None
        return [Whole(line)] if line else []

    def _lose(self, side: Side) -> list[Effect]:
        effects = self._end_line(side)
        self._sessions[side] = _Session()
        return effects

    def _tick(self, now: float) -> list[Effect]:
        effects: list[Effect] = []
        waits = self._tells_apart and self._speaker is None
        if waits and any(session.heard for session in self._sessions.values()):
            effects += self._decide(now)
        for side, session in self._sessions.items():
            quiet = now - max(session.said_at, session.heard_at) > limits.LINE_QUIET_S
            if session.line is not None and quiet:
                effects += self._end_line(side)
        return effects


def is_echo(heard: str, said: str) -> bool:
    """Whether these words are what was said by the loudspeaker."""
    heard = heard.strip()
    return len(heard) >= ECHO_LEAST_CHARS and fuzz.partial_ratio(heard, said) >= ECHO_ALIKE


def _drop(session: _Session) -> None:
    """What was held back is not wanted; a translation that is being played goes on."""
    session.held.clear()
    session.wanted = session.wanted or False


def _hold(held: deque[Translated | Sounded], given: Translated | Sounded) -> None:
    """Keep it until it is known who speaks; of sound no more than `HELD_MS`, the oldest dropped."""
    held.append(given)
    ms = sum(len(one.pcm) for one in held if isinstance(one, Sounded)) // BYTES_PER_MS
    while ms > limits.HELD_MS or len(held) > limits.HELD_TEXTS + limits.HELD_MS // 20:
        gone = held.popleft()
        ms -= len(gone.pcm) // BYTES_PER_MS if isinstance(gone, Sounded) else 0


def _is_full(line: Line, more: str) -> bool:
    """Long enough to go on in a line of its own: between two words, where there are words."""
    length = max(len(line.original), len(line.translation))
    between = more[:1].isspace() or length > 2 * limits.LINE_MAX_CHARS
    return length > limits.LINE_MAX_CHARS and between
