"""Ids that were seen, so that a repetition is known."""

from collections.abc import Iterable

from coach.voice import limits


class RecentIds:
    """The last `limits.RECENT_IDS` ids; older ones are forgotten."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._ids = dict.fromkeys(ids)

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def take(self, others: "RecentIds") -> None:
        """Add all of these."""
        for name in others._ids:
            self.add(name)

    def add(self, name: str) -> None:
        self._ids[name] = None
        if len(self._ids) > limits.RECENT_IDS:
            del self._ids[next(iter(self._ids))]
