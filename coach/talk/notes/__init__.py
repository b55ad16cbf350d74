"""Voice notes: a talk in single messages, for those without a live line."""
