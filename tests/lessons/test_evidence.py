"""Did the learner say it? `evidence.txt` holds phrases and what does or does not fulfil them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.lessons.evidence import (
    chosen,
    even,
    groups_met,
    is_met,
    newly_met,
    phrase_used,
    quotes,
    says,
)
from coach.lessons.scenario import catalogue, get_scenario
from coach.lessons.slips import corrections, sentences

CAFE = get_scenario("at-the-cafe")
TRAIN = get_scenario("train-ticket")
OBJECTIVES = [
    pytest.param(objective, id=f"{slug}:{objective.id}")
    for slug, scenario in catalogue().items()
    for objective in scenario.objectives
]


def rows(name: str) -> list[str]:
    written = (Path(__file__).parent / name).read_text().splitlines()
    return [row for row in written if row and not row.startswith("#")]


# --- phrases --------------------------------------------------------------------------------------
@pytest.mark.parametrize("row", rows("evidence.txt"))
def test_a_phrase_is_said_or_not(row):
    expected, (phrase, said) = row[0] == "+", row[2:].split(" | ")
    assert says(even(said), phrase) is expected


@given(st.text(max_size=100))
def test_evening_a_text_out_twice_changes_nothing_more(text):
    once = even(text)
    assert even(once) == once
    assert "  " not in once
    assert once == once.strip()


@given(st.text(max_size=100), st.sampled_from(CAFE.objectives))
def test_no_text_breaks_the_matching(text, objective):
    assert 0 <= groups_met(text, objective) <= len(objective.needs)
    assert is_met(text, objective) == (groups_met(text, objective) == len(objective.needs))
    assert isinstance(corrections([text]), list)
    assert isinstance(chosen(text, CAFE), dict)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_model_sentence_is_met_in_capitals_with_fillers_and_without_signs(objective):
    model = objective.hints[2]
    for said in (model.upper(), f"um, {model} Thank you.", model.replace(",", "").rstrip(".?!")):
        assert is_met(said, objective), said


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_saying_nothing_to_the_point_meets_nothing(objective):
    for said in ("", "um", "the weather is nice", "banana phone"):
        assert not is_met(said, objective)


def test_what_was_met_before_is_not_met_again():
    said = "Can I have a coffee and a croissant, please?"
    assert [o.id for o in newly_met(said, CAFE, {"drink"})] == ["food"]
    assert newly_met(said, CAFE, {"drink", "food", "price"}) == []


# --- what was chosen, what a model reports --------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("A flat white, please", {"drink": "flat white"}),
        ("green tea and an apple pie", {"drink": "green tea", "food": "apple pie"}),
        ("a pie and a carrot cake", {"food": "carrot cake"}),
        ("nothing, thanks", {}),
    ],
)
def test_the_longest_word_of_a_slot_is_what_was_chosen(said, slots):
    assert chosen(said, CAFE) == slots


def test_each_slot_is_chosen_for_itself():
    assert chosen("A return ticket to York", TRAIN) == {"city": "York", "kind": "return"}


@pytest.mark.parametrize(
    ("said", "evidence", "stands"),
    [
        ("Hello. I'd like a tea.", "I would like a tea", True),
        ("Hello. I'd like a tea.", "LIKE A TEA!", True),
        ("Hello. I'd like a tea.", "I would like a coffee", False),
        ("Hello.", "", False),
        ("Hello.", "h", False),
        ("Hello.", "?!", False),
    ],
)
def test_evidence_is_a_quotation(said, evidence, stands):
    assert quotes(said, evidence) is stands


@given(st.text(alphabet="abcdefgh ", min_size=2, max_size=40))
def test_everybody_quotes_themself(said):
    assert quotes(said, said) == (len(even(said)) >= 2)


# --- target phrases -------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", catalogue().values(), ids=lambda scenario: scenario.slug)
def test_a_target_phrase_with_its_gap_filled_is_used(scenario):
    for phrase in scenario.phrases:
        assert phrase_used(phrase.replace("…", "a big warm apple pie"), phrase)
        assert not phrase_used("Hello there", phrase)


def test_a_gap_holds_something_short():
    phrase = "Could I have …, please?"
    assert phrase_used("could I have one two three four five please", phrase)
    assert not phrase_used("could I have one two three four five six seven please", phrase)


# --- slips ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("row", rows("slips.txt"))
def test_what_is_said_and_what_is_better(row):
    said, _, better = row.partition(" =>")
    found = corrections([said])
    if better:
        assert [better.strip()] == [correction.better for correction in found]
        assert all(correction.said == said for correction in found)
        assert all(correction.why for correction in found)
    else:
        assert found == []


@pytest.mark.parametrize("row", rows("slips.txt"))
def test_what_is_better_is_not_corrected_again(row):
    _, _, better = row.partition(" =>")
    again = [correction.better for correction in corrections([better.strip()])]
    assert better.strip() not in again


def test_a_kind_of_slip_is_shown_once_and_with_its_first_sentence():
    found = corrections(["I am agree.", "Yes, I am agree with that."])
    assert [correction.said for correction in found] == ["I am agree."]


def test_turns_are_parted_into_sentences():
    turns = ["Hello! How are you?  Fine.", "", "  Bye"]
    assert sentences(turns) == ["Hello!", "How are you?", "Fine.", "Bye"]


@given(st.lists(st.text(max_size=40), max_size=5), st.integers(0, 4))
def test_no_more_corrections_than_asked_for(turns, limit):
    assert len(corrections(turns, limit)) <= limit
