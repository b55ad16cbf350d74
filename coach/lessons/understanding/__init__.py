"""What a learner's turn does in a lesson: pure, turn in, acts and things out.

`text` evens it out, `words` finds things by the likeness of letters, `clauses` reads mood and
speaker by grammar, `meaning` finds the nearest sentence, `acts` puts all of it together.
"""
