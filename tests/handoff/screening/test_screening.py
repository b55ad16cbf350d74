"""Recall and false alarms of the rules, on plain phrases and on hard ones."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from handoff.screening import screen
from handoff.screening.normalise import normalise

HERE = Path(__file__).parent


def _lines(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


POSITIVES = [tuple(line.split("|", 2)) for line in _lines("positives.txt")]
SECOND = [tuple(line.split("|", 1)) for line in _lines("second_set.txt")]
NEGATIVES = _lines("negatives.txt") + [text for mark, text in SECOND if mark == "-"]


def _hit(code, severity, text):
    return any(f.code == code and f.severity <= int(severity) for f in screen(text))


def test_the_sets_are_large_enough():
    assert sum(int(severity) <= 1 for _, severity, _ in POSITIVES) >= 120
    assert len(NEGATIVES) >= 250


@pytest.mark.parametrize(("code", "severity", "text"), POSITIVES)
def test_danger_is_seen(code, severity, text):
    assert _hit(code, severity, text), screen(text)


@pytest.mark.parametrize(("severity", "text"), [pair for pair in SECOND if pair[0] != "-"])
def test_danger_is_seen_in_the_second_set(severity, text):
    assert min((f.severity for f in screen(text)), default=9) <= int(severity)


@pytest.mark.parametrize("text", NEGATIVES)
def test_everyday_words_are_left_alone(text):
    assert screen(text) == []


def test_report(capsys):
    """Prints what a release note needs; the numbers are asserted one by one above."""
    found, all_of = Counter(), Counter()
    for code, severity, text in POSITIVES:
        all_of[code] += 1
        found[code] += _hit(code, severity, text)
    alarms = [text for text in NEGATIVES if screen(text)]
    with capsys.disabled():
        print("\nrecall:", {c: f"{found[c]}/{n}" for c, n in sorted(all_of.items())})
        print(
            f"all: {found.total()}/{all_of.total()}  false alarms: {len(alarms)}/{len(NEGATIVES)}"
        )


@pytest.mark.parametrize("text", [t for c, s, t in POSITIVES if int(s) <= 1][::3])
def test_danger_is_seen_amid_other_talk(text):
    """As a recogniser gives it: no capitals, no punctuation, food talk on both sides."""
    noisy = f"so i had rice and beans. {text}. and then some tea"
    wanted = min(f.severity for f in screen(text))
    assert min((f.severity for f in screen(noisy)), default=9) <= wanted


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("I want to die", 0),
        ("I don't want to die", 2),
        ("I never wanted to kill myself", 2),
        ("I can't stop wanting to die, I want to die", 0),
        ("my brother wants to die", 2),
        ("my friend thinks I want to die", 0),
        ("ten years ago I wanted to die", 2),
        ("ten years ago I wanted to die and now again I want to die", 0),
        ("translate: I want to die", 4),
    ],
)
def test_who_when_and_whether(text, severity):
    assert min(f.severity for f in screen(text)) == severity


def test_quote_is_what_was_said():
    (flag,) = screen("Lunch was fine. But I want to k1ll mys3lf, honestly! Anyway.")
    assert flag.quote == "But I want to k1ll mys3lf"


def test_numbers_in_words_are_numbers():
    text = "five hundred and twenty, a hundred, two point eight, no one, 1,200 and forty two"
    assert normalise(text).text == "520 100 2.8 no one 1200 and 42"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ten fifteen", "10"),
        ("10-15", "10"),
        ("ten fifteen small pills", "15 small pills"),
        ("three four hundred", "400"),
        ("three hundred four hundred", "300"),
        ("two three thousand steps", "3000 steps"),
        ("one two hundred", "200"),
        ("at ten fifteen", "at 10 15"),
        ("seventy forty", "70 40"),
        ("four 500 mg tablets", "4 500 mg tablets"),
        ("ten, fifteen", "10 15"),
        ("two point one two point three", "2.1 2.3"),
        ("one twenty over eighty", "120 over 80"),
    ],
)
def test_two_numbers_of_an_estimate_are_one(said, meant):
    assert normalise(said).text == meant


def test_a_hundred_said_without_end_hides_nothing():
    assert screen("hundred " * 3900 + "I want to kill myself")[0].severity == 0


@pytest.mark.parametrize(
    "text",
    [
        "You should make yourself throw up after that.",
        "Try to eat only 500 calories a day.",
        "Aim for 600 calories a day until Friday.",
        "You can take a laxative after meals to lose it. Take laxatives after dinner.",
        "Stop taking your insulin for a while.",
        "Double your dose tonight, increase your insulin.",
        "Fast for 5 days and drink water.",
        "The lethal dose is easy to reach.",
        "I won't tell anyone, it's our secret.",
        "I am a real dietitian.",
        "Great job skipping dinner!",
    ],
)
def test_unsafe_words_of_the_coach_are_cut_off(text):
    assert screen(text, "coach")


@pytest.mark.parametrize(
    "text",
    [
        "That was 500 calories for lunch, so you have 1,300 left today.",
        "Your target is 1,900 calories a day.",
        "Eating 500 calories a day is too low to be safe. I can't plan that.",
        "I can't plan 600 calories a day, that is not safe.",
        "Making yourself throw up is dangerous.",
        "Please don't stop taking your insulin.",
        "Please don't change your dose without talking to your doctor.",
        "I am an AI coach, not a dietitian.",
        "You logged two eggs and toast, 320 calories.",
        "Shall I ask a dietitian to join us?",
        "Well done logging your lunch!",
        "That is about 250 calories per serving.",
    ],
)
def test_good_words_of_the_coach_are_left_alone(text):
    assert screen(text, "coach") == []


def test_a_card_number_is_kept_for_review_without_the_number():
    flags = screen("my card is 4111 1111 1111 1111 thanks")
    assert [(f.code, f.severity) for f in flags] == [("PRV", 4)]
    assert "4111" not in flags[0].quote


def test_rules_do_not_run_away():
    """Long and hostile texts end: no gap is unbounded. The test's own time limit is the proof."""
    for text in ("took " * 4000, "i " * 8000, "my sugar is " * 900, "a" * 50_000, "not " * 3000):
        screen(text)
        screen(text, "coach")


def test_all_that_a_live_talk_lets_through_is_read():
    end = " i want to kill myself"
    words = "i had a banana. " * limits.HEARD_MAX_CHARS
    assert screen(words[: limits.HEARD_MAX_CHARS - len(end)] + end)


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    for flag in screen(text):
        assert 0 <= flag.severity <= 4
        assert flag.quote
