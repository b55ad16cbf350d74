"""A sentence cut into pieces, each with what its words do.

scan(index, "two eggs and toast") → amount, name, and, name
"""

from coach.nutrition.meals.tokens.piece import Kind, Piece
from coach.nutrition.meals.tokens.scanner import scan

__all__ = ["Kind", "Piece", "scan"]
