"""What an answer cost: from the counts that an engine reports to money. Pure, no rows.

An engine is not believed blindly. Counts come as numbers, as strings, negative, absurd or not at
all; what cannot be a count is nothing. How gaps are filled:

- Cached tokens are a part of the input, of each kind at most what was read of that kind. Where only
  their sum is told they are text first, then audio, then pictures: instructions and tools are the
  beginning of every prompt, and only a beginning is cached.
- Tokens of a total that no detail names are audio in a talk, in and out: the dearer kind, since a
  budget that counts too little protects nobody. A transcription reads audio and writes text; a
  voice note names its audio, so the rest of it is text.
- Reasoning tokens that stand beside text and audio are paid as text; inside them, not again.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal

import msgspec

Kind = Literal["response", "transcription", "note", "translation", "summary"]

TOKENS_MAX = 10_000_000  # of one kind in one answer; contexts end at 128,000
SECONDS_MAX = Decimal(86_400)
NUMBER_MAX_CHARS = 24
PER = Decimal(1_000_000)
STEP = Decimal("0.00000001")  # a hundred-millionth of a dollar: one cached text token is 0.00000006

# What a total holds beyond its details: (read, written).
REST: dict[Kind, tuple[str, str]] = {
    "response": ("audio", "audio"),
    "transcription": ("audio", "text"),
    "note": ("text", "text"),
    "translation": ("audio", "audio"),
    "summary": ("text", "text"),
}


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens by kind; cached ones are a part of those read. `seconds`: where time is paid for."""

    text_in: int = 0
    audio_in: int = 0
    image_in: int = 0
    text_cached: int = 0
    audio_cached: int = 0
    image_cached: int = 0
    text_out: int = 0
    audio_out: int = 0
    reasoning: int = 0
    seconds: Decimal | None = None

    @property
    def read(self) -> int:
        return self.text_in + self.audio_in + self.image_in

    @property
    def cached(self) -> int:
        return self.text_cached + self.audio_cached + self.image_cached


class Prices(msgspec.Struct, frozen=True, kw_only=True):
    """USD per million tokens, and per second of audio. None: this model has no such price."""

    text_in: Decimal | None = None
    text_cached: Decimal | None = None
    text_out: Decimal | None = None
    audio_in: Decimal | None = None
    audio_cached: Decimal | None = None
    audio_out: Decimal | None = None
    image_in: Decimal | None = None
    image_cached: Decimal | None = None
    second: Decimal | None = None


def price(used: Tokens, prices: Prices) -> Decimal | None:
    """USD, to eight digits. None when something was used that has no price: never 0 in its place.

    Cached tokens without a price of their own cost what uncached ones do.
    """
    cost = Decimal(0)
    for kind in ("text", "audio", "image"):
        read, cached = getattr(used, f"{kind}_in"), getattr(used, f"{kind}_cached")
        full = getattr(prices, f"{kind}_in")
        less = getattr(prices, f"{kind}_cached")
        for count, each in ((read - cached, full), (cached, full if less is None else less)):
            if count and each is None:
                return None
            cost += count * (each or 0) / PER
    for count, each in ((used.text_out, prices.text_out), (used.audio_out, prices.audio_out)):
        if count and each is None:
            return None
        cost += count * (each or 0) / PER
    if used.seconds:
        if prices.second is None:
            return None
        cost += used.seconds * prices.second
    return cost.quantize(STEP, ROUND_HALF_UP)


def whole(usd: Decimal | None) -> Decimal:
    """A sum of costs to the digits that costs have: SQLite sums in binary and is off by a trace."""
    return (usd or Decimal(0)).quantize(STEP, ROUND_HALF_UP)


def read_usage(kind: Kind, told: dict[str, Any]) -> Tokens:
    """The counts in what an engine tells of a response, a transcription or a note (any shape)."""
    seconds = _seconds(told)
    if seconds is not None:
        return Tokens(seconds=seconds)
    rest_in, rest_out = REST[kind]
    inputs = _part(told, "input_token_details", "prompt_tokens_details")
    outputs = _part(told, "output_token_details", "completion_tokens_details")
    read = {one: _count(inputs, f"{one}_tokens") for one in ("text", "audio", "image")}
    read[rest_in] += max(0, _count(told, "input_tokens", "prompt_tokens") - sum(read.values()))
    written = {one: _count(outputs, f"{one}_tokens") for one in ("text", "audio")}
    reasoning = _count(outputs, "reasoning_tokens")
    rest = max(0, _count(told, "output_tokens", "completion_tokens") - sum(written.values()))
    written["text"] += min(rest, reasoning)
    written[rest_out] += rest - min(rest, reasoning)
    cached = _cached(inputs, read)
    return Tokens(
        text_in=read["text"],
        audio_in=read["audio"],
        image_in=read["image"],
        text_cached=cached["text"],
        audio_cached=cached["audio"],
        image_cached=cached["image"],
        text_out=written["text"],
        audio_out=written["audio"],
        reasoning=reasoning,
    )


def _cached(inputs: dict[str, Any], read: dict[str, int]) -> dict[str, int]:
    """Cached tokens by kind, none more than was read."""
    told = _part(inputs, "cached_tokens_details")
    cached = {one: min(_count(told, f"{one}_tokens"), read[one]) for one in read}
    rest = _count(inputs, "cached_tokens") - sum(cached.values())
    for one in read:  # text first
        more = max(0, min(rest, read[one] - cached[one]))
        cached[one] += more
        rest -= more
    return cached


def _part(told: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        if isinstance(found := told.get(name), dict):
            return found
    return {}


def _count(told: dict[str, Any], *names: str) -> int:
    """The first of `names` that is told, as a count; 0 when it cannot be one."""
    for name in names:
        if told.get(name) is not None:
            number = _number(told[name])
            return int(number) if number is not None and number <= TOKENS_MAX else 0
    return 0


def _seconds(told: dict[str, Any]) -> Decimal | None:
    """Seconds of audio, where the engine counts those and no tokens."""
    counts_tokens = any(told.get(name) is not None for name in ("input_tokens", "prompt_tokens"))
    if told.get("seconds") is None or counts_tokens:
        return None
    number = _number(told["seconds"])
    return number.quantize(Decimal("0.001")) if number and number <= SECONDS_MAX else Decimal(0)


def _number(value: Any) -> Decimal | None:
    """A number from 0 up; None when it is not one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    # A string or an integer of thousands of digits is no number but an attack.
    if isinstance(value, int) and value.bit_length() > 64:
        return None
    if isinstance(value, str) and len(value) > NUMBER_MAX_CHARS:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
