"""Tokens: what a response read and wrote, what of it was read before, and the budgets."""

from collections import deque

from coach.engine import limits
from coach.engine.llm.types import LlmUsage
from coach.engine.protocol.usage import CachedTokens, InputDetails, OutputDetails, RateLimit, Usage
from coach.engine.session.conversation_items import Item, MessageItem

NOTHING_READ = InputDetails(
    text_tokens=0, audio_tokens=0, cached_tokens=0, cached_tokens_details=CachedTokens()
)
"""Of a response that ended before it was generated."""


def text_tokens(text: str) -> int:
    """About four characters make a token."""
    return -(-len(text) // limits.CHARS_PER_TOKEN)


def item_tokens(item: Item) -> tuple[int, int]:
    """(text, audio) tokens of an item: sound counts by its length, writing by its letters."""
    if not isinstance(item, MessageItem):
        wire = item.entry()
        return text_tokens("".join(str(getattr(wire, name)) for name in wire.__struct_fields__)), 0
    text = audio = 0
    pace = limits.AUDIO_OUT_TOKEN_MS if item.role == "assistant" else limits.AUDIO_IN_TOKEN_MS
    for part in item.parts:
        if part.is_audio:
            audio += -(-part.ms // pace)
        else:
            text += text_tokens(part.text or "")
    return text, audio


class TokenMeter:
    """Counts for one session. A prefix that the last response read too counts as cached."""

    def __init__(self) -> None:
        self._last: list[tuple[str, int, int]] = []
        self._drawn: deque[tuple[float, int]] = deque()

    def read(self, preamble: str, items: list[Item]) -> InputDetails:
        """Tokens of a prompt: instructions and tools first, then the items."""
        now = [(preamble, text_tokens(preamble), 0)]
        now += [(item.id, *item_tokens(item)) for item in items]
        cached = CachedTokens()
        for old, new in zip(self._last, now, strict=False):
            if old != new:
                break
            cached.text_tokens += new[1]
            cached.audio_tokens += new[2]
        self._last = now
        return InputDetails(
            text_tokens=sum(one[1] for one in now),
            audio_tokens=sum(one[2] for one in now),
            cached_tokens=cached.text_tokens + cached.audio_tokens,
            cached_tokens_details=cached,
        )

    def draw(self, tokens: int, now: float) -> bool:
        """Books a request; False where the minute's budget does not allow it."""
        while self._drawn and self._drawn[0][0] <= now - 60:
            self._drawn.popleft()
        spent = sum(one for _, one in self._drawn)
        if len(self._drawn) >= limits.REQUESTS_PER_MINUTE:
            return False
        if spent + tokens > limits.TOKENS_PER_MINUTE:
            return False
        self._drawn.append((now, tokens))
        return True

    def left(self, now: float) -> list[RateLimit]:
        """What is left of the minute's budgets."""
        reset = max(0.0, self._drawn[0][0] + 60 - now) if self._drawn else 0.0
        spent = sum(one for _, one in self._drawn)
        return [
            RateLimit(
                name="requests",
                limit=limits.REQUESTS_PER_MINUTE,
                remaining=max(0, limits.REQUESTS_PER_MINUTE - len(self._drawn)),
                reset_seconds=round(reset, 3),
            ),
            RateLimit(
                name="tokens",
                limit=limits.TOKENS_PER_MINUTE,
                remaining=max(0, limits.TOKENS_PER_MINUTE - spent),
                reset_seconds=round(reset, 3),
            ),
        ]


def counted_usage(read: InputDetails, text: int, audio: int) -> Usage:
    """The usage of a response that wrote so many tokens, by our count."""
    inputs = read.text_tokens + read.audio_tokens
    return Usage(
        total_tokens=inputs + text + audio,
        input_tokens=inputs,
        output_tokens=text + audio,
        input_token_details=read,
        output_token_details=OutputDetails(text_tokens=text, audio_tokens=audio),
    )


def reported_usage(found: LlmUsage) -> Usage:
    """The usage of a response as its endpoint counted it: text in, text out."""
    read = InputDetails(
        text_tokens=found.read,
        audio_tokens=0,
        cached_tokens=found.cached,
        cached_tokens_details=CachedTokens(text_tokens=found.cached),
    )
    return counted_usage(read, found.written, 0)
