"""The talk so far in a few statements, each of which leads to the line that it comes from."""
