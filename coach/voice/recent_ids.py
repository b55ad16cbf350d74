"""Deduplication: the ids that were seen lately."""

from collections.abc import Iterable

from coach.voice import limits


class RecentIds:
    """A set of the last `limits.RECENT_IDS` ids that were added; older ones are forgotten."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._ids = dict.fromkeys(ids)

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, name: str) -> None:
        """Add an id; one that is there already keeps its age."""
        self._ids[name] = None
        if len(self._ids) > limits.RECENT_IDS:
            del self._ids[next(iter(self._ids))]

    def update(self, others: "RecentIds") -> None:
        """Add all of these."""
        for name in others._ids:
            self.add(name)
