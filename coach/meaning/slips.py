"""What a word becomes where two of its letters change places in typing."""

from collections.abc import Iterator


def swapped(word: str, first: int = 0) -> Iterator[str]:
    """`word` with two neighbouring letters exchanged, once at each place from `first` on."""
    for at in range(first, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
