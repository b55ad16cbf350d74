"""The thresholds of the score as administrators have set them, without a query for each turn.

The score runs in a thread that has no database. So whoever has one, the transaction that records a
turn, looks at the row; a process knows a change with the next turn it records, at most
`FRESH_S` later, and until its first turn it takes the figures of the training.
"""

from threading import Lock
from time import monotonic

from handoff.models import ScreeningThresholds
from handoff.models.screening import ONLY
from handoff.screening.score import Thresholds, trained

FRESH_S = 10.0

_lock = Lock()
_known: tuple[float | None, float | None] = (None, None)
_read_at: float | None = None


def refresh() -> None:
    """Read the row, unless it was read a moment ago. Needs the database."""
    global _known, _read_at
    with _lock:
        if _read_at is not None and monotonic() - _read_at < FRESH_S:
            return
        _read_at = monotonic()
    row = ScreeningThresholds.objects.filter(pk=ONLY).first()
    _known = (row.card, row.page) if row is not None else (None, None)


def forget() -> None:
    """The next `refresh` reads the row: it was changed here."""
    global _known, _read_at
    with _lock:
        _known, _read_at = (None, None), None


def current() -> Thresholds:
    """What counts now. Asks no database."""
    return merged(*_known)


def merged(card: float | None, page: float | None) -> Thresholds:
    """The set figures, and the trained ones where none is set; `page` is never the lower one."""
    usual = trained()
    shown = usual.card if card is None else card
    called = usual.page if page is None else page
    return Thresholds(shown, max(shown, called))
