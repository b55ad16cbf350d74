"""Whether the engine answers what it hears without being asked: as it is told, then as it does."""


class UnaskedAnswers:
    """What is known of it, by how utterances are delimited: engines differ in that.

    An answer that was missed once is asked for from then on. Nothing is concluded from one that
    came: a doubled answer is dropped, and a missing one is silence.
    """

    def __init__(self, *, expected: bool) -> None:
        self._told = expected
        self._missed: set[bool] = set()  # values of `push_to_talk`

    def expected(self, push_to_talk: bool) -> bool:
        """Whether to wait for it rather than to ask."""
        return self._told and push_to_talk not in self._missed

    def missed(self, push_to_talk: bool) -> None:
        """It was waited for in vain."""
        self._missed.add(push_to_talk)
