"""The responses that are asked for and not sent yet."""

from typing import Literal

import msgspec

from coach.voice import limits

Kind = Literal["answer", "greeting", "hand_back", "script", "word"]
# Asked for by a person at the desk: dropped only when somebody else may speak.
OF_EXPERTS: frozenset[Kind] = frozenset({"hand_back", "word"})


class ResponseRequest(msgspec.Struct, frozen=True):
    """A response that the engine is to be asked for.

    `instructions` replace those of the session for this response; empty: those of the session.
    `script`: the reviewed words that it must speak verbatim. `attempt`: 0, or 1 for the retry.
    `losses`: how many engine connections were lost over it. `ref`: the host's number of the
    directive that asked for it, 0 for none. `after_playback`: not before the page has played what
    it has.
    """

    kind: Kind = "answer"
    instructions: str = ""
    tools: bool = True
    script: str = ""
    attempt: int = 0
    losses: int = 0
    ref: int = 0
    after_playback: bool = False

    def lost(self) -> "ResponseRequest":
        """The same request after one more lost connection."""
        return msgspec.structs.replace(self, losses=self.losses + 1)

    def retry(self) -> "ResponseRequest":
        """The same request as another attempt."""
        return msgspec.structs.replace(self, attempt=self.attempt + 1)


class RequestQueue:
    """Pending requests: scripts first, words last, plain answers coalesced.

    At most `PENDING_REQUESTS`.
    """

    def __init__(self) -> None:
        self._pending: list[ResponseRequest] = []

    def __bool__(self) -> bool:
        return bool(self._pending)

    @property
    def pending(self) -> tuple[ResponseRequest, ...]:
        """The requests in the order in which they are sent."""
        return tuple(self._pending)

    @property
    def only_words(self) -> bool:
        """Nothing else waits: no answer comes of what does. True of none."""
        return all(request.kind == "word" for request in self._pending)

    def remove_word(self, ref: int) -> None:
        """The word of this number is not to be spoken any more."""
        self._pending = [one for one in self._pending if (one.kind, one.ref) != ("word", ref)]

    @property
    def first(self) -> ResponseRequest:
        """The next request. Raises IndexError when none is pending."""
        return self._pending[0]

    @property
    def plain_answer_is_first(self) -> bool:
        """Whether the next request is what an engine would say without being asked."""
        first = self._pending[0] if self._pending else None
        return first is not None and first.kind == "answer" and not first.instructions

    def add(self, request: ResponseRequest) -> None:
        """Queue a request. One plain answer replies to all that was said before it."""
        if request.kind == "answer":
            for number, other in enumerate(self._pending):
                if other.kind == "answer":
                    if request.instructions:
                        self._pending[number] = request
                    return
        if len(self._pending) >= limits.PENDING_REQUESTS:
            # The last one is dropped: scripts stand first, and the oldest answers a danger.
            if request.kind != "script" and self._pending[-1].kind == "script":
                return
            self._pending.pop()
        self._pending.append(request)
        self._pending.sort(key=_place)

    def add_first(self, request: ResponseRequest) -> None:
        """Queue a request before all others, to send it again; a word goes behind answers."""
        self._pending.insert(0, request)
        if request.kind == "word":
            self._pending.sort(key=_place)

    def pop(self) -> ResponseRequest:
        """Remove and return the next request. Raises IndexError when none is pending."""
        return self._pending.pop(0)

    def drop(self, *, scripts: bool = False, hand_backs: bool = False) -> list[ResponseRequest]:
        """Drop pending requests, scripts and hand-backs only if named. Returns what was dropped."""
        spared: set[Kind] = set()
        if not scripts:
            spared.add("script")
        if not hand_backs:
            spared |= OF_EXPERTS
        dropped = [request for request in self._pending if request.kind not in spared]
        self._pending = [request for request in self._pending if request.kind in spared]
        return dropped


def _place(request: ResponseRequest) -> int:
    """Reviewed words answer a danger; an expert's word follows the answer to what was asked."""
    return {"script": 0, "word": 2}.get(request.kind, 1)
