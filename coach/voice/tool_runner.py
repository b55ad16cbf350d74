"""Runs the coach's tool calls beside the talk."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import structlog

from coach.voice import limits
from coach.voice.clock import Clock
from coach.voice.effects import RunTool
from coach.voice.inputs import ToolFinished
from coach.voice.interfaces import Host

log = structlog.get_logger(__name__)


class ToolRunner:
    """Runs calls one after the other; each gets exactly one output, whatever breaks.

    `words_pending` says whether words of the member are not written yet, `on_finished` takes the
    output of a call. `on_failure` is called with what `on_finished` raises.
    """

    def __init__(
        self,
        host: Host,
        clock: Clock,
        *,
        words_pending: Callable[[], bool],
        on_finished: Callable[[ToolFinished], Awaitable[None]],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        self._host = host
        self._clock = clock
        self._words_pending = words_pending
        self._on_finished = on_finished
        self._on_failure = on_failure
        self._lock = asyncio.Lock()  # first come, first served: in the order of the calls
        self.tasks: set[asyncio.Task[None]] = set()

    def start(self, call: RunTool) -> None:
        """Run a call in a task of its own."""
        task = asyncio.create_task(self._run(call), name=f"tool {call.name}")
        self.tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_failure(error)

    async def _run(self, call: RunTool) -> None:
        try:
            # One after the other: a total that is asked for counts the meal logged just before.
            async with asyncio.timeout(limits.TOOL_S), self._lock:
                await self._wait_for_words()
                output = await self._host.run_tool(call)
        except TimeoutError:
            log.warning("tool_timeout", tool=call.name, call=call.call_id)
            output = self._failure("timeout", "tool_timeout")
        except Exception as error:  # noqa: BLE001  every call gets an output, whatever broke
            log.error("tool_failed", tool=call.name, call=call.call_id, error=type(error).__name__)
            output = self._failure("failure", "tool_failed")
        output = output[: limits.TOOL_OUTPUT_MAX_CHARS]
        await self._on_finished(ToolFinished(call.call_id, output))

    async def _wait_for_words(self) -> None:
        """A card stands below the words that brought it: they are written first."""
        deadline = self._clock.now() + limits.TURNS_WRITTEN_S
        # What settles it is an event that only the pure conversation sees.
        while self._words_pending() and self._clock.now() < deadline:
            await self._clock.sleep(limits.TICK_S / 5)

    def _failure(self, error: str, message_code: str) -> str:
        output = {"error": error, "say": self._host.error_message(message_code)}
        return msgspec.json.encode(output).decode()
