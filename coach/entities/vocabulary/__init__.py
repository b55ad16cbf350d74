"""The words and phrases of each language."""
