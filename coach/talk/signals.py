"""What a talk announces: a turn was recorded, it ended, a person is wanted, the coach fails.

Sent inside the transaction that writes the row, with `turn` or `session`: whoever listens writes
with it or not at all. Used by `handoff`, which `coach` does not know.
"""

from django.dispatch import Signal

turn_recorded = Signal()
session_ended = Signal()
person_wanted = Signal()
coach_failed = Signal()
