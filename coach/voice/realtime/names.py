"""Our ids for what a server names.

Servers count their items from one on each connection, call every answer the same, or write names
without an end. In a talk an id stands for one thing, whatever connection it was on, and fits into a
column; the server is spoken to in its own words.
"""

from coach.voice import limits


class Names:
    """Ids of one connection. `mark` tells them from those of all others.

    Without one nothing does, and a name that is new stays as it is.
    """

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self._ours: dict[tuple[str, str], str] = {}  # by scope and their word; the oldest goes
        self._theirs: dict[str, str] = {}  # by ours; the oldest goes
        self._number = 0

    def of(self, theirs: str, scope: str = "") -> str:
        """Our id of what they call so within this scope."""
        return self._ours.get((scope, theirs)) or self.again(theirs, scope)

    def knows(self, theirs: str, scope: str = "") -> bool:
        return (scope, theirs) in self._ours

    def again(self, theirs: str, scope: str = "") -> str:
        """Our id of another thing that they call the same."""
        ours = theirs[-limits.ENGINE_ID_CHARS :]
        if self._mark or ours in self._theirs:
            ours += self._numbered()
        self._ours[scope, theirs] = ours
        if len(self._ours) > limits.KNOWN_IDS:
            del self._ours[next(iter(self._ours))]
        self._keep(ours, theirs)
        return ours

    def invented(self, what: str) -> str:
        """Our id of what they have given none."""
        ours = f"{what}-without-id{self._numbered()}"
        self._keep(ours, "")
        return ours

    def adopt(self, ours: str, theirs: str, scope: str = "") -> bool:
        """They call so what had no name; False if either is known already."""
        if self._theirs.get(ours) != "" or (scope, theirs) in self._ours:
            return False
        self._ours[scope, theirs] = ours
        self._theirs[ours] = theirs
        return True

    def theirs(self, ours: str) -> str:
        """What they call this, perhaps nothing; what they have not named is called as by us."""
        return self._theirs.get(ours, ours)

    def _numbered(self) -> str:
        self._number += 1
        return f"~{self._mark}-{self._number}" if self._mark else f"~{self._number}"

    def _keep(self, ours: str, theirs: str) -> None:
        self._theirs[ours] = theirs
        if len(self._theirs) > limits.KNOWN_IDS:
            del self._theirs[next(iter(self._theirs))]
