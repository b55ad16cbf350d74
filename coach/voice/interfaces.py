"""What a relay stands between: the page, the engine and the application."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Protocol

import msgspec

from coach import wire
from coach.voice.effects import CountUsage, RecordTurn, ScreenText, ShowCaption
from coach.voice.engine_commands import EngineCommand
from coach.voice.engine_events import EngineEvent
from coach.voice.realtime import EngineSettings
from coach.voice.types import Speaker


class Page(Protocol):
    """The member's browser, behind its socket."""

    async def send(self, message: wire.ToPage) -> None: ...

    async def send_audio(self, frame: bytes) -> None:
        """`frame` is a header (`wire.audio_header`) and its samples."""


class Engine(Protocol):
    """One connection to what hears and speaks."""

    @property
    def congested(self) -> bool: ...

    @property
    def silent_s(self) -> float:
        """For how long nothing at all has come from it."""

    @property
    def expires_at(self) -> float | None:
        """When it will end the session, in seconds since 1970, if it has said so."""

    async def configure(self, settings: EngineSettings) -> None: ...

    async def send(self, command: EngineCommand) -> None: ...

    async def append(self, pcm: bytes) -> None: ...

    def events(self) -> AsyncIterator[EngineEvent]: ...

    def abort(self) -> None:
        """End the connection now, without a word."""

    async def close(self) -> None: ...


class HistoryLine(msgspec.Struct, frozen=True):
    """One turn of the history, as text. `name` is the expert's."""

    speaker: Speaker
    text: str
    name: str = ""


class Host(Protocol):
    """The application around the talk."""

    async def record(self, turn: RecordTurn) -> bool:
        """Write the turn down. False: it was refused, the floor had moved."""

    async def run_tool(self, call_id: str, name: str, arguments: str) -> str:
        """Run the tool; returns its output JSON, errors included."""

    def screen(self, found: ScreenText) -> bool:
        """Screen a text at once. True: hold the coach until `Released` is handled."""

    def caption(self, caption: ShowCaption) -> None:
        """What is being said, for those who read along. May be dropped."""

    def delivered(self, ref: int) -> None:
        """What the host asked for by `ref` was heard, or is void."""

    async def history(self) -> Sequence[HistoryLine]:
        """The last turns, oldest first."""

    def count(self, usage: CountUsage) -> None:
        """What a response cost."""

    def words(self, code: str) -> str:
        """The sentence for a person that belongs to an error code."""


Connect = Callable[[], Awaitable[Engine]]
Admit = Callable[[], Awaitable[None]]  # waits until there is a place with the engine
