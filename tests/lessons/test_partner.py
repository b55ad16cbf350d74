"""The lesson files, what counts as evidence, and the offline partner's lines."""

import pytest

from coach.lessons.evidence import is_met, newly_met, phrase_used, quotes
from coach.lessons.partner import LessonState, reply
from coach.lessons.scenario import FOLDER, catalogue, get_scenario, load
from coach.lessons.slips import corrections

CAFE = get_scenario("at-the-cafe")
TRAIN = get_scenario("train-ticket")


def play(scenario, *turns):
    state, lines = LessonState(last=scenario.partner.opening), []
    for said in turns:
        line, state = reply(scenario, state, said)
        lines.append(line)
    return lines, state


def test_every_file_is_a_lesson_with_three_objectives():
    assert len(catalogue()) == len(list(FOLDER.glob("*.toml"))) >= 2
    for scenario in catalogue().values():
        assert len(scenario.objectives) == 3
        for objective in scenario.objectives:
            assert is_met(objective.hints[2], objective), objective.hints[2]


def test_a_broken_file_names_itself(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text('title = "x"\n')
    with pytest.raises(ValueError, match=r"broken\.toml"):
        load(path)


@pytest.mark.parametrize(
    "said",
    [
        "Could I have a coffee, please?",
        "I'd like a cup of tea",
        "i will have a latte please",
        "A cappuccino please.",
        "Can I get an orange juice",
        "Just water, thanks",
        "hello I want one coffee",
    ],
)
def test_ordering_a_drink(said):
    assert [o.id for o in newly_met(said, CAFE, set())] == ["drink"]


@pytest.mark.parametrize(
    "said", ["Hello", "What do you have?", "I am thirsty", "A sandwich please"]
)
def test_not_ordering_a_drink(said):
    assert "drink" not in [o.id for o in newly_met(said, CAFE, set())]


def test_two_objectives_in_one_turn():
    met = newly_met("Can I have a coffee and a croissant, please?", CAFE, set())
    assert [o.id for o in met] == ["drink", "food"]


def test_the_scene_is_played_to_its_end():
    lines, state = play(
        CAFE,
        "Could I have a cappuccino, please?",
        "I'd like a cheese sandwich, please.",
        "How much is that?",
    )
    assert "cappuccino" in lines[0]
    assert "apple pie" in lines[0]
    assert "cheese sandwich" in lines[1]
    assert "seven pounds fifty" in lines[2]
    assert CAFE.partner.closing in lines[2]
    assert state.met == ("drink", "food", "price")


def test_the_twist_is_said_once():
    lines, _ = play(CAFE, "A tea please", "A muffin please", "How much is it")
    assert sum("still warm" in line for line in lines) == 1


def test_a_lost_learner_gets_help_and_then_the_model_sentence():
    lines, state = play(CAFE, "banana phone", "seventeen", "green")
    assert "What would you like to drink?" in lines[0]
    assert "Could I have a coffee, please?" in lines[2]
    assert state.met == ()


def test_say_it_again_repeats_the_last_line_without_penalty():
    lines, state = play(CAFE, "A tea please", "Can you repeat that, please?")
    assert lines[1] == lines[0]
    assert state.misses == 0


def test_an_aside_is_answered_and_the_question_asked_again():
    lines, _ = play(CAFE, "What do you recommend?")
    assert "carrot cake" in lines[0]
    assert lines[0].endswith(CAFE.objectives[0].ask)


def test_the_second_lesson_is_played_to_its_end():
    lines, state = play(
        TRAIN,
        "I'd like a ticket to York, please",
        "A return, please",
        "What time does the next train leave?",
    )
    assert "York" in lines[0]
    assert "return" in lines[1]
    assert state.met == ("destination", "kind", "time")
    assert lines[2].endswith(TRAIN.partner.closing)


def test_evidence_must_stand_in_the_transcript():
    assert quotes("Hello. Could I have a coffee, please?", "could i have a coffee")
    assert not quotes("Hello there", "could i have a coffee")
    assert not quotes("Hello there", "")


@pytest.mark.parametrize(
    ("said", "phrase", "used"),
    [
        ("Could I have a big coffee, please?", "Could I have …, please?", True),
        ("I'd like a tea please", "I'd like …, please.", True),
        ("I would like a tea please", "I'd like …, please.", True),
        ("Have a tea", "I'd like …, please.", False),
        ("How much is that altogether", "How much is that?", True),
    ],
)
def test_target_phrases(said, phrase, used):
    assert phrase_used(said, phrase) is used


@pytest.mark.parametrize(
    ("said", "better"),
    [
        ("I am agree with you", "I agree with you"),
        ("I have 25 years", "I'm 25 years old"),
        ("How much it costs?", "How much does it cost?"),
        ("Give me a coffee", "Could I have a coffee"),
        ("I want a coffee please", "I'd like a coffee please"),
        ("Can I pay with card", "Can I pay by card"),
    ],
)
def test_a_slip_is_corrected(said, better):
    assert corrections([said])[0].better == better


def test_a_correction_shows_its_sentence_alone():
    found = corrections(["And a piece of cake. How much it costs?"])
    assert [(c.said, c.better) for c in found] == [("How much it costs?", "How much does it cost?")]


def test_after_the_end_the_partner_says_goodbye():
    lines, _ = play(CAFE, "A tea please", "A muffin please", "How much is it", "Thank you!")
    assert lines[-1] == CAFE.partner.goodbye


def test_good_english_is_left_alone():
    said = ["Could I have a coffee, please?", "How much is that?", "I'd like an apple pie."]
    assert corrections(said) == []


def test_three_corrections_at_most_the_most_useful_first():
    said = ["Give me an coffee", "I am agree", "how much it costs", "I want a tea"]
    found = corrections(said)
    assert len(found) == 3
    assert {c.said for c in found[:2]} == {"I am agree", "how much it costs"}
