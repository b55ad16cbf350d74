"""Our ids for what a server names.

Servers count their items from one on each connection, call every answer the same, or write names
without an end. In a talk an id stands for one thing, whatever connection it was on, and fits into a
column; the server is spoken to in its own words.
"""

import hashlib
from typing import TypeVar

from coach.voice import limits

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Names:
    """Ids of one connection. `mark` tells them from those of all others.

    Without one nothing does, and a name that is new stays as it is. What was named long ago goes.
    """

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self._ours: dict[tuple[str, str], str] = {}  # by scope and their word
        self._theirs: dict[str, str | None] = {}  # by ours; empty: none yet, None: too long to say
        self._number = 0

    def of(self, theirs: str, scope: str = "") -> str:
        """Our id of what they call so within this scope."""
        ours = self._ours.get((scope, _key(theirs)))
        if ours is None:
            return self.again(theirs, scope)
        self._keep(ours, theirs, scope)
        return ours

    def knows(self, theirs: str, scope: str = "") -> bool:
        return (scope, _key(theirs)) in self._ours

    def again(self, theirs: str, scope: str = "") -> str:
        """Our id of another thing that they call the same."""
        ours = theirs[-limits.ENGINE_ID_CHARS :]
        if self._mark or ours in self._theirs:
            ours += self._numbered()
        self._keep(ours, theirs, scope)
        return ours

    def invented(self, what: str) -> str:
        """Our id of what they have given none."""
        ours = f"{what}-without-id{self._numbered()}"
        _renew(self._theirs, ours, "")
        return ours

    def adopt(self, ours: str, theirs: str, scope: str = "") -> bool:
        """They call so what had no name; False if either is known already."""
        if self._theirs.get(ours) != "" or self.knows(theirs, scope):
            return False
        self._keep(ours, theirs, scope)
        return True

    def theirs(self, ours: str) -> str:
        """What they call this, perhaps nothing; what they have not named is called as by us."""
        return self._theirs.get(ours, ours) or ""

    def _numbered(self) -> str:
        self._number += 1
        return f"~{self._mark}-{self._number}" if self._mark else f"~{self._number}"

    def _keep(self, ours: str, theirs: str, scope: str) -> None:
        """The two are one, now in use."""
        _renew(self._ours, (scope, _key(theirs)), ours)
        said = theirs if len(theirs) <= limits.ENGINE_NAME_CHARS else None
        _renew(self._theirs, ours, said)


def _key(theirs: str) -> str:
    """Short enough to be kept, whatever they write."""
    if len(theirs) <= limits.ENGINE_NAME_CHARS:
        return theirs
    return hashlib.sha256(theirs.encode(errors="replace")).hexdigest()


def _renew(names: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Put it last, and let the first go where there are too many."""
    names.pop(key, None)
    names[key] = value
    if len(names) > limits.RECENT_IDS:
        del names[next(iter(names))]
