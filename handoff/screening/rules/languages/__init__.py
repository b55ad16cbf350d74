"""The rules of languages other than English."""

from handoff.screening.phrasebook import Phrasebook
from handoff.screening.rules.languages import french, german, korean, spanish

PHRASEBOOKS: tuple[Phrasebook, ...] = (spanish.BOOK, french.BOOK, german.BOOK, korean.BOOK)
