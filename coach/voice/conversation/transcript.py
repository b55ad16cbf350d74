"""Turns in the order in which they were said, though their texts come late or never.

Each utterance reserves a slot when it begins to count: the member's when it is committed, the
coach's when its first words or audio come. A slot is written down when it and all before it are
settled.
"""

import msgspec

from coach.voice import limits
from coach.voice.effects import RecordTurn


class TranscriptSlot(msgspec.Struct):
    """The place of one utterance. `key` is its item's id; `turn` None: nothing to write."""

    key: str
    waiting_since: float
    awaits_text: bool
    settled: bool = False
    turn: RecordTurn | None = None


class Transcript:
    """The slots that are not written down yet, and the member's partial words by item."""

    def __init__(self) -> None:
        self._slots: list[TranscriptSlot] = []
        self.partials: dict[str, str] = {}
        self.screened_at: dict[str, float] = {}

    def reserve(self, key: str, at: float, *, awaits_text: bool = False) -> None:
        """Reserve the next place for this utterance. A second time changes nothing."""
        if self._find(key) is None:
            self._slots.append(TranscriptSlot(key, at, awaits_text))

    def touch(self, key: str, at: float) -> None:
        """More of its words have come: the timeout begins anew."""
        if (slot := self._find(key)) is not None:
            slot.waiting_since = at

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

    def overdue(self, at: float) -> list[str]:
        """The member's utterances whose text is overdue."""
        return [
            slot.key
            for slot in self._slots
            if slot.awaits_text
            and not slot.settled
            and at - slot.waiting_since > limits.TRANSCRIPT_S
        ]

    def awaiting_text(self) -> list[str]:
        """The member's utterances that still wait for their text."""
        return [slot.key for slot in self._slots if slot.awaits_text and not slot.settled]

    def member_turn_pending(self) -> bool:
        """Whether something the member said is final and waits for what was said before it."""
        return any(s.settled and s.turn and s.turn.speaker == "member" for s in self._slots)

    def _find(self, key: str) -> TranscriptSlot | None:
        return next((slot for slot in self._slots if slot.key == key), None)

    def _release(self) -> list[RecordTurn]:
        out = []
        while self._slots and self._slots[0].settled:
            turn = self._slots.pop(0).turn
            if turn is not None:
                out.append(turn)
        return out
