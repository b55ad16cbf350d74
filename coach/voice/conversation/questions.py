"""What the member has said and has neither an answer to nor a word about."""


class Questions:
    """The open questions, by the key of the text or utterance.

    A question is closed by an answer that was heard to its end or cut in on, by a word to the
    member, or by the member's own wish. Nothing else closes one: an answer that was merely begun,
    or that a fault cut off, leaves it open.
    """

    def __init__(self) -> None:
        self._asked_at: dict[str, float] = {}

    def __bool__(self) -> bool:
        """Whether any question is open."""
        return bool(self._asked_at)

    def __contains__(self, key: str) -> bool:
        """Whether this one is open."""
        return key in self._asked_at

    def ask(self, key: str, at: float) -> None:
        """The member has asked something, or something that they asked for has come."""
        self._asked_at[key] = at

    def withdraw(self, key: str) -> None:
        """The engine will never know of this one, and the member was told."""
        self._asked_at.pop(key, None)

    def heard(self, began_at: float) -> None:
        """An answer was heard that began at `began_at`: it answers all that was asked before."""
        self._asked_at = {key: at for key, at in self._asked_at.items() if at > began_at}

    def close(self) -> None:
        """The member knows how it stands with all of them, or wants to hear no more."""
        self._asked_at.clear()
