"""Lessons that teachers write here: rows of the same text as a lesson file."""
