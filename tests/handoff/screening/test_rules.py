"""The notation of the rules, and what a match's surroundings make of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.screening import screen
from handoff.screening.match import MAX_QUOTE
from handoff.screening.patterns import LISTS, any_of, compiled, rule
from handoff.screening.rules import COACH_RULES, MEMBER_RULES

ALL = (*MEMBER_RULES, *COACH_RULES)
filler = st.lists(
    st.sampled_from(["rice", "and", "beans", "for", "lunch", "with", "my", "cat"]), max_size=12
)


def gravest(text, speaker="member"):
    return min((found.severity for found in screen(text, speaker)), default=None)


# --- the notation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("want to die", "i want to die", True),
        ("want to die", "i want to diet", False),
        ("die", "died", False),
        ("(want|need) to ~3 die", "need to go and really die", True),
        ("(want|need) to ~3 die", "need to die", True),
        ("(want|need) to ~3 die", "need to go and then really die", False),
        ("(want|need) to ~3 die", "need to . go . die", False),
        ("took {PILLS}", "took pills", True),
        ("took {PILLS}", "took care", False),
        ("took #", "took 2.8", True),
        ("took #", "took two", False),
        ("jump(?! (on|in))", "jump on", False),
        ("jump(?! (on|in))", "jump once", True),
    ],
)
def test_what_a_pattern_matches(pattern, text, found):
    assert bool(compiled(pattern).search(text)) is found


@pytest.mark.parametrize("pattern", ["want ~3", "~3 die", "want~3die"])
def test_a_gap_stands_between_two_words(pattern):
    with pytest.raises(ValueError, match="gap"):
        compiled(pattern)


def test_each_number_of_a_pattern_has_a_name_of_its_own():
    found = compiled("from # to #").search("from 3 to 4.5")
    assert found.groupdict() == {"number0": "3", "number1": "4.5"}


def test_alternatives_are_whole():
    assert compiled(any_of("a|b", "c")).fullmatch("c")
    assert not compiled(any_of("want a|b", "c")).fullmatch("want b")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_one_group(name):
    assert re.compile(LISTS[name])
    assert compiled("{" + name + "}").groups == 0


# --- the tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("found", ALL, ids=lambda found: f"{found.code}-{found.severity}")
def test_every_rule_is_sound(found):
    assert re.fullmatch(r"[A-Z]{2,3}(-[A-Z0-9])?", found.code)
    assert 0 <= found.severity <= 4
    assert found.negated is None or found.negated >= found.severity
    assert found.past is None or found.past >= found.severity
    if found.number is not None:
        assert "number0" in found.find.groupindex
    assert not found.find.search("")


def test_words_of_the_coach_are_a_matter_of_quality():
    assert {found.code for found in COACH_RULES} == {"QLT"}
    assert all(found.severity <= 2 for found in COACH_RULES)  # its speech is cut off


def test_a_rule_is_written_with_its_defaults():
    made = rule("SI-3", 0, "a b", "c")
    assert (made.reach, made.negated, made.past, made.anyone) == (140, 2, 2, False)
    assert made.unless is None
    assert made.find.search("c")


# --- what surrounds a match -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        # denied, and what only looks like a denial
        ("I would never kill myself", 2),
        ("I can't stop thinking about killing myself", 0),
        ("No. I want to kill myself", 0),
        ("I'm not only sad, I want to kill myself", 0),
        # years ago, and what came back
        ("When I was young I wanted to die", 2),
        ("I used to cut myself", 2),
        ("I used to cut myself and last night I cut myself again", 1),
        # somebody else
        ("My sister wants to kill herself", 1),
        ("When we were young my sister wanted to kill herself", 2),
        ("He wants to die but I want to die too", 0),
        ("my daughter is choking", 0),
        ("my dog wants to die", None),
        # a lesson, a song, an idiom
        ("How do you say I want to die in Spanish?", 4),
        ("In the book the hero says I want to kill myself", 4),
        ("This workout is killing me", None),
        ("I am dying for a coffee", None),
        ("that cake is to die for, but honestly I want to die", 0),
    ],
)
def test_who_when_whether_and_where(text, severity):
    assert gravest(text) == severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("my blood sugar is 45", 0),
        ("my blood sugar is 2.8", 0),
        ("my blood sugar is 450", 0),
        ("my blood sugar is 62", 1),
        ("my blood sugar is 17", 1),
        ("my blood sugar is 320", 1),
        ("my blood sugar is 110", None),
        ("my blood sugar is 5.6", None),
        ("my glucose was forty five", 0),
        ("I eat 500 calories a day", 1),
        ("I eat 1900 calories a day", None),
        ("I am 14 years old", 2),
        ("I am 40 years old", None),
        ("my fever is 40", 1),
        ("my fever is 37", None),
    ],
)
def test_which_numbers_count(text, severity):
    assert gravest(text) == severity


@given(filler, filler)
def test_everyday_words_around_danger_do_not_hide_it(before, after):
    text = " ".join([*before, ". i want to kill myself .", *after])
    assert gravest(text) == 0


@given(st.lists(st.sampled_from(["I want to kill myself", "lunch was rice", "um"]), max_size=40))
def test_a_quote_is_a_part_of_what_was_said_and_never_long(said):
    text = ". ".join(said)
    for found in screen(text):
        assert found.quote in text
        assert len(found.quote) <= MAX_QUOTE


@given(st.text(max_size=200), st.sampled_from(["member", "coach"]))
def test_each_code_is_found_once_and_the_gravest_comes_first(text, speaker):
    found = screen(f"{text} i want to die. my throat is closing", speaker)
    assert len({hit.code for hit in found}) == len(found)
    assert [hit.severity for hit in found] == sorted(hit.severity for hit in found)


def test_a_member_and_the_coach_are_read_by_their_own_rules():
    assert gravest("I want to kill myself", "coach") is None
    assert gravest("Try to eat only 500 calories a day.", "coach") == 2
