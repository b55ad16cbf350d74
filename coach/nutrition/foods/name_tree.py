"""Spoken names of foods as a tree of word keys: one walk finds the longest name at a place."""

from collections.abc import Iterator
from typing import Final

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.word_forms import key, keys

# Words in a single-word name that mean something else unless said exactly so.
EXACT: Final = {
    "greens",
    "lays",
    "sweets",
    "spirits",
    "crackers",
    "seasoning",
    "squash",
    "preserves",
    "peppers",
    "whites",
    "yolks",
}


class Node:
    """A node of the tree of names: by the key of the next word."""

    __slots__ = ("entry", "exact", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.entry: Entry | None = None
        self.exact: dict[str, Entry] = {}


class NameTree:
    """Names of one or more words, each with the food that it means."""

    def __init__(self) -> None:
        self.root = Node()

    def add(self, name: str, entry: Entry, *, replace: bool = False) -> None:
        """Let `name` mean `entry`; the first one wins unless `replace`."""
        node = self.root
        for word in keys(name):
            node = node.next.setdefault(word, Node())
        if name in EXACT:
            node.exact.setdefault(name, entry)
        elif node is not self.root and (node.entry is None or replace):
            node.entry = entry

    def match(self, words: list[str], start: int) -> tuple[Entry, int] | None:
        """The longest name that begins at `start`: (entry, index after its last word)."""
        node, found = self.root, None
        for place in range(start, len(words)):
            following = node.next.get(key(words[place]))
            if following is None:
                break
            node = following
            entry = node.exact.get(words[place]) or node.entry
            if entry:
                found = (entry, place + 1)
        return found

    def words(self) -> Iterator[str]:
        """The keys of all words of all names."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield from node.next
            waiting.extend(node.next.values())
