"""What the coach can do with the diary: log, correct, undo, sum up, look up, propose, judge.

Every sentence (`say`) is made from the rows that were written; a model may only rephrase it.
"""

from coach.nutrition.tools import advice, diary, drafts, questions, suggestions

__all__ = ["advice", "diary", "drafts", "questions", "suggestions"]
