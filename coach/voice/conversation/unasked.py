"""Whether the engine answers what it hears without being asked: as it is told, then as it does."""


class UnaskedAnswers:
    """What is known of it. An utterance that a button ends is asked for at once in any case.

    An answer that was missed once is asked for from then on. Nothing is concluded from one that
    came: a doubled answer is dropped, and a missing one is silence.
    """

    def __init__(self, *, expected: bool) -> None:
        self._expected = expected

    def expected(self, push_to_talk: bool) -> bool:
        """Whether to wait for it rather than to ask."""
        return self._expected and not push_to_talk

    def missed(self) -> None:
        """It was waited for in vain."""
        self._expected = False
