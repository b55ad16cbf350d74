"""The offline partner: it goes on, helps, and says what was ordered in right English."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.files import catalogue, get_scenario
from coach.lessons.partner import LessonState, newly_met, open_objective, reply
from coach.lessons.understanding.clauses import MOST, READ_CHARS, read

CAFE = get_scenario("at-the-cafe")
TRAIN = get_scenario("train-ticket")


def play(scenario, *turns):
    state, lines = LessonState(last=scenario.partner.opening), []
    for said in turns:
        line, state = reply(scenario, state, said)
        lines.append(line)
    return lines, state


# --- a scene from start to end --------------------------------------------------------------------
def test_the_scene_is_played_to_its_end():
    lines, state = play(
        CAFE,
        "Could I have a cappuccino, please?",
        "I'd like a cheese sandwich, please.",
        "How much is that?",
    )
    assert "cappuccino" in lines[0]
    assert "apple pie" in lines[0]
    assert "A cheese sandwich" in lines[1]
    assert "eight pounds altogether" in lines[2]
    assert CAFE.partner.closing in lines[2]
    assert state.met == ("drink", "food", "price")


def test_the_second_lesson_is_played_to_its_end():
    lines, state = play(
        TRAIN,
        "I'd like a ticket to York, please",
        "A return, please",
        "What time does the next train leave?",
    )
    assert "York" in lines[0]
    assert "a return. That's twenty-four pounds." in lines[1]
    assert state.met == ("destination", "kind", "time")
    assert lines[2].endswith(TRAIN.partner.closing)


def test_the_twist_is_said_once():
    lines, _ = play(CAFE, "A tea please", "A muffin please", "How much is it")
    assert sum("still warm" in line for line in lines) == 1


def test_after_the_end_the_partner_says_goodbye():
    lines, _ = play(CAFE, "A tea please", "A muffin please", "How much is it", "Thank you!")
    assert lines[-1] == CAFE.partner.goodbye


# --- the order is what was said -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("turns", "order", "answer"),
    [
        (["Two teas, please."], {"tea": 2}, "Two teas, of course."),
        (["An apple juice, please."], {"apple juice": 1}, "An apple juice, of course."),
        (["A tea and three coffees."], {"tea": 1, "coffee": 3}, "A tea and three coffees"),
        (["A coffee, no wait, the tea."], {"tea": 1}, "A tea, of course."),
        (["A tea, please.", "Another tea, please."], {"tea": 2}, "A tea, of course."),
        (["A tea.", "Can I change the tea to a latte?"], {"latte": 1}, "A latte, of course."),
        (["A latte. Actually, make that two."], {"latte": 2}, "Two lattes, of course."),
        (["No coffee, tea please."], {"tea": 1}, "A tea, of course."),
        (["A coffee with milk."], {"coffee": 1}, "A coffee, of course."),
        (["Do you have iced tea? I'd like one."], {"iced tea": 1}, "An iced tea, of course."),
        (["Two waters, please."], {"water": 2}, "Two glasses of water, of course."),
    ],
)
def test_the_order_and_the_answer_follow_what_was_said(turns, order, answer):
    lines, state = play(CAFE, *turns)
    assert {word: n for word, n in state.order["drink"].items() if n} == order
    assert answer in lines[-1]


def test_the_sum_is_of_everything_that_was_ordered():
    lines, _ = play(
        CAFE, "Two teas and a bagel, please.", "No wait, three teas.", "How much is it?"
    )
    assert "ten pounds fifty altogether" in lines[-1]


def test_one_thing_from_and_one_to():
    lines, state = play(TRAIN, "Two singles from Leeds to York, please.")
    assert state.order["city"] == {"York": 1}
    assert "two singles. That's thirty pounds." in lines[0]


def test_the_price_of_nothing_is_a_list():
    lines, _ = play(CAFE, "How much is that?")
    assert lines[0].startswith("A coffee is three pounds and a sandwich is four pounds.")


def test_the_price_of_one_thing_is_told():
    lines, state = play(CAFE, "How much is a green tea?")
    assert "A green tea is two pounds fifty." in lines[0]
    assert not state.order.get("drink")


# --- help, for everybody at any time --------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "took", "words"),
    [
        ("What means mocha?", "meaning", "coffee with chocolate"),
        ("What is a flat white?", "meaning", "strong coffee"),
        ("I don't know the word 'scone'.", "meaning", "British cake"),
        ("How do you spell croissant?", "meaning", "C-R-O-I-S-S-A-N-T"),
        ("How do I say in English 'leche'?", "how_say", "“milk”"),
        ("How to say «fromage»?", "how_say", "“cheese”"),
        ("Cómo se dice zumo", "how_say", "“juice”"),
        ("Slower please", "slower", "slowly"),
        ("You speak too fast", "slower", "slowly"),
        ("Can you repeat that, please?", "again", CAFE.partner.opening),
        ("I didn't hear you", "again", CAFE.partner.opening),
        ("What can I say?", "suggest", "Could I have a coffee, please?"),
        ("I don't understand", "lost", "Could I have a coffee, please?"),
        ("No entiendo.", "lost", "Could I have a coffee, please?"),
        ("¿Cuánto es?", "how_say", "How much is that?"),
    ],
)
def test_help_is_given_and_reaches_nothing(said, took, words):
    (line,), state = play(CAFE, said)
    assert state.took == took
    assert words in line
    assert (state.met, state.misses) == ((), 0)


def test_who_asked_to_go_slower_hears_short_sentences():
    lines, state = play(CAFE, "More slowly, please.", "A tea, please.")
    assert state.slow
    assert lines[1] == "A tea, of course. And would you like something to eat?"


# --- what reaches nothing -------------------------------------------------------------------------
def test_a_lost_learner_gets_help_and_then_the_model_sentence():
    lines, state = play(CAFE, "banana phone", "seventeen", "green")
    assert "What would you like to drink?" in lines[0] or "Which one" in lines[0]
    assert "Could I have a coffee, please?" in lines[2]
    assert state.met == ()


def test_the_partner_says_which_word_it_did_not_understand():
    lines, _ = play(CAFE, "I'd like a kombucha, please.")
    assert "“kombucha”" in lines[0]
    assert "We have coffee, tea and juice." in lines[0]


def test_a_refusal_is_accepted_and_the_next_thing_asked():
    lines, state = play(CAFE, "A tea, please.", "No, nothing to eat, thank you.")
    assert lines[1] == "All right. Is there anything else I can do for you?"
    assert open_objective(CAFE, state).id == "price"
    assert "something to eat" in play(CAFE, "A tea.", "No, thanks.", "How much is it?")[0][2]


def test_a_thing_that_is_refused_is_named():
    lines, state = play(CAFE, "I no want coffee.")
    assert lines[0].startswith("All right, no coffee.")
    assert state.met == ()


def test_an_aside_is_answered_and_the_question_asked_again():
    lines, _ = play(CAFE, "What do you recommend?")
    assert "carrot cake" in lines[0]
    assert lines[0].endswith(CAFE.objectives[0].ask)


# --- laws -----------------------------------------------------------------------------------------
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["at-the-cafe", "train-ticket"]))
def test_no_text_breaks_the_partner(said, slug):
    scenario = catalogue()[slug]
    line, state = reply(scenario, LessonState(), said)
    assert line
    assert "{" not in line.replace(said, "")
    assert set(state.met) == {o.id for o in newly_met(scenario, LessonState(), said)}


@settings(max_examples=12, deadline=None)
@given(st.permutations(["Two teas, please.", "What means latte?", "Slower, please.", "A bagel."]))
def test_nothing_that_was_reached_is_lost(turns):
    state = LessonState()
    for said in turns:
        before = state.met
        _, state = reply(CAFE, state, said)
        assert state.met[: len(before)] == before
    assert set(state.met) == {"drink", "food"}


@pytest.mark.parametrize(
    "said", ["what is a coffee, and can you explain me the word " * 160, "\ufdfa" * 2000]
)
def test_of_a_long_turn_only_the_beginning_is_read(said):
    clauses = read(CAFE, said)
    assert len(clauses) <= MOST
    assert sum(len(clause.text) for clause in clauses) <= READ_CHARS
    assert reply(CAFE, LessonState(), said)[0]


@pytest.mark.parametrize(
    "said",
    [
        "a" * 2000,
        "😀" * 2000,
        "👩‍👩‍👧☕️",
        "Я хочу кофе. " * 150,
        "我想要一杯咖啡。" * 250,
        "{a drink} {} {0}",
    ],
)
def test_the_partner_never_says_a_word_that_has_no_end(said):
    line, state = reply(CAFE, LessonState(last=CAFE.partner.opening), said)
    assert state.took == "unclear"
    assert len(line) < 200


def test_a_word_that_is_said_many_times_is_translated_once():
    line, _ = reply(CAFE, LessonState(last=CAFE.partner.opening), "커피 주세요 " * 20)
    assert line.count("coffee") == 1


def test_a_word_that_cannot_be_spelled_brings_the_question_once():
    line, _ = reply(CAFE, LessonState(), "How do you spell qwertz?")
    assert line == CAFE.objectives[0].ask


def test_what_is_declined_twice_is_kept_once():
    _, state = play(CAFE, "A tea.", "No, thanks.", "Nothing, thanks.", "No, thank you.")
    assert len(state.declined) == len(set(state.declined))
