"""Local ids for what a server names.

Servers count their items from one on each connection, give every answer the same name, or write
names without an end. In a talk an id stands for one thing, on whatever connection it was, and fits
into a column; the server is addressed by its own names.
"""

import hashlib
from typing import TypeVar

from coach.voice import limits

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class UpstreamNames:
    """Two-way map of the names on one connection; the `RECENT_IDS` last used are remembered.

    `mark` distinguishes this connection's ids from those of all others; without one, a name that is
    new becomes the id. A name is unique within its `scope` only.
    """

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self._local: dict[tuple[str, str], str] = {}  # by scope and name
        # By local id. Empty: it has no name yet; None: its name is too long to be sent.
        self._names: dict[str, str | None] = {}
        self._number = 0
        self._newest = ("", "", "")  # name, scope and local id of what was used last

    def local(self, name: str, scope: str = "") -> str:
        """The local id of what the server calls so; a new one if the name is new."""
        newest_name, newest_scope, local_id = self._newest
        if name == newest_name and scope == newest_scope and local_id:
            return local_id
        local = self._local.get((scope, _key(name)))
        if local is None:
            return self.new_local(name, scope)
        self._link(local, name, scope)
        return local

    def has(self, name: str, scope: str = "") -> bool:
        """Whether the server has used this name."""
        return (scope, _key(name)) in self._local

    def new_local(self, name: str, scope: str = "") -> str:
        """A new local id for another thing that the server gives the same name."""
        local = name[-limits.ENGINE_ID_CHARS :]
        if self._mark or local in self._names:
            local += self._suffix()
        self._link(local, name, scope)
        return local

    def unnamed(self, what: str) -> str:
        """A new local id for something that the server has not named; `what` is its prefix."""
        local = f"{what}-without-id{self._suffix()}"
        _renew(self._names, local, "")
        self._newest = ("", "", "")
        return local

    def adopt(self, local: str, name: str, scope: str = "") -> bool:
        """Give something unnamed its name. False if it has a name, or the name is in use."""
        if self._names.get(local) != "" or self.has(name, scope):
            return False
        self._link(local, name, scope)
        return True

    def upstream(self, local: str) -> str:
        """The server's name of this, perhaps empty; what it has not named goes by its local id."""
        return self._names.get(local, local) or ""

    def _suffix(self) -> str:
        self._number += 1
        return f"~{self._mark}-{self._number}" if self._mark else f"~{self._number}"

    def _link(self, local: str, name: str, scope: str) -> None:
        """Both stand for the same thing, and were used just now."""
        self._newest = (name, scope, local)
        _renew(self._local, (scope, _key(name)), local)
        _renew(self._names, local, name if len(name) <= limits.ENGINE_NAME_CHARS else None)


def _key(name: str) -> str:
    """Short enough to be stored, whatever the server writes."""
    if len(name) <= limits.ENGINE_NAME_CHARS:
        return name
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()


def _renew(names: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Put it last, and drop the first where there are too many."""
    names.pop(key, None)
    names[key] = value
    if len(names) > limits.RECENT_IDS:
        del names[next(iter(names))]
