"""The engine that a talk uses at the moment: its commands, its audio, and the hand-over."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import msgspec
import structlog

from coach.voice import limits
from coach.voice.clock import Clock
from coach.voice.conversation import Conversation
from coach.voice.engine_commands import AddMessage, EngineCommand, LeaveEngine
from coach.voice.engine_events import (
    EngineDialled,
    EngineEvent,
    EngineFault,
    EngineLost,
    EngineReady,
    SoundReplayed,
    SpeechStarted,
    SpokenAudio,
)
from coach.voice.history import history_messages
from coach.voice.inputs import Event
from coach.voice.interfaces import Engine, Host
from coach.voice.microphone import Microphone
from coach.voice.ordered_sender import OrderedSender
from coach.voice.realtime import EngineError

log = structlog.get_logger(__name__)


class EngineLink:
    """Implements `EngineUser` for one conversation.

    `dispatch` takes the events for the conversation, `take` does so without waiting for what they
    cause. `is_ready` says whether nothing that is to be sent waits. `wait_until_written` returns
    when its turns are in the history. `resumed`: the talk had begun before. `commands` queues what
    the engine is sent; messages that no engine takes wait for the next one.
    """

    def __init__(
        self,
        conversation: Conversation,
        host: Host,
        clock: Clock,
        *,
        dispatch: Callable[[Event], Awaitable[None]],
        take: Callable[[Event], None],
        is_ready: Callable[[], bool],
        wait_until_written: Callable[[], Awaitable[None]],
        resumed: bool,
    ) -> None:
        self._conversation = conversation
        self._host = host
        self._clock = clock
        self._dispatch = dispatch
        self._take = take
        self._is_ready = is_ready
        self._wait_until_written = wait_until_written
        self._resumed = resumed
        self._engine: Engine | None = None
        self._listening: Engine | None = None  # the same, once it may have the microphone
        self._replay_since: float | None = None  # what the next engine must hear
        self._replaying = False  # and has not been sent all of yet
        self._pending: deque[AddMessage] = deque(maxlen=limits.PENDING_MESSAGES)
        self.microphone = Microphone()
        self.commands: OrderedSender[EngineCommand] = OrderedSender(
            self._send, limits.PAGE_QUEUE_FRAMES
        )

    @property
    def connected(self) -> bool:
        """There is an engine at the moment."""
        return self._engine is not None

    def append_audio(self, frame: bytes) -> None:
        """Take a frame of the microphone. Never waits for a slow engine."""
        self.microphone.add(frame, self._clock.now())
        if self._listening is not None:
            self._send_audio(self._listening)

    def tick(self) -> None:
        """Drop audio that is in words, and send what a slow engine had not taken."""
        if (engine := self._listening) is not None:
            self.microphone.forget(self._unheard_since(engine))
            self._send_audio(engine)

    # --- EngineUser -----------------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        """Nothing is under way: a good moment to change the connection."""
        return self._conversation.idle

    async def on_dialling(self) -> None:
        """An engine is dialled."""
        await self._dispatch(EngineDialled())

    async def on_connected(self, engine: Engine) -> None:
        """Go on with this engine: tell it the history, and replay audio that is not in words yet.

        Raises EngineError when it is lost meanwhile.
        """
        await self._send_history(engine)
        self._engine = engine
        await self._dispatch(EngineReady(self._resumed))
        self._resumed = True
        since = self._replay_since
        self.microphone.replay(self._clock.now() - limits.MIC_PREROLL_S if since is None else since)
        self._listening, self._replaying = engine, True
        self.microphone.send_to(engine)
        self._tell_replayed()

    async def on_disconnected(self) -> None:
        """There is no engine any more."""
        if self._engine is None:
            return
        self._replay_since = self._unheard_since(self._engine)
        self._engine = self._listening = None
        self._replaying = False
        for command in self.commands.take_pending():
            self._keep_for_next(command)
        await self._dispatch(EngineLost())

    def is_ready(self, engine: Engine) -> bool:
        """This engine is in use, and nothing waits that its earlier events have caused."""
        return engine is self._engine and self._is_ready()

    def take(self, event: EngineEvent) -> None:
        """An event of an engine for which it `is_ready`: deal with it without waiting."""
        self._take(event if isinstance(event, SpokenAudio) else self._noticed(event))

    async def on_event(self, engine: Engine, event: EngineEvent) -> bool:
        """False: this engine is not in use any more, and its event was dropped."""
        if engine is not self._engine:
            return False
        await self._dispatch(self._noticed(event))
        return True

    def _noticed(self, event: EngineEvent) -> EngineEvent:
        """With what the microphone itself tells of speech; a fault is logged."""
        if isinstance(event, EngineFault):
            log.info("engine_fault", code=event.code[:64], command=event.event_id[:64])
        if not isinstance(event, SpeechStarted):
            return event
        loud_ms, quiet_ms = self.microphone.loud_since()
        return msgspec.structs.replace(event, loud_ms=loud_ms, quiet_ms=quiet_ms)

    # --- sending --------------------------------------------------------------------------------

    async def _send(self, command: EngineCommand) -> None:
        if self._engine is None:
            self._keep_for_next(command)
            return
        engine = self._engine
        if isinstance(command, LeaveEngine):
            log.warning("engine_answers_nothing")
            engine.abort()  # its reader sees the end, and another is dialled
            return
        try:
            async with asyncio.timeout(limits.ENGINE_SEND_S):
                await engine.send(command)
        except EngineError:  # the engine's reader sees the same end
            self._keep_for_next(command)
        except TimeoutError:  # it takes nothing any more, not even a close frame
            log.warning("engine_send_timeout")
            self._keep_for_next(command)
            engine.abort()

    def _keep_for_next(self, command: EngineCommand) -> None:
        """Keep a message for the next engine. The conversation adds items with an id again."""
        if isinstance(command, AddMessage) and not command.item_id:
            self._pending.append(command)

    def _send_audio(self, engine: Engine) -> None:
        try:
            self.microphone.send_to(engine)
        except EngineError:
            return  # the engine's reader sees the same end, and acts on it
        if self._replaying:
            self._tell_replayed()

    def _tell_replayed(self) -> None:
        """The engine was sent all sound so far: what commits it may follow."""
        if self._replaying and not self.microphone.unsent:
            self._replaying = False
            self._take(SoundReplayed())

    async def _send_history(self, engine: Engine) -> None:
        await self._wait_until_written()  # what takes longer than that is not sent
        history = history_messages(await self._host.history())
        for message in history:
            await engine.send(message)
        sent = {(message.role, message.text) for message in history}
        while self._pending:
            if (self._pending[0].role, self._pending[0].text) not in sent:
                await engine.send(self._pending[0])
            self._pending.popleft()

    def _unheard_since(self, engine: Engine) -> float:
        """Since when the sound is not in words; what a dead network took was not even heard."""
        since = self._conversation.unheard_since
        if self._conversation.push_to_talk:
            return since  # what came before the press concerns nobody
        return min(since, self._clock.now() - engine.silent_s)
