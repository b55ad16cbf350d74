"""The one announcement of a talk: a turn was recorded.

Sent inside the transaction that writes the row, with `turn`: whoever listens writes with it or
not at all. Used by `handoff`, which `coach` does not know.
"""

from django.dispatch import Signal

turn_recorded = Signal()
session_ended = Signal()
