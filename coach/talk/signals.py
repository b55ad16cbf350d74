"""What a talk announces: it began, a turn was recorded, it ended, a person is wanted, the coach
fails, and what has become of something that an expert told the coach.

`member_answered`: the member wrote into a talk that had ended. Turns that are only written late,
after its end, are no answers.

Sent inside the transaction that writes the row, with `turn`, `session` or `directive`: whoever
listens writes with it or not at all. Used by `handoff`, which `coach` does not know.
"""

from django.dispatch import Signal

session_started = Signal()
turn_recorded = Signal()
member_answered = Signal()
session_ended = Signal()
person_wanted = Signal()
coach_failed = Signal()
directive_settled = Signal()
