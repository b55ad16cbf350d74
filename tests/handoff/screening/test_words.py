"""How what was said becomes plain words: spellings, what is misheard, numbers, repetitions."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoff.screening import misheard, spelling
from handoff.screening.context import IDIOM_STEMS, IDIOMS
from handoff.screening.normalise import MAX_CHARS, normalise
from handoff.screening.privacy import card_numbers
from handoff.screening.spoken_numbers import NUMBERS
from handoff.screening.tokens import _placed, _read, tokens

words = st.text(st.characters(categories=["Ll"], max_codepoint=0x7F), min_size=2, max_size=9)


def plain(text):
    return normalise(text).text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I'm done", "i am done"),
        ("I’m done", "i am done"),
        ("dont wanna", "do not want to"),
        ("gonna k1ll mys3lf", "going to kill myself"),
        ("KILL MYSELF", "kill myself"),
        ("kiiiill myseeelf", "kill myself"),
        ("s u i c i d e", "suicide"),
        ("um I uh want", "i want"),
        ("I I want to to die", "i want to die"),
        ("kms", "kill myself"),
        ("Ｉ ｗａｎｔ", "i want"),
        ("took 💊 and a 🔪", "took pills and a knife"),
        ("my mum's ill", "my mom is ill"),
        ("well, it's late", "well it is late"),
        ("No, I want to die", "no . i want to die"),
        ("one. two! three?", "one . 2 . 3 ."),
        ("", ""),
        ("…", "."),
    ],
)
def test_one_spelling_for_each_thing(written, meant):
    assert plain(written) == meant


@pytest.mark.parametrize(("heard", "meant"), misheard.HEARD.items())
def test_what_is_misheard_is_read_as_it_was_meant(heard, meant):
    """But for phrases that stand in the table to be left alone, or within a longer one."""
    assert plain(heard) == plain(meant)


def test_the_longest_misheard_phrase_is_tried_first():
    for phrases in misheard.PHRASES.values():
        lengths = [len(heard) for heard, _meant in phrases]
        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("table", ["WORDS", "CONTRACTIONS", "WITH_APOSTROPHE"])
def test_tables_are_lower_case_and_lead_to_no_second_table(table):
    for written, meant in getattr(spelling, table).items():
        assert written == written.lower()
        assert " " not in written
        assert meant
        if table == "WORDS" and meant not in spelling.CONTRACTIONS:
            assert plain(meant) == plain(written)


# --- numbers --------------------------------------------------------------------------------------

UNITS = [word for word, value in NUMBERS.items() if value < 20]
TENS = [word for word, value in NUMBERS.items() if value >= 20]


def in_words(number):
    """0 to 9,999 as a person says it."""
    if number >= 1000:
        rest = number % 1000
        return f"{UNITS[number // 1000]} thousand" + (f" {in_words(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{UNITS[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f" {UNITS[number % 10]}" if number % 10 else "")
    return UNITS[number]


@given(st.integers(2, 9_999))
def test_a_number_in_words_is_its_digits(number):
    assert plain(f"about {in_words(number)} pills") == f"about {number} pills"


@given(st.integers(0, 9_999), st.integers(0, 9))
def test_a_decimal_in_words_is_its_digits(whole, tenth):
    said = f"about {in_words(whole)} point {UNITS[tenth]} now"
    assert plain(said) == f"about {whole}.{tenth} now"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("no one", "no one"),
        ("one", "one"),
        ("a hundred", "100"),
        ("1,200 calories", "1200 calories"),
        ("2.8", "2.8"),
        ("two, three", "2 3"),
        ("the point", "the point"),
        ("hundred", "hundred"),
    ],
)
def test_what_is_a_number_and_what_is_not(said, read):
    assert plain(said) == read


# --- evidence -------------------------------------------------------------------------------------


@given(st.lists(words, min_size=1, max_size=30), st.data())
def test_the_original_words_stand_behind_every_stretch(said, data):
    source = " ".join(said)
    normal = normalise(source)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    quote = normal.original(start, end)
    assert quote
    assert quote in source


@given(st.text(max_size=300))
def test_no_text_is_longer_than_what_is_read(text):
    normal = normalise(text)
    assert all(0 <= word.start <= word.end <= len(text) for word in normal.words)
    assert all(word.text for word in normal.words)


def test_what_lies_behind_the_limit_is_not_read():
    assert normalise("a " * MAX_CHARS + "knife").text.endswith("a")


# --- card numbers ---------------------------------------------------------------------------------


def with_check_digit(digits):
    """The number with the last digit that Luhn's rule asks for."""
    return next(f"{digits}{last}" for last in range(10) if card_numbers(f"{digits}{last}"))


@given(st.text("0123456789", min_size=15, max_size=15))
def test_of_ten_last_digits_one_makes_a_card_number(digits):
    right = with_check_digit(digits)
    assert sum(card_numbers(f"{digits}{last}") for last in range(10)) == 1
    spaced = " ".join(right[i : i + 4] for i in range(0, 16, 4))
    assert card_numbers(f"my card is {spaced}, thanks")


@pytest.mark.parametrize("text", ["call 116 123", "1200 calories", "2026-11-22 12:00", "4111"])
def test_ordinary_numbers_are_no_cards(text):
    assert not card_numbers(text)


PIECES = ["no", "no,", ",", "-", ".", "...", "\n", "1,000", "2.5", "k1ll", "i'm", "two", "😢", "'"]


@given(st.lists(st.sampled_from([*PIECES, " ", " ", "\t", "x" * 50]), max_size=30).map("".join))
def test_words_are_read_between_spaces_as_they_are_in_the_whole_text(text):
    assert tokens(text) == _placed([(0, _read(text))])


@given(st.from_regex(IDIOMS, fullmatch=True))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_where_no_stem_of_an_idiom_is_there_is_none(idiom):
    assert any(stem in idiom for stem in IDIOM_STEMS)
