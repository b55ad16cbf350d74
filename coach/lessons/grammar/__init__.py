"""What grammar tells of a clause, language by language: who speaks, of when, and in which mood.

Meaning cannot tell «I don't want tea» from «I want tea», nor «my sister lives in Leeds» from a
wish to go there. These tables can. All patterns read text that `understanding.text` has evened.
"""

from coach.lessons.grammar.english import ENGLISH
from coach.lessons.grammar.french import FRENCH
from coach.lessons.grammar.german import GERMAN
from coach.lessons.grammar.korean import KOREAN
from coach.lessons.grammar.spanish import SPANISH
from coach.lessons.grammar.table import Grammar, with_its_words

_ALL = {
    "en": ENGLISH,
    "es": with_its_words(SPANISH),
    "fr": with_its_words(FRENCH),
    "de": with_its_words(GERMAN),
    "ko": KOREAN,
}


def grammar_of(language: str) -> Grammar:
    """The table of a lesson's language; checking a lesson refuses a language that has none."""
    return _ALL[language]


LANGUAGES = tuple(_ALL)
