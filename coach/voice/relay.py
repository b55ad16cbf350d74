"""Runs a conversation between a page and an engine: pumps, bounded queues, effects in order.

What may be lost: microphone audio (the oldest first) when the engine is slow or away. Commands,
words, turns and tool results are never dropped; a page that cannot keep up is disconnected instead.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from coach.voice import limits
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.conversation import Conversation
from coach.voice.effects import (
    ClearPlayback,
    CountUsage,
    DirectiveDelivered,
    DropCaption,
    Play,
    RecordTurn,
    RunTool,
    ScreenText,
    ShowCaption,
    ShowError,
    ShowFloor,
    ShownEffect,
    ShowState,
)
from coach.voice.engine_events import EngineGone, SpokenAudio
from coach.voice.engine_link import EngineLink
from coach.voice.inputs import (
    ButtonHeld,
    Event,
    MemberVoice,
    PlaybackProgress,
    ScreeningDone,
    TalkEnded,
    Tick,
)
from coach.voice.interfaces import Admit, Connect, Host, Page
from coach.voice.microphone import is_loud
from coach.voice.page_output import PageOutput
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.reconnect import EngineConnector
from coach.voice.tool_runner import ToolRunner
from coach.voice.turn_recorder import TurnRecorder

log = structlog.get_logger(__name__)

# With any other floor a person speaks with the member, or is called: they need the page alone.
NEEDS_ENGINE = ("coach", "guided")


class Relay:
    """One talk. `run` until the engine is lost for good; the page's events come by `dispatch`.

    `connect` opens an engine, `settings` are what it is configured with. `admit` is awaited before
    each `connect`: what it takes is not the engine's fault. `resumed`: the talk had begun before.
    """

    def __init__(
        self,
        *,
        conversation: Conversation,
        page: Page,
        host: Host,
        connect: Connect,
        settings: EngineSettings,
        resumed: bool = False,
        clock: Clock | None = None,
        admit: Admit | None = None,
    ) -> None:
        self.conversation = conversation
        self._host = host
        self._clock = clock or Clock()
        self._frames = 0  # of the microphone, outside of speech
        self._quiet_ms = 0  # of it, within speech, since it was loud
        self._pressed_bytes = 0  # of the microphone, since the button went down
        self.listener: Callable[[bytes], None] | None = None  # a person who hears the member
        self.person_played: Callable[[], None] | None = None  # told when the page plays a person
        self._failed: asyncio.Future[None] | None = None
        self._flushing: set[asyncio.Task[None]] = set()
        self._page = PageOutput(page, host)
        self._recorder = TurnRecorder(host, on_refused=self._on_turn_refused)
        self._engine = EngineLink(
            conversation,
            host,
            self._clock,
            dispatch=self.dispatch,
            take=self.take,
            is_ready=self._is_ready,
            wait_until_written=self._recorder.wait_until_written,
            resumed=resumed,
        )
        self._tools = ToolRunner(
            host,
            self._clock,
            words_pending=lambda: conversation.member_turn_pending or not self._recorder.empty,
            on_finished=self.dispatch,
            on_failure=self._fail,
        )
        self._resumed = resumed
        self._connector = partial(
            EngineConnector, self._engine, connect, settings, self._clock, admit
        )

    @property
    def settled(self) -> bool:
        """Nothing is under way, and all that was said is with the host."""
        return self.conversation.idle and self._recorder.empty and not self._tools.tasks

    @property
    def connected(self) -> bool:
        """There is an engine at the moment."""
        return self._engine.connected

    @property
    def page_idle(self) -> bool:
        """The page takes what it is sent: sound that is sent now is not late."""
        return self._page.idle

    @property
    def ready(self) -> bool:
        """Nothing waits to be sent: an event may be taken in the call in which it comes."""
        return self._is_ready()

    async def run(self) -> None:
        """Serve the talk. Returns when the engine is gone for good (`ShowError` tells the page).

        Raises what went wrong unexpectedly; the caller closes the page's socket then. Cancelled, it
        still writes down every turn that was said.
        """
        self._failed = asyncio.get_running_loop().create_future()
        recorder = asyncio.create_task(self._recorder.run(), name="recorder")
        pumps: set[asyncio.Future[None]] = {
            asyncio.create_task(self._keep_connected(), name="engine"),
            asyncio.create_task(self._tick(), name="ticker"),
            asyncio.create_task(self._page.watch(self._clock), name="page watch"),
            self._failed,
        }
        try:
            done, _ = await asyncio.wait({recorder, *pumps}, return_when=asyncio.FIRST_COMPLETED)
            for pump in done:
                pump.result()
        finally:
            await cancel([*pumps, *self._tools.tasks, *self._flushing])
            await self._recorder.finish(recorder)

    async def dispatch(self, event: Event) -> None:
        """Let the conversation decide about an event, and do what it says."""
        self._decide(event)
        if not self._flush_now():
            await self._flush()

    def take(self, event: Event) -> None:
        """The same in one call: what cannot be sent at once a task sends.

        Raises nothing: what goes wrong ends `run`.
        """
        try:
            if not self._pass_on(event):
                self._decide(event)
                self._flush_soon()
        except Exception as error:  # noqa: BLE001  `run` raises it
            self._fail(error)

    def show(self, effect: ShownEffect) -> None:
        """Show the page what the conversation does not decide about."""
        self._page.show(effect)
        self._flush_soon()

    def page_audio(self, frame: bytes) -> None:
        """A frame of the microphone. Never waits for a slow engine: the oldest audio is dropped."""
        if len(frame) % 2 or len(frame) > limits.MIC_FRAME_MAX_BYTES:
            return
        self._pressed_bytes += len(frame)
        self._engine.append_audio(frame)
        if self.listener is not None:
            self.listener(frame)
        if (loud_ms := self._loud_ms(frame)) > 0:
            quiet_ms, self._quiet_ms = self._quiet_ms, 0
            self.take(MemberVoice(loud_ms, quiet_ms))

    def page_plays_person(self) -> None:
        """The page has played more of the sound of a person who speaks."""
        if self.person_played is not None:
            self.person_played()

    def _loud_ms(self, frame: bytes) -> int:
        """How much loud sound this frame stands for. Outside of speech few are looked at."""
        ms = len(frame) // limits.BYTES_PER_MS
        if not self.conversation.speech_in_progress:
            self._quiet_ms = 0
            self._frames += 1
            if self._frames % limits.MIC_SAMPLE_FRAMES:
                return 0
            ms *= limits.MIC_SAMPLE_FRAMES
            return ms if is_loud(frame) else 0
        if is_loud(frame):
            return ms
        self._quiet_ms += ms
        return 0

    async def button_held(self, down: bool) -> None:
        """The member pressed the button, or released it; all audio of the press came before."""
        ms = self._pressed_bytes // limits.BYTES_PER_MS
        self._pressed_bytes = 0
        await self.dispatch(ButtonHeld(down, ms))

    async def end(self) -> None:
        """The talk is over: fall silent and write down what was heard."""
        await self.dispatch(TalkEnded())

    async def drain(self) -> None:
        """Write down what was said and not written yet. Only when `run` is over."""
        await self._recorder.drain()

    def _is_ready(self) -> bool:
        return self._page.idle and self._engine.commands.idle

    def _pass_on(self, event: Event) -> bool:
        """The short way for sound, and for reports of what was heard. False: decide about it."""
        if isinstance(event, PlaybackProgress):
            return self.conversation.note_played(event, self._clock.now())
        if not isinstance(event, SpokenAudio):
            return False
        play = self.conversation.pass_on(event, self._clock.now())
        if play is None:
            return False
        if not self._page.play_now(play):
            self._page.show(play)
            self._flush_soon()
        return True

    def _decide(self, event: Event) -> None:
        """Queue the effects in the order they were decided; nothing waits in between."""
        for effect in self.conversation.handle(event, self._clock.now()):
            match effect:
                case (
                    Play()
                    | ClearPlayback()
                    | DropCaption()
                    | ShowState()
                    | ShowFloor()
                    | ShowError()
                ):
                    self._page.show(effect)
                case ShowCaption():
                    self._host.show_caption(effect)
                    self._page.show(effect)
                case RecordTurn():
                    self._recorder.add(effect)
                case ScreenText():
                    self._screen(effect)
                case RunTool():
                    self._tools.start(effect)
                case CountUsage():
                    self._host.count_usage(effect)
                case DirectiveDelivered():
                    self._host.directive_delivered(effect)
                case _:
                    self._engine.commands.add(effect)  # type: ignore[arg-type]  # an EngineCommand

    def _screen(self, text: ScreenText) -> None:
        hold = self._host.screen(text)
        if hold or (text.final and text.speaker == "member"):
            self._decide(ScreeningDone(text.key, text.speaker, text.final, hold))

    async def _on_turn_refused(self, turn: RecordTurn) -> None:
        self._page.show(DropCaption(turn.item_id))
        await self._page.flush()

    def _flush_now(self) -> bool:
        told = self._engine.commands.flush_now()
        return self._page.flush_now() and told  # the page falls silent whatever the engine does

    def _flush_soon(self) -> None:
        if self._flush_now():
            return
        flushing = asyncio.create_task(self._flush(), name="flush")
        self._flushing.add(flushing)
        flushing.add_done_callback(self._on_flushed)

    async def _flush(self) -> None:
        await self._engine.commands.flush()
        await self._page.flush()

    def _on_flushed(self, flushing: asyncio.Task[None]) -> None:
        self._flushing.discard(flushing)
        if not flushing.cancelled() and (error := flushing.exception()) is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """End `run` with this error."""
        if self._failed is not None and not self._failed.done():
            self._failed.set_exception(error)

    async def _tick(self) -> None:
        while True:
            await self._clock.sleep(limits.TICK_S)
            await self.dispatch(Tick())
            self._engine.tick()

    async def _keep_connected(self) -> None:
        """Until no engine can be reached, and nobody needs the page without one."""
        resumed = self._resumed
        while True:
            try:
                await self._connector(resumed=resumed).run()
            except EngineError as error:
                if self.conversation.floor in NEEDS_ENGINE:
                    code = error.code if not error.retryable else "engine_unavailable"
                    self._page.show(ShowError(code, fatal=True))
                    await self._page.flush()
                    return
                log.warning("engine_gone_person_stays", code=error.code)
                await self.dispatch(EngineGone())
            resumed = True
            await self._wait_for_coach()

    async def _wait_for_coach(self) -> None:
        """Until the coach is needed again, or it is time to look for an engine anew."""
        until = self._clock.now() + limits.ENGINE_AGAIN_S
        while self._clock.now() < until and self.conversation.floor not in NEEDS_ENGINE:
            await self._clock.sleep(limits.TICK_S)
