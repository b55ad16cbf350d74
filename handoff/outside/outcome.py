"""What came of one try to deliver something, whatever the channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`status`: of an HTTP answer. `error`: the kind of fault, never what a server said.

    `gone`: this destination takes nothing more, ever.
    """

    sent: bool
    status: int | None = None
    error: str = ""
    gone: bool = False


SENT = Outcome(sent=True)


def failed(error: str | Exception) -> Outcome:
    """A try that came to nothing."""
    return Outcome(False, error=error if isinstance(error, str) else type(error).__name__)
