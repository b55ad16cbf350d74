"""Kinds of wording, in every language: what must be found, and what only looks like it.

The sentences are in `kinds/`: code, severity at most, text. A line that begins with "-" shows no
card and calls nobody.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.screening import screen
from handoff.screening.adverbs import EVERYWHERE, PAIRS
from handoff.screening.phrasebook import folded
from handoff.screening.rules.languages import PHRASEBOOKS

KINDS = Path(__file__).parent / "kinds"
LANGUAGES = sorted(file.stem for file in KINDS.glob("*.txt"))
SHOWN = 1  # severities that show a card and call a person at once
fillers = st.sampled_from(sorted(EVERYWHERE - {"really"}) + [" ".join(pair) for pair in PAIRS])


def lines(language, *, danger):
    rows = [
        line.split("|", 2)
        for line in (KINDS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [row for row in rows if (row[0] != "-") == danger]


def flags(text, language):
    return {found.code: found.severity for found in screen(text, "member", language)}


@pytest.mark.parametrize("told", ["en", "its own"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_found_whatever_language_the_talk_has(language, told):
    spoken = "en" if told == "en" else language
    found = {text: flags(text, spoken) for _, _, text in lines(language, danger=True)}
    missed = [
        (code, text, found[text])
        for code, severity, text in lines(language, danger=True)
        if found[text].get(code, 9) > int(severity)
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_looks_like_it_shows_nothing(language):
    found = {text: flags(text, language) for _, _, text in lines(language, danger=False)}
    raised = {
        text: codes
        for text, codes in found.items()
        if any(severity <= SHOWN or code == "ASK" for code, severity in codes.items())
    }
    assert raised == {}


@given(st.data())
def test_an_adverb_between_any_two_words_hides_nothing(data):
    said = data.draw(st.sampled_from(["i want to kill myself", "my throat is closing up"]))
    words = said.split()
    at = data.draw(st.integers(1, len(words) - 1))
    disturbed = " ".join([*words[:at], data.draw(fillers), *words[at:]])
    assert flags(disturbed, "en") == flags(said, "en")


@pytest.mark.parametrize("book", PHRASEBOOKS, ids=lambda book: book.language)
def test_a_phrasebook_is_sound(book):
    for rule in book.rules:
        assert not rule.find.search("")
        assert rule.number is None or "number0" in rule.find.groupindex


@given(st.text(max_size=200))
def test_a_folded_word_remembers_where_it_stood(text):
    normal = folded(text)
    assert all(0 <= word.start < word.end <= len(text.lower()) for word in normal.words)


def test_accents_and_apostrophes_are_folded():
    assert folded("J’ai été, déçue. Größe!").text == "j ai ete decue . grosse ."
