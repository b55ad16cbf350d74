"""The learned score: what it reads, what it adds to the rules, and what it costs to disturb it."""

import io
import json
from random import Random

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from handoff.management.commands.screen_text import flags_of
from handoff.screening import Found, screen
from handoff.screening.score import Thresholds, flags, score
from handoff.screening.score.data import read
from handoff.screening.score.disturb import DISTURBANCES
from handoff.screening.score.letters import BUCKETS, HALF, pieces, words_only
from handoff.screening.score.machine import HARMLESS, Reading, machine
from handoff.screening.score.mending import mended
from handoff.screening.score.units import (
    LONE_WORDS,
    LONG_WORDS,
    MAX_UNITS,
    MAX_WORDS,
    WINDOW_WORDS,
    units_of,
    windows_of,
)

DANGER = (
    "I count the evenings I still have to sit through, and I would gladly hand them all to "
    "somebody who wants them."
)
BURIED = (
    "We tried the new bread, we fed the ducks, my brother paid, and all the way home I thought "
    "about how I would end my life, and then there was soup and a film."
)
ASKS = "I'd like a word with a living person."
HARMLESS_TURN = "Two eggs and a slice of toast for breakfast, please."
words = st.lists(st.sampled_from(["rice", "and", "beans.", "tea!", "with", "lemon"]), max_size=400)


# --- what is read -----------------------------------------------------------------------------


@given(words.map(" ".join))
def test_units_are_few_and_short_and_come_from_the_turn(turn):
    units = units_of(turn)
    assert len(units) <= 2 * MAX_UNITS
    assert all(len(unit.split()) <= max(MAX_WORDS, 2 * LONE_WORDS) for unit in units)
    assert all(unit in turn for unit in units)


def test_of_a_long_turn_sentences_and_their_pairs_are_read():
    said = "I went to the market with my sister today. " * 8 + DANGER
    assert DANGER in units_of(said)
    assert units_of(said)[-1].endswith(f"today. {DANGER}")
    assert score([said])


@given(words.map(" ".join))
def test_windows_of_a_long_piece_are_short_and_leave_no_word_out(unit):
    windows = [window.split() for window in windows_of(unit)]
    assert bool(windows) == (len(unit.split()) > LONG_WORDS)
    assert all(len(window) <= WINDOW_WORDS for window in windows)
    if windows:
        half = WINDOW_WORDS // 2
        assert [word for window in windows for word in window[:half]] + windows[-1][
            half:
        ] == unit.split()


def test_swapped_letters_are_put_back_and_words_that_are_right_stay():
    known = {"want", "more", "bread"}
    assert mended("I wnat Mroe bread, trian", known) == "I want more bread, trian"


def test_danger_among_much_else_is_read_by_itself():
    assert max(machine().read([BURIED]).danger) < machine().card
    assert score([BURIED])


@given(st.text(max_size=80))
def test_letters_and_words_are_each_a_vector_of_length_one(text):
    made = pieces(text)
    assert all(0 <= bucket < BUCKETS for bucket in made.buckets)
    of_words = made.buckets >= HALF
    for weights in (made.weights[of_words], made.weights[~of_words]):
        assert not len(weights) or weights @ weights == pytest.approx(1, abs=1e-3)


def test_apostrophes_punctuation_and_digits_are_no_letters():
    assert words_only("I can’t — 1,200 of THEM!") == words_only("i cant of them")


# --- what is added ----------------------------------------------------------------------------


def test_danger_that_no_rule_knows_is_scored():
    assert screen(DANGER) == []
    assert score([DANGER])[0].code.startswith("SI")
    assert score([HARMLESS_TURN]) == []
    assert score([]) == score([""]) == []


def test_a_family_that_the_rules_have_found_is_theirs():
    (told,) = score([DANGER])
    family, sure = told.code.split("-")[0], told.probability
    shown, denied = Found(f"{family}-9", 1, ""), Found(f"{family}-9", 2, "")
    assert score([DANGER], [shown], Thresholds(0.1, 0.1)) == []
    assert score([DANGER], [denied], Thresholds(0.1, sure + 0.001)) == []
    assert score([DANGER], [denied], Thresholds(0.1, sure - 0.001))


def test_a_phrase_of_a_lesson_is_not_scored():
    assert score([DANGER], [Found("LNG-R", 4, "")]) == []


