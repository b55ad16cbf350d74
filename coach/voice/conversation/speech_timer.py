"""How long the member speaks, pauses, and thinks before they answer, by the sound itself.

The microphone and the page are heard at one place and by one clock, so no engine has to tell any
of it. What cannot be told for sure is not measured: speech over the coach, in noise that never
ends, or that an engine was given again.
"""

import msgspec

from coach.voice import limits
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import SpeechTiming
from coach.voice.engine_events import SpeechStarted
from coach.voice.inputs import MemberVoice


class _Measure(msgspec.Struct):
    """One utterance, in the seconds of `ConversationState.at`."""

    coach_ended_at: float | None  # the end of the coach's sound that it follows
    began_at: float | None = None
    ended_at: float = 0.0
    quiet_ms: int = 0  # since then, as far as it was counted before a loud frame came
    pauses: int = 0
    longest_ms: int = 0

    def add_pause(self, ms: int) -> None:
        """Count a quiet time, if it was long enough."""
        if ms >= limits.PAUSE_MS:
            self.pauses += 1
            self.longest_ms = max(self.longest_ms, ms)


class SpeechTimer:
    """Measures an utterance while it is made, and keeps that until its words have come."""

    def __init__(self, state: ConversationState) -> None:
        self._state = state
        self._current: _Measure | None = None
        self._ended: dict[str, _Measure] = {}  # by item, without words so far
        self._last: _Measure | None = None  # the newest that had words
        self._replayed = False  # what the engine reports next may be old sound

    def on_speech_started(self, event: SpeechStarted) -> None:
        """An utterance began, perhaps some sound before the engine noticed."""
        goes_on = self._ended.pop(event.item_id, None)
        self._current = goes_on or self._new()
        if event.loud_ms >= limits.ONSET_MS:  # it is loud all the time here
            self._current = None
        elif event.loud_ms:
            quiet_s = self._state.at - goes_on.ended_at if goes_on else 0.0
            self._add_sound(event.loud_ms, round(quiet_s * 1000) - event.loud_ms)
            self._current.ended_at -= event.quiet_ms / 1000
            self._current.quiet_ms = event.quiet_ms

    def on_button_pressed(self) -> None:
        """An utterance begins with the first sound that comes now."""
        self._current = self._new()

    def on_member_voice(self, event: MemberVoice) -> None:
        """The microphone is loud."""
        if not self._state.connected:
            self._replayed = True
        self._add_sound(event.ms, event.quiet_ms)

    def on_speech_ended(self, item_id: str) -> None:
        """This utterance is over. Of several reports of it the first counts."""
        measure, self._current = self._current, None
        if measure is None or measure.began_at is None:
            return
        quiet_s = self._state.at - measure.ended_at
        if quiet_s < limits.QUIET_AT_END_S and not self._state.push_to_talk:
            return  # the engine heard an end, and it is as loud as before
        self._ended[item_id] = measure
        if len(self._ended) > limits.TIMED_IDS:
            del self._ended[next(iter(self._ended))]

    def on_committed(self) -> None:
        """The engine is with us again: what it reports next is said after this."""
        if self._replayed:
            self._ended.clear()
        self._replayed = False

    def drop_current(self) -> None:
        """Nothing comes of the utterance, or its end is not heard."""
        self._current = None

    def on_engine_lost(self) -> None:
        """The next engine hears some sound again, at another time than it was made."""
        self._current = None
        self._ended.clear()
        self._state.coach_ended_at = None
        self._replayed = True

    def take(self, item_id: str) -> SpeechTiming | None:
        """What was measured of an utterance that is in words now; None: nothing for sure."""
        measure = self._ended.pop(item_id, None)
        if measure is None or measure.began_at is None or self._replayed:
            return None
        last, self._last = self._last, measure
        after, response_s = measure.coach_ended_at, None
        if after is not None and last is not None and last.coach_ended_at == after:
            self._add_gap(last, measure)
        elif after is not None:
            response_s = measure.began_at - after
            if not 0 <= response_s <= limits.RESPONSE_MAX_S:
                response_s = None
        return SpeechTiming(
            spoken_ms=round((measure.ended_at - measure.began_at) * 1000),
            pauses=measure.pauses,
            longest_pause_ms=measure.longest_ms,
            response_ms=None if response_s is None else round(response_s * 1000),
        )

    def _add_gap(self, last: _Measure, measure: _Measure) -> None:
        """The coach had not begun to answer: it is one turn to the member, with a pause in it."""
        gap_s = (measure.began_at or 0.0) - last.ended_at
        if gap_s <= limits.RESPONSE_MAX_S:
            measure.add_pause(round(gap_s * 1000))

    def _new(self) -> _Measure:
        state = self._state
        over_coach = any(item.played_ms for item in state.playback.items.values())
        return _Measure(None if over_coach else state.coach_ended_at)

    def _add_sound(self, ms: int, quiet_ms: int) -> None:
        measure = self._current
        if measure is None:
            return
        if measure.began_at is None:
            measure.began_at = self._state.at - ms / 1000
        else:
            measure.add_pause(measure.quiet_ms + quiet_ms)
        measure.ended_at = self._state.at
        measure.quiet_ms = 0
