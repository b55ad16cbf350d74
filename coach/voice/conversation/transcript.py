"""Turns in the order in which they were said, though their texts come late or never.

Each utterance takes a slot when it begins to count: the member's when it is committed, the coach's
when its first words or sound come. A slot is written down when it and all before it are settled.
"""

import msgspec

from coach.voice import limits
from coach.voice.effects import RecordTurn


class Slot(msgspec.Struct):
    key: str
    waits_since: float
    waits_for_text: bool
    settled: bool = False
    turn: RecordTurn | None = None


class Transcript:
    """The slots that are not written down yet, and the member's words by item."""

    def __init__(self) -> None:
        self._slots: list[Slot] = []
        self.partials: dict[str, str] = {}
        self.screened_at: dict[str, float] = {}

    def open(self, key: str, at: float, *, waits_for_text: bool = False) -> None:
        """Take the next place for this utterance. Opening twice changes nothing."""
        if self._find(key) is None:
            self._slots.append(Slot(key, at, waits_for_text))

    def grows(self, key: str, at: float) -> None:
        """More of its words have come: the rest may, too."""
        if (slot := self._find(key)) is not None:
            slot.waits_since = at

    def settle(self, key: str, turn: RecordTurn | None) -> list[RecordTurn]:
        """The utterance is final (`None`: nothing to write). Returns what may now be written."""
        self.partials.pop(key, None)
        self.screened_at.pop(key, None)
        slot = self._find(key)
        if slot is None:
            # Its place was given up: late is better than never.
            return [turn] if turn else []
        slot.settled = True
        slot.turn = turn
        return self._release()

    def expire(self, at: float) -> list[str]:
        """The member's utterances whose text is overdue."""
        return [
            slot.key
            for slot in self._slots
            if slot.waits_for_text
            and not slot.settled
            and at - slot.waits_since > limits.TRANSCRIPT_S
        ]

    def unwritten(self) -> bool:
        """Whether something the member said is final and waits for what was said before it."""
        return any(s.settled and s.turn and s.turn.speaker == "member" for s in self._slots)

    def unheard(self) -> list[str]:
        """The member's utterances that still wait for their text."""
        return [s.key for s in self._slots if s.waits_for_text and not s.settled]

    def _find(self, key: str) -> Slot | None:
        return next((slot for slot in self._slots if slot.key == key), None)

    def _release(self) -> list[RecordTurn]:
        out = []
        while self._slots and self._slots[0].settled:
            turn = self._slots.pop(0).turn
            if turn is not None:
                out.append(turn)
        return out
