"""Runs a conversation between a page and an engine: pumps, bounded queues, effects in order.

What may be lost: microphone audio (the oldest first) when the engine is slow or away. Commands,
words, turns and tool results are never dropped; a page that cannot keep up is given up instead.
"""

import asyncio
from collections import deque
from contextlib import suppress

import msgspec
import structlog

from coach import wire
from coach.voice import limits, pcm
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.conversation import Conversation
from coach.voice.effects import (
    ClearPlayback,
    CountUsage,
    DirectiveDelivered,
    DropCaption,
    PageEffect,
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
from coach.voice.engine_commands import AddMessage, EngineCommand
from coach.voice.engine_events import (
    EngineDialled,
    EngineEvent,
    EngineFault,
    EngineLost,
    EngineReady,
    SoundReplayed,
)
from coach.voice.history import history_messages
from coach.voice.inputs import (
    ButtonHeld,
    Event,
    MemberVoice,
    ScreeningDone,
    TalkEnded,
    Tick,
    ToolFinished,
)
from coach.voice.interfaces import Admit, Connect, Engine, Host, Page
from coach.voice.microphone import Microphone
from coach.voice.ordered_sender import OrderedSender
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.reconnect import EngineConnector

log = structlog.get_logger(__name__)

_FRAME_BYTES = limits.PAGE_FRAME_MAX_MS * limits.BYTES_PER_MS


class Relay:
    """One talk. `run` until the engine is lost for good; the page's events come by `page_*`.

    `admit` is awaited before each `connect`: what it takes is not the engine's fault.
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
        self._page = page
        self._host = host
        self._resumed = resumed
        self._clock = clock or Clock()
        self._keeper = EngineConnector(self, connect, settings, self._clock, admit)
        self._engine: Engine | None = None
        self._hearing: Engine | None = None  # the same, once it may have the microphone
        self._pressed_bytes = 0  # of the microphone, since the button went down
        self._microphone = Microphone()
        self._sound_since: float | None = None  # what the next engine must hear
        self._pages: OrderedSender[PageEffect] = OrderedSender(
            self._to_page, limits.PAGE_QUEUE_FRAMES
        )
        self._commands: OrderedSender[EngineCommand] = OrderedSender(
            self._to_engine, limits.PAGE_QUEUE_FRAMES
        )
        self._kept: deque[AddMessage] = deque(maxlen=limits.PENDING_MESSAGES)
        self._records: asyncio.Queue[RecordTurn | None] = asyncio.Queue(limits.RECORD_QUEUE)
        self._tools: set[asyncio.Task[None]] = set()
        self._tool_turn = asyncio.Lock()  # first come, first served: in the order of the calls
        self._failed: asyncio.Future[None] | None = None

    # --- from outside ---------------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """Nothing is under way, and all that was said is with the host."""
        return self.conversation.idle and self._records.empty() and not self._tools

    async def run(self) -> None:
        """Serve the talk. Returns when the engine is gone for good (`ShowError` tells the page).

        Raises what went wrong unexpectedly; the caller closes the page's socket then. Cancelled, it
        still writes down every turn that was said.
        """
        self._failed = asyncio.get_running_loop().create_future()
        recorder = asyncio.create_task(self._recorder(), name="recorder")
        pumps: set[asyncio.Future[None]] = {
            asyncio.create_task(self._engines(), name="engine"),
            asyncio.create_task(self._ticker(), name="ticker"),
            asyncio.create_task(self._watch(), name="page watch"),
            self._failed,
        }
        try:
            done, _ = await asyncio.wait({recorder, *pumps}, return_when=asyncio.FIRST_COMPLETED)
            for pump in done:
                pump.result()
        finally:
            await cancel([*pumps, *self._tools])
            if not recorder.done():
                await self._records.put(None)
                await recorder
            await self.drain()

    async def dispatch(self, event: Event) -> None:
        """Let the conversation decide about an event, and do what it says."""
        self._decide(event)
        await self._commands.flush()
        await self._pages.flush()

    async def page_audio(self, frame: bytes) -> None:
        """A frame of the microphone. Never waits for a slow engine: the oldest audio is dropped."""
        if len(frame) % 2 or len(frame) > limits.MIC_FRAME_MAX_BYTES:
            return
        self._microphone.add(frame, self._clock.now())
        self._pressed_bytes += len(frame)
        if self._hearing is not None:
            await self._pour(self._hearing)
        if self.conversation.speech_in_progress and _loud(frame):
            await self.dispatch(MemberVoice(len(frame) // limits.BYTES_PER_MS))

    async def _pour(self, engine: Engine) -> None:
        with suppress(EngineError):  # the engine's reader sees the same end, and acts on it
            await self._microphone.pour(engine)

    async def held(self, down: bool) -> None:
        """The member pressed the button, or let it go; all sound of the press came before."""
        ms = self._pressed_bytes // limits.BYTES_PER_MS
        self._pressed_bytes = 0
        await self.dispatch(ButtonHeld(down, ms))

    async def drain(self) -> None:
        """Write down what was said and not written yet. Only when `run` is over."""
        while not self._records.empty():
            turn = self._records.get_nowait()
            if turn is not None:
                await self._host.record(turn)

    async def end(self) -> None:
        """The talk is over: fall silent and write down what was heard."""
        await self.dispatch(TalkEnded())

    # --- effects --------------------------------------------------------------------------------

    def _decide(self, event: Event) -> None:
        """Queue the effects in the order they were decided; nothing waits in between."""
        for effect in self.conversation.handle(event, self._clock.now()):
            match effect:
                case ShowCaption():
                    self._host.caption(effect)
                    self._pages.add(effect)
                case Play() | ShowState() | ShowError() | ShowFloor() | ClearPlayback():
                    self._pages.add(effect)
                case DropCaption():
                    self._pages.add(effect)
                case RecordTurn():
                    self._records.put_nowait(effect)
                case ScreenText():
                    self._screen(effect)
                case RunTool():
                    self._start_tool(effect)
                case CountUsage():
                    self._host.count(effect)
                case DirectiveDelivered():
                    self._host.delivered(effect.ref)
                case _:
                    self._commands.add(effect)  # type: ignore[arg-type]

    async def _to_page(self, effect: PageEffect) -> None:
        if isinstance(effect, Play):
            head = wire.audio_header(effect.generation, effect.index)
            data = effect.pcm
            if len(data) <= _FRAME_BYTES:
                await self._page.send_audio(head + data)
                return
            for start in range(0, len(data), _FRAME_BYTES):
                await self._page.send_audio(head + data[start : start + _FRAME_BYTES])
            return
        await self._page.send(self._message(effect))

    def _message(self, effect: ShownEffect) -> wire.ToPage:
        match effect:
            case ShowState(state=state):
                return wire.StateChanged(state)
            case ShowCaption(speaker=speaker, item_id=item, text=text):
                return wire.Caption(speaker, item, text)
            case DropCaption(item_id=item):
                return wire.CaptionDropped(item)
            case ClearPlayback(generation=generation):
                return wire.ClearPlayback(generation)
            case ShowFloor(floor=floor, epoch=epoch, name=name):
                return wire.FloorState(floor, epoch, name)
            case ShowError(code=code, fatal=fatal):
                return wire.Error(code, self._host.words(code), fatal)

    async def _to_engine(self, command: EngineCommand) -> None:
        if self._engine is None:
            self._keep(command)
            return
        engine = self._engine
        try:
            async with asyncio.timeout(limits.ENGINE_SEND_S):
                await engine.send(command)
        except EngineError:  # the engine's reader sees the same end
            self._keep(command)
        except TimeoutError:  # it takes nothing any more, not even a farewell
            log.warning("engine_stuck")
            self._keep(command)
            engine.abort()

    def _keep(self, command: EngineCommand) -> None:
        """Words for the engine while there is none: the next one is told.

        Items with an id of their own the conversation adds again.
        """
        if isinstance(command, AddMessage) and not command.item_id:
            self._kept.append(command)

    def _screen(self, text: ScreenText) -> None:
        hold = self._host.screen(text)
        if hold or (text.final and text.speaker == "member"):
            self._decide(ScreeningDone(text.key, text.speaker, text.final, hold))

    def _start_tool(self, call: RunTool) -> None:
        task = asyncio.create_task(self._tool(call), name=f"tool {call.name}")
        self._tools.add(task)
        task.add_done_callback(self._tool_over)

    def _tool_over(self, task: asyncio.Task[None]) -> None:
        self._tools.discard(task)
        failed = self._failed
        if not task.cancelled() and task.exception() and failed and not failed.done():
            failed.set_exception(task.exception() or RuntimeError())

    async def _tool(self, call: RunTool) -> None:
        try:
            # One after the other: a total that is asked for counts the meal logged just before.
            async with asyncio.timeout(limits.TOOL_S), self._tool_turn:
                await self._words_first()
                output = await self._host.run_tool(call.call_id, call.name, call.arguments)
        except TimeoutError:
            log.warning("tool_timeout", tool=call.name, call=call.call_id)
            failure = {"error": "timeout", "say": self._host.words("tool_timeout")}
            output = msgspec.json.encode(failure).decode()
        except Exception as error:  # noqa: BLE001  every call gets an output, whatever broke
            log.error("tool_broken", tool=call.name, call=call.call_id, error=type(error).__name__)
            failure = {"error": "failure", "say": self._host.words("tool_failed")}
            output = msgspec.json.encode(failure).decode()
        await self.dispatch(ToolFinished(call.call_id, output[: limits.TOOL_OUTPUT_MAX_CHARS]))

    async def _words_first(self) -> None:
        """A card stands below the words that brought it: they are written first."""
        until = self._clock.now() + limits.TURNS_WRITTEN_S
        # What settles it is an event that only the pure conversation sees.
        while self.conversation.member_turn_pending and self._clock.now() < until:
            await self._clock.sleep(limits.TICK_S / 5)

    # --- pumps ----------------------------------------------------------------------------------

    async def _ticker(self) -> None:
        while True:
            await self._clock.sleep(limits.TICK_S)
            await self.dispatch(Tick())
            if (engine := self._hearing) is not None:
                self._microphone.forget(self._unheard_since(engine))
                await self._pour(engine)

    async def _watch(self) -> None:
        """Raises OverflowError when the page has stopped taking what is sent."""
        while True:
            before = self._pages.stuck_at
            await self._clock.sleep(limits.PAGE_STUCK_S)
            if before >= 0 and before == self._pages.stuck_at:
                raise OverflowError("the page does not take what is sent")

    async def _recorder(self) -> None:
        while (turn := await self._records.get()) is not None:
            written = await self._host.record(turn)
            self._records.task_done()
            if not written:
                self._pages.add(DropCaption(turn.item_id))
                await self._pages.flush()

    async def _engines(self) -> None:
        try:
            await self._keeper.run()
        except EngineError as error:
            code = error.code if not error.retryable else "engine_unavailable"
            self._pages.add(ShowError(code, fatal=True))
            await self._pages.flush()

    # --- for the keeper of the engine -----------------------------------------------------------

    @property
    def quiet(self) -> bool:
        return self.conversation.idle

    @property
    def lost(self) -> bool:
        """There is no engine at the moment."""
        return self._engine is None

    async def happened(self, engine: Engine, event: EngineEvent) -> bool:
        if engine is not self._engine:
            return False
        if isinstance(event, EngineFault):
            log.info("engine_fault", code=event.code[:64], command=event.event_id[:64])
        await self.dispatch(event)
        return True

    async def seek(self) -> None:
        await self.dispatch(EngineDialled())

    async def lose(self) -> None:
        """There is no engine any more."""
        if self._engine is None:
            return
        self._sound_since = self._unheard_since(self._engine)
        self._engine = self._hearing = None
        for command in self._commands.take():
            self._keep(command)
        await self.dispatch(EngineLost())

    async def take(self, engine: Engine) -> None:
        """Go on with this engine: it is told what was said, and hears what was not yet in words.

        Raises EngineError when it is lost meanwhile.
        """
        await self._tell(engine)
        self._engine = engine
        await self.dispatch(EngineReady(self._resumed))
        self._resumed = True
        since = self._sound_since
        self._microphone.again(self._clock.now() - limits.MIC_PREROLL_S if since is None else since)
        self._hearing = engine
        await self._microphone.pour(engine)
        await self.dispatch(SoundReplayed())

    def _unheard_since(self, engine: Engine) -> float:
        """Since when the sound is not in words; what a dead line took was not even heard."""
        since = self.conversation.unheard_since
        if self.conversation.push_to_talk:
            return since  # what came before the press concerns nobody
        return min(since, self._clock.now() - engine.silent_s)

    async def _tell(self, engine: Engine) -> None:
        with suppress(TimeoutError):  # what takes longer than that to write is not told
            async with asyncio.timeout(limits.TURNS_WRITTEN_S):
                await self._records.join()
        told = history_messages(await self._host.history())
        for message in told:
            await engine.send(message)
        known = {(message.role, message.text) for message in told}
        while self._kept:
            if (self._kept[0].role, self._kept[0].text) not in known:
                await engine.send(self._kept[0])
            self._kept.popleft()


def _loud(frame: bytes) -> bool:
    return pcm.rms(pcm.from_bytes(frame)) > limits.BARGE_IN_LOUD
