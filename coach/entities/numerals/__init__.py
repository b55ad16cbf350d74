"""Numbers in figures and in the words of each language."""
