"""Tokens and seconds as events tell them: of transcriptions, of responses, and of budgets."""

from typing import Literal

import msgspec


class InputTokens(msgspec.Struct, kw_only=True):
    """Tokens of input, by kind."""

    text_tokens: int
    audio_tokens: int


class TokenUsage(msgspec.Struct, kw_only=True, tag_field="type", tag="tokens"):
    """Transcription billed by token."""

    total_tokens: int
    input_tokens: int
    input_token_details: InputTokens
    output_tokens: int


class DurationUsage(msgspec.Struct, kw_only=True, tag_field="type", tag="duration"):
    """Transcription billed by time."""

    seconds: float


class CachedTokens(msgspec.Struct, kw_only=True):
    """The part of the input that was there before."""

    text_tokens: int = 0
    audio_tokens: int = 0
    image_tokens: int = 0


class InputDetails(msgspec.Struct, kw_only=True):
    """Input tokens by kind; `cached_tokens` is a part of them."""

    text_tokens: int
    audio_tokens: int
    image_tokens: int = 0
    cached_tokens: int
    cached_tokens_details: CachedTokens


class OutputDetails(msgspec.Struct, kw_only=True):
    """Output tokens by kind."""

    text_tokens: int
    audio_tokens: int


class Usage(msgspec.Struct, kw_only=True):
    """Tokens of one response."""

    total_tokens: int
    input_tokens: int
    output_tokens: int
    input_token_details: InputDetails
    output_token_details: OutputDetails


class RateLimit(msgspec.Struct, kw_only=True):
    """What is left of a budget."""

    name: Literal["requests", "tokens"]
    limit: int
    remaining: int
    reset_seconds: float
