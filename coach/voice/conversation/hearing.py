"""Speech of which nothing comes, since no engine hears it: the member is told in its place."""

from coach.voice import limits
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unheard_audio import UnheardAudio
from coach.voice.inputs import MemberVoice

_REPLAYED_S = limits.MIC_REPLAY_BYTES / limits.BYTES_PER_MS / 1000


class Hearing:
    """Compares what the microphone brings with what the engine says of it.

    While the coach can be heard, what is loud may be its echo, and is not counted. Sound that the
    engine takes for no speech is told once on each connection: in a noisy room it may be right.
    Sound that no engine was there for is told once in each absence.
    """

    def __init__(self, state: ConversationState, unheard: UnheardAudio) -> None:
        self._state = state
        self._unheard = unheard
        self._loud_ms = 0
        self._loud_at = float("-inf")
        self._told = False
        self._away_since: float | None = None  # the first sound that no engine was there for
        self._away_ms = 0  # so much of it was loud
        self._away_told = False

    def on_member_voice(self, event: MemberVoice) -> None:
        """The microphone is loud."""
        state = self._state
        if state.playback.items:
            return
        if not state.connected:
            self._away_ms += event.ms
            if self._away_since is None:
                self._away_since = state.at
        elif not (state.member_speaking or state.push_to_talk):
            self._loud_ms += event.ms
            self._loud_at = state.at

    def on_heard(self) -> None:
        """The engine has heard speech."""
        self._loud_ms = 0

    def on_engine_lost(self) -> None:
        """What it had not put into words is lost, unless the next one comes soon."""
        self._loud_ms = 0
        self._away_since = self._unheard.replay_since
        self._away_ms = limits.UNHEARD_AWAY_MS if self._unheard.replay_pending else 0

    def on_engine_ready(self) -> None:
        """It is given the sound of the absence."""
        self._told = self._away_told = False
        self._forget_away()

    def tick(self) -> None:
        """Tell the member what nobody has heard."""
        state, at = self._state, self._state.at
        if at - self._loud_at > limits.UNHEARD_PAUSE_S:
            self._loud_ms = 0
        if self._loud_ms > limits.UNHEARD_LOUD_MS and not self._told:
            self._told = True
            state.write_notice("no_words")
        if self._away_since is None or at - self._away_since < _REPLAYED_S:
            return
        if self._away_ms >= limits.UNHEARD_AWAY_MS and not self._away_told:
            self._away_told = True
            self._unheard.tell_lost()
        self._forget_away()  # else a click, and it is lost; what comes now counts anew

    def _forget_away(self) -> None:
        self._away_since = None
        self._away_ms = 0
