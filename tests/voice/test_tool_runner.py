"""Tool calls beside the talk: one after the other, each with one output."""

import asyncio
import json

from coach.voice import limits
from coach.voice.effects import RunTool
from coach.voice.tool_runner import ToolRunner
from tests.support.relay_stage import Host, ManualClock


class Stage:
    def __init__(self, words_pending=lambda: False):
        self.host, self.clock = Host(), ManualClock()
        self.finished, self.failures = [], []
        self.runner = ToolRunner(
            self.host,
            self.clock,
            words_pending=words_pending,
            on_finished=self._finish,
            on_failure=self.failures.append,
        )

    async def _finish(self, event):
        if event.call_id == "broken":
            raise RuntimeError("broken")
        self.finished.append((event.call_id, json.loads(event.output)))

    def start(self, *call_ids):
        for call_id in call_ids:
            self.runner.start(RunTool(call_id, "log_meal", "{}"))

    async def over(self):
        await asyncio.gather(*self.runner.tasks, return_exceptions=True)
        await asyncio.sleep(0)


async def test_calls_run_in_their_order_and_each_has_its_output():
    stage = Stage()
    stage.start("a", "b", "c")
    assert len(stage.runner.tasks) == 3
    await stage.over()
    assert [call_id for call_id, _, _ in stage.host.calls] == ["a", "b", "c"]
    assert stage.finished == [(call_id, {"say": "Done."}) for call_id in "abc"]
    assert stage.runner.tasks == set()


async def test_a_slow_tool_is_answered_with_a_timeout(monkeypatch):
    monkeypatch.setattr(limits, "TOOL_S", 0.01)
    stage = Stage()
    stage.host.tool_s = 5
    stage.start("a")
    await stage.over()
    message = "words for tool_timeout"
    assert stage.finished == [("a", {"error": "timeout", "say": message})]


async def test_a_broken_tool_is_answered_with_a_failure():
    stage = Stage()
    stage.host.broken = True
    stage.start("a", "b")
    await stage.over()
    failure = {"error": "failure", "say": "words for tool_failed"}
    assert stage.finished == [("a", failure), ("b", failure)]
    assert stage.failures == []


async def test_a_long_output_is_cut():
    stage = Stage()
    outputs = []

    async def run_tool(call):
        return "x" * (limits.TOOL_OUTPUT_MAX_CHARS + 1)

    async def finish(event):
        outputs.append(event.output)

    stage.host.run_tool = run_tool
    stage.runner._on_finished = finish
    stage.start("a")
    await stage.over()
    assert [len(output) for output in outputs] == [limits.TOOL_OUTPUT_MAX_CHARS]


async def test_what_breaks_behind_the_tool_is_a_failure_of_the_talk():
    stage = Stage()
    stage.start("broken")
    await stage.over()
    assert [str(error) for error in stage.failures] == ["broken"]


async def test_a_cancelled_call_is_no_failure():
    stage = Stage()
    stage.host.tool_s = 5
    stage.start("a")
    await asyncio.sleep(0)
    for task in list(stage.runner.tasks):
        task.cancel()
    await stage.over()
    assert (stage.finished, stage.failures) == ([], [])


async def test_a_tool_waits_for_the_words_that_call_it():
    pending = [True]
    stage = Stage(words_pending=lambda: pending[0])
    stage.start("a")
    await asyncio.sleep(0)
    await stage.clock.advance(limits.TURNS_WRITTEN_S / 2)
    assert stage.host.calls == []
    pending[0] = False
    await stage.clock.advance(limits.TICK_S)
    await stage.over()
    assert len(stage.host.calls) == 1


async def test_words_that_are_never_written_hold_a_tool_up_for_a_second_only():
    stage = Stage(words_pending=lambda: True)
    stage.start("a")
    await asyncio.sleep(0)
    await stage.clock.advance(limits.TURNS_WRITTEN_S + limits.TICK_S)
    await stage.over()
    assert len(stage.finished) == 1
