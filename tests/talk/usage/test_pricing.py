"""Counts and prices, against sums done by hand with the published table (USD per million)."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.talk.usage.pricing import TOKENS_MAX, Kind, Prices, Tokens, price, read_usage


def prices(text: str, audio: str, image: str, second: str | None = None) -> Prices:
    """`text` and `audio` as "in cached out", `image` as "in cached"."""
    ti, tc, to = map(Decimal, text.split())
    ai, ac, ao = map(Decimal, audio.split())
    ii, ic = map(Decimal, image.split())
    return Prices(
        text_in=ti, text_cached=tc, text_out=to, audio_in=ai, audio_cached=ac, audio_out=ao,
        image_in=ii, image_cached=ic, second=Decimal(second) if second else None,
    )  # fmt: skip


REALTIME = prices("4 0.40 24", "32 0.40 64", "5 0.50")  # gpt-realtime-2.1
MINI = prices("0.60 0.06 2.40", "10 0.30 20", "0.80 0.08")  # gpt-realtime-2.1-mini
WHISPER = Prices(second=Decimal("0.006") / 60)
TRANSCRIBE = Prices(text_in=Decimal("1.25"), audio_in=Decimal("1.25"), text_out=Decimal(5))
FREE = prices("0 0 0", "0 0 0", "0 0", "0")
M = 1_000_000


@pytest.mark.parametrize(
    ("used", "table", "usd"),
    [
        # One million of one kind is its price.
        (Tokens(text_in=M), REALTIME, "4"),
        (Tokens(text_in=M, text_cached=M), REALTIME, "0.40"),
        (Tokens(text_out=M), REALTIME, "24"),
        (Tokens(audio_in=M), REALTIME, "32"),
        (Tokens(audio_in=M, audio_cached=M), REALTIME, "0.40"),
        (Tokens(audio_out=M), REALTIME, "64"),
        (Tokens(image_in=M), REALTIME, "5"),
        (Tokens(image_in=M, image_cached=M), REALTIME, "0.50"),
        (Tokens(audio_in=M, audio_cached=M), MINI, "0.30"),
        (Tokens(text_in=M, text_cached=M), MINI, "0.06"),
        (Tokens(image_in=M), MINI, "0.80"),
        # Half of it cached: 500,000 at 32 and 500,000 at 0.40.
        (Tokens(audio_in=M, audio_cached=M // 2), REALTIME, "16.20"),
        # An answer: 1,200 text (1,024 cached) and 600 audio (100 cached) in, 40 and 180 out.
        #   176*4 + 1024*0.4 + 500*32 + 100*0.4 + 40*24 + 180*64 = 29,633.6 millionths
        (
            Tokens(
                text_in=1200, text_cached=1024, audio_in=600, audio_cached=100,
                text_out=40, audio_out=180,
            ),
            REALTIME,
            "0.02963360",
        ),
        # The same on mini: 176*0.6 + 1024*0.06 + 500*10 + 100*0.3 + 40*2.4 + 180*20 = 8,893.04
        (
            Tokens(
                text_in=1200, text_cached=1024, audio_in=600, audio_cached=100,
                text_out=40, audio_out=180,
            ),
            MINI,
            "0.00889304",
        ),
        # A minute of listening is 600 audio tokens, one of speaking 1,200: the derived figures.
        (Tokens(audio_in=600), REALTIME, "0.0192"),
        (Tokens(audio_out=1200), REALTIME, "0.0768"),
        (Tokens(audio_in=600), MINI, "0.006"),
        (Tokens(audio_out=1200), MINI, "0.024"),
        # Time: 90 seconds at 0.006 a minute; 2 seconds, rounded half up at the eighth digit.
        (Tokens(seconds=Decimal(90)), WHISPER, "0.009"),
        (Tokens(seconds=Decimal("1.0001")), WHISPER, "0.00010001"),
        (Tokens(audio_in=500, text_out=30), TRANSCRIBE, "0.000775"),
        # The smallest thing that is paid for is not rounded away.
        (Tokens(text_in=1, text_cached=1), MINI, "0.00000006"),
        (Tokens(text_in=9999, audio_out=9999), FREE, "0"),
        (Tokens(), REALTIME, "0"),
    ],
)  # fmt: skip
def test_the_sums_are_those_of_the_table(used: Tokens, table: Prices, usd: str):
    assert price(used, table) == Decimal(usd)


@pytest.mark.parametrize(
    "used",
    [Tokens(audio_in=1), Tokens(seconds=Decimal(1)), Tokens(image_in=1), Tokens(text_out=1)],
)
def test_what_has_no_price_is_not_free(used: Tokens):
    assert price(used, Prices(text_in=Decimal(1))) is None


def test_what_was_not_used_needs_no_price():
    assert price(Tokens(text_in=M), Prices(text_in=Decimal(1))) == 1


def test_cached_tokens_without_a_price_of_their_own_cost_the_full_one():
    assert price(Tokens(text_in=M, text_cached=M), Prices(text_in=Decimal(3))) == 3


WHOLE = {
    "total_tokens": 2020,
    "input_tokens": 1800,
    "output_tokens": 220,
    "input_token_details": {
        "text_tokens": 1150,
        "audio_tokens": 600,
        "image_tokens": 50,
        "cached_tokens": 1124,
        "cached_tokens_details": {"text_tokens": 1024, "audio_tokens": 100, "image_tokens": 0},
    },
    "output_token_details": {"text_tokens": 40, "audio_tokens": 180},
}


def test_a_whole_usage_is_read_as_it_is():
    assert read_usage("response", WHOLE) == Tokens(
        text_in=1150, audio_in=600, image_in=50, text_cached=1024, audio_cached=100,
        text_out=40, audio_out=180,
    )  # fmt: skip


def test_totals_without_details_are_audio_in_a_talk_and_text_in_a_note():
    talk = read_usage("response", {"input_tokens": 100, "output_tokens": 20})
    assert talk == Tokens(audio_in=100, audio_out=20)
    heard = read_usage("transcription", {"input_tokens": 100, "output_tokens": 20})
    assert heard == Tokens(audio_in=100, text_out=20)
    note = read_usage("note", {"prompt_tokens": 100, "completion_tokens": 20})
    assert note == Tokens(text_in=100, text_out=20)


def test_what_a_note_does_not_name_is_text():
    told = {
        "prompt_tokens": 300,
        "completion_tokens": 90,
        "prompt_tokens_details": {"audio_tokens": 120, "cached_tokens": 64},
        "completion_tokens_details": {"audio_tokens": 60, "reasoning_tokens": 10},
    }
    assert read_usage("note", told) == Tokens(
        text_in=180, audio_in=120, text_cached=64, text_out=30, audio_out=60, reasoning=10
    )


def test_a_sum_of_cached_tokens_is_text_first():
    told = {
        "input_tokens": 500,
        "input_token_details": {"text_tokens": 200, "audio_tokens": 300, "cached_tokens": 250},
    }
    assert read_usage("response", told) == Tokens(
        text_in=200, audio_in=300, text_cached=200, audio_cached=50
    )


def test_no_more_is_cached_than_was_read():
    told = {
        "input_token_details": {
            "text_tokens": 10,
            "audio_tokens": 5,
            "cached_tokens": 9999,
            "cached_tokens_details": {"text_tokens": 500, "audio_tokens": 500},
        }
    }
    used = read_usage("response", told)
    assert (used.text_cached, used.audio_cached, used.image_cached) == (10, 5, 0)


def test_reasoning_beside_the_text_is_paid_as_text_and_inside_it_not_twice():
    beside = {
        "output_tokens": 150,
        "output_token_details": {"text_tokens": 20, "audio_tokens": 80, "reasoning_tokens": 50},
    }
    assert read_usage("response", beside) == Tokens(text_out=70, audio_out=80, reasoning=50)
    inside = {
        "output_tokens": 100,
        "output_token_details": {"text_tokens": 20, "audio_tokens": 80, "reasoning_tokens": 15},
    }
    assert read_usage("response", inside) == Tokens(text_out=20, audio_out=80, reasoning=15)


def test_seconds_are_read_where_time_is_paid_for():
    assert read_usage("transcription", {"type": "duration", "seconds": 3.2}) == Tokens(
        seconds=Decimal("3.200")
    )
    assert read_usage("transcription", {"type": "duration", "seconds": "12"}).seconds == 12
    assert read_usage("transcription", {"type": "duration", "seconds": -1}).seconds == 0
    tokens = read_usage("transcription", {"type": "tokens", "input_tokens": 8, "seconds": 2})
    assert tokens == Tokens(audio_in=8)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        (12, 12), ("12", 12), (" 7 ", 7), (3.9, 3), (-5, 0), ("-5", 0), (True, 0), (None, 0),
        (float("nan"), 0), (float("inf"), 0), ("NaN", 0), ("many", 0), ([5], 0), ({"a": 1}, 0),
        (TOKENS_MAX, TOKENS_MAX), (TOKENS_MAX + 1, 0), ("9" * 5000, 0), (10**4400, 0),
        ("1e999999999", 0),
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, int) or value < 10**9 else "huge",
)  # fmt: skip
def test_what_cannot_be_a_count_is_nothing(told: object, count: int):
    used = read_usage("response", {"input_token_details": {"text_tokens": told}})
    assert used == Tokens(text_in=count)


NAMES = (
    "input_tokens", "output_tokens", "input_token_details", "output_token_details", "text_tokens",
    "audio_tokens", "image_tokens", "cached_tokens", "cached_tokens_details", "reasoning_tokens",
    "prompt_tokens", "prompt_tokens_details", "seconds",
)  # fmt: skip
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=8,
        )
    ),
    max_leaves=20,
)


@given(told=junk.filter(lambda value: isinstance(value, dict)))
def test_whatever_an_engine_says_the_counts_are_sane(told):
    for kind in get_args(Kind):
        used = read_usage(kind, told)
        assert min(used.text_in, used.audio_in, used.image_in, used.text_out, used.audio_out) >= 0
        for one in ("text", "audio", "image"):
            assert 0 <= getattr(used, f"{one}_cached") <= getattr(used, f"{one}_in")
        assert used.seconds is None or 0 <= used.seconds <= 86_400
        cost = price(used, REALTIME)
        assert (cost is None) == bool(used.seconds)  # time has no price in this table
        assert cost is None or cost >= 0
