"""What grammar tells of a clause, language by language: who speaks, of when, and in which mood.

Meaning cannot tell «I don't want tea» from «I want tea», nor «my sister lives in Leeds» from a
wish to go there. These tables can. All patterns read text that `understanding.text` has evened.
"""

from coach.lessons.grammar.english import ENGLISH
from coach.lessons.grammar.others import OTHERS
from coach.lessons.grammar.table import Grammar

_ALL = {"en": ENGLISH, **OTHERS}


def grammar_of(language: str) -> Grammar:
    """The table of a lesson's language; checking a lesson refuses a language that has none."""
    return _ALL[language]


LANGUAGES = tuple(_ALL)
