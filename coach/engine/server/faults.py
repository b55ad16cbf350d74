"""How an unforeseen exception is told in the log: by its type and place.

Its text and its traceback are left out, for they may hold what a member said.
"""

import traceback


def place_of(error: BaseException) -> str:
    """As `ValueError at recogniser.py:12`: where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    file = frames[-1].filename.rsplit("/", 1)[-1]
    return f"{type(error).__name__} at {file}:{frames[-1].lineno}"
