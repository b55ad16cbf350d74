"""Answers to questions about the diary, from its rows, with the span that was asked.

answer(member, said) → Answered: a sentence or two, and the facts that they were made of.
"""

from coach.nutrition.answers.answer import Answered, answer

__all__ = ["Answered", "answer"]
