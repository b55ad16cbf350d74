"""What a relay connects: the page, the engine and the application."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Protocol

import msgspec

from coach import wire
from coach.voice.effects import (
    CountUsage,
    DirectiveDelivered,
    RecordTurn,
    RunTool,
    ScreenText,
    ShowCaption,
)
from coach.voice.engine_commands import EngineCommand
from coach.voice.engine_events import EngineEvent
from coach.voice.realtime import EngineSettings
from coach.voice.types import Speaker


class Page(Protocol):
    """The member's browser, behind its socket."""

    def send_now(self, message: wire.ToPage) -> bool:
        """Send a message without waiting. False: only `send` can, now."""

    def send_audio_now(self, frame: bytes) -> bool:
        """Send a binary frame without waiting. False: only `send_audio` can, now."""

    async def send(self, message: wire.ToPage) -> None:
        """Send a message as a text frame."""

    async def send_audio(self, frame: bytes) -> None:
        """Send a binary frame: a header (`wire.audio_header`) and its samples."""


class Engine(Protocol):
    """One connection to an engine. What sends or receives raises EngineError."""

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""

    @property
    def silent_s(self) -> float:
        """For how many seconds nothing at all has come from it."""

    @property
    def expires_at(self) -> float | None:
        """When it will end the session, in seconds since 1970, if it has said so."""

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force."""

    async def send(self, command: EngineCommand) -> None:
        """Send one command."""

    def append(self, pcm: bytes) -> None:
        """Send microphone audio (PCM s16le mono 24 kHz), at once."""

    async def drain(self) -> None:
        """Wait while too much is on its way."""

    def offer_to(self, take: Callable[[EngineEvent], None], is_ready: Callable[[], bool]) -> None:
        """Give events to `take` in the call in which they come, if `is_ready` says that it may.

        Else, and while earlier ones wait there, they come by `events`.
        """

    def events(self) -> AsyncIterator[EngineEvent]:
        """Its events until the connection ends."""

    def abort(self) -> None:
        """Drop the connection at once."""

    async def close(self) -> None:
        """Close the connection in order."""


class EngineUser(Protocol):
    """What an `EngineConnector` keeps connected."""

    @property
    def idle(self) -> bool:
        """Nothing is under way: a good moment to change the connection."""

    async def on_dialling(self) -> None:
        """An engine is dialled."""

    async def on_connected(self, engine: Engine) -> None:
        """Go on with this engine. Raises EngineError when it is lost meanwhile."""

    async def on_disconnected(self) -> None:
        """There is no engine any more."""

    def is_ready(self, engine: Engine) -> bool:
        """This engine is in use, and nothing waits that its earlier events have caused."""

    def take(self, event: EngineEvent) -> None:
        """An event of an engine for which it `is_ready`: deal with it without waiting."""

    async def on_event(self, engine: Engine, event: EngineEvent) -> bool:
        """False: this engine is not in use any more, and its event was dropped."""


class HistoryLine(msgspec.Struct, frozen=True):
    """One turn of the history, as text. `name` is the expert's, `item_id` that of `RecordTurn`."""

    speaker: Speaker
    text: str
    name: str = ""
    item_id: str = ""


class Host(Protocol):
    """The application around the talk."""

    async def record_turn(self, turn: RecordTurn) -> bool:
        """Write the turn down. False: it was refused, the floor had moved."""

    async def run_tool(self, call: RunTool) -> str:
        """Run the tool; returns its output JSON, errors included."""

    def screen(self, text: ScreenText) -> bool:
        """Screen a text at once. True: hold the coach until `HoldReleased` is handled."""

    def show_caption(self, caption: ShowCaption) -> None:
        """What is being said, for those who read along. May be dropped."""

    def directive_delivered(self, delivered: DirectiveDelivered) -> None:
        """What the host asked for by its `ref` was heard, or is void."""

    async def history(self) -> Sequence[HistoryLine]:
        """The last turns, oldest first."""

    def count_usage(self, usage: CountUsage) -> None:
        """Count what a response or a transcription cost."""

    def error_message(self, code: str) -> str:
        """The sentence for the member that belongs to an error code."""

    def error_shown(self, code: str) -> None:
        """The member is told of `code` on their page."""


Connect = Callable[[], Awaitable[Engine]]
Admit = Callable[[], Awaitable[None]]
"""Waits until there is a place with the engine."""
