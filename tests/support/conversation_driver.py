"""Short ways to drive a Conversation in tests."""

from typing import Any

from coach.voice.conversation import Conversation
from coach.voice.effects import Effect, Play, RecordTurn, ScreenText, ShowState
from coach.voice.engine_commands import CreateResponse
from coach.voice.engine_events import (
    EngineReady,
    InputCommitted,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
)
from coach.voice.inputs import Event, MemberVoice, PlaybackProgress, ScreeningDone, Tick

MS = 48  # bytes of one millisecond


class Driver:
    """A Conversation with a clock that the test sets.

    Every `ScreenText` is answered at once: with a hold if its key is in `hold`.
    """

    def __init__(self, *, ready: bool = True, **options: Any) -> None:
        self.conversation = Conversation(**options)
        self.at = 100.0
        self.all: list[Effect] = []
        self.hold: set[str] = set()
        self.responses = 0
        if ready:
            self(EngineReady())

    def __call__(self, *events: Event, after: float = 0.0) -> list[Effect]:
        self.at += after
        out: list[Effect] = []
        for event in events:
            for effect in self.conversation.handle(event, self.at):
                out.append(effect)
                if isinstance(effect, ScreenText):
                    hold = effect.key in self.hold
                    out += self.conversation.handle(
                        ScreeningDone(effect.key, effect.speaker, effect.final, hold), self.at
                    )
        self.all += out
        return out

    def says(self, item: str, *, loud_ms: int = 400) -> list[Effect]:
        """The member speaks long enough to count, and stops; committed, not transcribed."""
        out = self(SpeechStarted(item))
        out += self(*[MemberVoice(20)] * (loud_ms // 20))
        return out + self(SpeechStopped(item), InputCommitted(item), after=0.5)

    def starts_response(self, tag: str = "") -> str:
        """The engine begins the response that was asked for."""
        self.responses += 1
        response = f"resp{self.responses}"
        self(ResponseCreated(response, tag))
        return response

    def speaks(
        self, response: str, item: str, text: str, ms: int, *, done: bool = True
    ) -> list[Effect]:
        """The engine sends words and sound of one item."""
        out = self(SpokenDelta(response, item, text), SpokenAudio(response, item, bytes(ms * MS)))
        if done:
            out += self(SpokenText(response, item, text), ItemDone(response, item))
            out += self(ResponseDone(response, "completed"))
        return out

    def answers(self, item: str, text: str, ms: int, *, done: bool = True) -> str:
        """A whole response of one item; returns its id."""
        response = self.starts_response()
        self.speaks(response, item, text, ms, done=done)
        return response

    def heard(self, ms: int, index: int = 0) -> list[Effect]:
        """The page has played so much of an item."""
        return self(PlaybackProgress(self.conversation.generation, index, ms))

    def ticks(self, seconds: float) -> list[Effect]:
        """So many seconds pass, with a tick every 250 ms."""
        out: list[Effect] = []
        for _ in range(int(seconds / 0.25)):
            out += self(Tick(), after=0.25)
        return out


def of(effects: list[Effect], *kinds: type[Effect]) -> list[Effect]:
    """The effects of these kinds, in order."""
    return [effect for effect in effects if isinstance(effect, kinds)]


def creates(effects: list[Effect]) -> list[CreateResponse]:
    """The responses that are requested."""
    return [effect for effect in effects if isinstance(effect, CreateResponse)]


def turns(effects: list[Effect]) -> list[tuple[str, str, bool]]:
    """Speaker, text and whether it was interrupted, of each turn that is written, but notices."""
    written = [e for e in effects if isinstance(e, RecordTurn) and not e.notice]
    return [(e.speaker, e.text, e.interrupted) for e in written]


def notices(effects: list[Effect]) -> list[str]:
    """The codes of the notices that are written into the thread."""
    return [e.notice for e in effects if isinstance(e, RecordTurn) and e.notice]


def states(effects: list[Effect]) -> list[str]:
    """The states that the page is shown."""
    return [effect.state for effect in effects if isinstance(effect, ShowState)]


def played_ms(effects: list[Effect]) -> int:
    """Milliseconds of audio that the page is sent."""
    return sum(len(effect.pcm) for effect in effects if isinstance(effect, Play)) // MS


def transcript(item: str, text: str) -> InputTranscript:
    """The final words of an utterance."""
    return InputTranscript(item, text)
