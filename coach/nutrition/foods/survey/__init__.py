"""The foods of FNDDS under the names that people say, and what their portions weigh."""
