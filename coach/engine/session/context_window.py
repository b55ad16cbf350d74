"""What of a long conversation a response still reads: the end of it, whole items at a time."""

from collections.abc import Iterable

from coach.engine import limits
from coach.engine.protocol.config import RetentionRatio, Truncation
from coach.engine.session.conversation_items import Item, OutputItem
from coach.engine.session.usage import item_tokens


class ContextWindow:
    """Leaves out the oldest items once a limit is passed, some at once, and for good.

    What is left out in one go keeps the beginning alike over many responses, which is what makes
    it cheap to read again.
    """

    def __init__(self) -> None:
        self._left_out: set[str] = set()

    def view(self, items: list[Item], truncation: Truncation) -> list[Item] | None:
        """The items to read; None where they are too long and may not be cut."""
        self._left_out &= {item.id for item in items}
        seen = [item for item in items if item.id not in self._left_out]
        most, kept = limits.CONTEXT_TOKENS, 1.0
        if isinstance(truncation, RetentionRatio):
            kept = truncation.retention_ratio
            asked = truncation.token_limits.post_instructions if truncation.token_limits else None
            most = most if asked is None else min(most, asked)
        spent = _tokens(seen)
        if spent <= most:
            return seen
        if truncation == "disabled":
            return None
        first = 0
        while first < len(seen) - 1 and (
            spent > most * kept or isinstance(seen[first], OutputItem)
        ):
            spent -= _tokens(seen[first : first + 1])
            first += 1
        self._left_out.update(item.id for item in seen[:first])
        return seen[first:]


def _tokens(items: Iterable[Item]) -> int:
    return sum(sum(item_tokens(item)) for item in items)
