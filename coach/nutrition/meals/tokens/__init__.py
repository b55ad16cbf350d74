"""A sentence cut into pieces, each with what its words do.

scan(index, "two eggs and toast") → amount, name, and, name
"""

from coach.nutrition.meals.tokens.piece import Kind, Piece
from coach.nutrition.meals.tokens.reader import SentenceReader
from coach.nutrition.meals.tokens.scanner import scan, scanned

__all__ = ["Kind", "Piece", "SentenceReader", "scan", "scanned"]
