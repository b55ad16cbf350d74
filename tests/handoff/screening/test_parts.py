"""A text in parts tells what the whole text tells, and no part is long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.talk.registries.screened_parts import (
    CONTEXT_CHARS,
    LOOP_CHARS,
    THREAD_CHARS,
    parts_of,
)
from coach.talk.registries.screeners import screen_parts
from handoff import hooks as hooks  # the screener is registered
from handoff.screening import screen
from tests.handoff.screening.test_screening import NEGATIVES, POSITIVES, SECOND

LINES = [text for _code, _severity, text in POSITIVES]
LINES += [text for _mark, text in SECOND]
FILLER = "then i had rice and beans for lunch and walked home along the river with my cat "


def _whole(text, speaker="member"):
    return {flag.code: flag.severity for flag in screen(text, speaker)}


def _in_parts(text, seen=""):
    hits = screen_parts(parts_of(text, seen), "member", "en")
    return {flag.code: flag.severity for _screener, flags in hits for flag in flags}


@pytest.mark.parametrize("joint", [". ", " ", f". {FILLER}. ", f" {FILLER}"])
@pytest.mark.parametrize("start", range(0, len(LINES), 12))
def test_many_sentences_in_parts_tell_what_they_tell_together(start, joint):
    """Twelve: of one rule no more are told of a whole text."""
    text = joint.join(LINES[start : start + 12])
    assert _in_parts(text) == _whole(text)


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_is_understood_wherever_a_part_ends(line):
    told = _whole(line)
    for before in (520, 640, 2100):
        text = (FILLER * 40)[:before] + " . " + line + " . " + FILLER * 12
        assert _in_parts(text) == told


def test_what_is_harmless_is_harmless_in_parts():
    for start in range(0, len(NEGATIVES), 20):
        text = ". ".join(NEGATIVES[start : start + 20])
        assert _in_parts(text) == _whole(text)


@pytest.mark.parametrize("line", LINES[::4])
def test_what_grows_word_by_word_tells_no_less_than_the_whole(line):
    text = f"Good morning. {FILLER * 4}. {line}"
    words, seen, told = text.split(" "), "", {}
    for count in range(1, len(words) + 1):
        now = " ".join(words[:count])
        for code, severity in _in_parts(now, seen).items():
            told[code] = min(severity, told.get(code, severity))
        seen = now
    for code, severity in _whole(text).items():
        assert told[code] <= severity


def test_of_what_grows_only_the_end_is_read():
    said = "I had two eggs for breakfast. " * 100
    (part,) = parts_of(f"{said}Then I went", said)
    assert len(part.text) < 3 * CONTEXT_CHARS
    assert part.text.endswith("Then I went")
    assert parts_of(said, said) == []
    assert parts_of("", "") == []


def test_what_is_heard_anew_is_read_again():
    seen = "I want to diet. " + FILLER * 6
    now = "I want to die. " + FILLER * 6
    assert _in_parts(now, seen) == _whole(now)


@given(st.text(st.sampled_from("ab .!\n1"), max_size=9000), st.integers(0, 9000))
def test_own_stretches_are_the_text_and_no_part_is_long(text, known):
    parts = parts_of(text)
    assert "".join(part.text[slice(*part.own)] for part in parts) == text
    longest = LOOP_CHARS if len(text) <= LOOP_CHARS else THREAD_CHARS
    assert all(len(part.text) <= longest for part in parts)
    assert len(parts) <= 1 or len(text) > LOOP_CHARS
    fresh = parts_of(text, text[:known])
    own = "".join(part.text[slice(*part.own)] for part in fresh)
    assert text.endswith(own)
    assert len(own) >= min(len(text), len(text) - known)