def test_a_short_turn_is_understood_with_the_one_before(monkeypatch):
    """Only where they tell together what the first did not tell alone."""

    class Model:
        card, page, ask = 0.5, 0.9, 0.5

        def __init__(self, alone):
            self.alone = alone

        def read(self, units, windows):
            assert windows == []
            chances = [0.1, self.alone, 0.95] if len(units) == 3 else [0.1]
            return Reading(np.array(chances), ["SI-1"] * len(units), np.zeros(len(units)))

        def card_of(self, _code, card):
            return card

    monkeypatch.setattr(flags, "machine", lambda: Model(alone=0.1))
    flags._memory.clear()
    (found,) = score(["I think about the bridge.", "All the time."])
    assert (found.quote, found.page) == ("I think about the bridge. All the time.", True)
    monkeypatch.setattr(flags, "machine", lambda: Model(alone=0.7))
    flags._memory.clear()
    assert score(["I think about the bridge.", "All the time."]) == []
    flags._memory.clear()


@given(st.lists(st.sampled_from([DANGER, HARMLESS_TURN, ASKS, "I want to die.", "hello"])))
def test_the_score_only_adds(said):
    text = " ".join(said)
    rules = flags_of(text, "en", with_score=False)
    assert flags_of(text, "en")[: len(rules)] == rules


def test_who_asks_for_a_person_in_other_words_is_heard_and_gets_no_card():
    assert screen(ASKS) == []
    (asked,) = flags_of(ASKS, "en")
    assert (asked["code"], asked["severity"], asked["card"]) == ("ASK", 3, False)
    assert score([ASKS], [Found("ASK", 3, "")]) == []
    assert score([ASKS, HARMLESS_TURN]) == []


def test_a_code_that_harmless_talk_seldom_comes_near_needs_less_for_a_card(monkeypatch):
    """Of a whole turn; a window of a long one needs as much as any."""
    made = machine()
    assert made.card_of("SI-1", made.card) == pytest.approx(made.card)
    least = made.card_of("MED-U", made.card)
    assert 0.3 < least < made.card
    between = np.array([(least + made.card) / 2])

    class Model:
        card, page, ask, card_of = made.card, made.page, 0.5, made.card_of

        def __init__(self, windows):
            self.of_windows = windows

        def read(self, units, windows):
            chances = [0.0] * len(units) + [float(between[0])] * len(windows)
            chances[0] = 0.0 if self.of_windows else float(between[0])
            return Reading(np.array(chances), ["MED-U"] * len(chances), np.zeros(len(chances)))

    short, long = "My stomach is odd today.", "we walked and talked and ate and slept " * 3
    for text, of_windows, shown in ((short, False, True), (long, True, False)):
        flags._memory.clear()
        monkeypatch.setattr(flags, "machine", lambda of=of_windows: Model(of))
        assert bool(score([text])) == shown
    flags._memory.clear()


def test_every_code_of_the_machine_has_a_severity():
    made = machine()
    assert set(made.codes) == set(flags.SEVERITY)
    assert not set(HARMLESS) & set(made.codes)
    assert 0 < made.card <= made.page < 1
    assert 0 < made.ask < 1


# --- how right it is --------------------------------------------------------------------------


def test_what_was_learned_is_known_and_disturbing_it_costs_little():
    """On training sentences: that the file fits the code. README.md has the figures that count."""
    rows = [row for row in read("train") if row.language in ("en", "es")]
    chance = Random(1)
    dangers = chance.sample([row for row in rows if row.danger], 60)
    harmless = chance.sample([row for row in rows if row.group == "everyday"], 60)
    card = machine().card

    def share(texts):
        return (machine().read(texts).danger >= card).mean()

    known = share([row.text for row in dangers])
    assert known > 0.7
    assert share([row.text for row in harmless]) < 0.05
    for disturb in DISTURBANCES.values():
        texts = [disturb(row.text, row.language, chance) for row in dangers]
        assert share(texts) > known - 0.15


def test_no_line_is_in_both_sets():
    train, put_aside = ({row.text.casefold() for row in read(n)} for n in ("train", "held_out"))
    assert not train & put_aside


# --- the command ------------------------------------------------------------------------------


def test_lines_are_screened_by_rules_and_score(monkeypatch, capsys):
    lines = f"I want to kill myself tonight\n{DANGER}\n{HARMLESS_TURN}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    call_command("screen_text", "--language", "en")
    by_rule, by_score, harmless = [
        json.loads(line)["flags"] for line in capsys.readouterr().out.splitlines()
    ]
    assert (by_rule[0]["severity"], by_rule[0]["card"], by_rule[0]["page"]) == (0, True, True)
    assert by_rule[0]["source"] == "rule"
    assert by_score[0]["source"] == "score"
    assert by_score[0]["card"]
    assert harmless == []
