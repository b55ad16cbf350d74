"""What a model calls again is done once for each time that it is asked for."""

import pytest

from coach.voice.effects import RunTool
from coach.voice.engine_commands import ToolOutput
from coach.voice.engine_events import ResponseCreated, ResponseDone, ToolCalled
from coach.voice.inputs import TextTyped, ToolFinished
from tests.support.conversation_driver import Driver, of

DONE = '{"say": "Done."}'


class Tools:
    """A talk whose answers call tools; `runs` are the tools that ran, in order."""

    def __init__(self):
        self.talk = Driver(reads_only={"day_summary"})
        self.calls = 0

    def asks(self, name, text="An egg"):
        self.talk(TextTyped(name, text))

    def begins(self):
        return self.talk.starts_response()

    def call(self, response, tool, food="egg"):
        self.calls += 1
        arguments = f'{{"said": "{food}"}}'
        self.talk(ToolCalled(response, f"call{self.calls}", tool, arguments))
        return f"call{self.calls}"

    def round(self, *tools, output=DONE):
        """One answer that calls these one after the other; each finishes at once."""
        response = self.begins()
        for tool in tools:
            self.finish(self.call(response, tool), output)
        self.talk(ResponseDone(response, "completed"))

    def finish(self, call_id, output=DONE):
        self.talk(ToolFinished(call_id, output))

    @property
    def runs(self):
        return [run.name for run in of(self.talk.all, RunTool)]


@pytest.fixture
def tools():
    tools = Tools()
    tools.asks("t1")
    return tools


def test_what_is_read_again_after_a_write_is_read_anew(tools):
    tools.round("day_summary", "log_meal", "day_summary")
    assert tools.runs == ["day_summary", "log_meal", "day_summary"]


def test_what_is_read_again_while_it_is_being_read_is_read_anew(tools):
    response = tools.begins()
    for tool in ("day_summary", "log_meal", "day_summary"):
        tools.call(response, tool)
    assert tools.runs == ["day_summary", "log_meal", "day_summary"]


@pytest.mark.parametrize("at_once", [True, False])
def test_what_was_taken_back_may_be_done_again(tools, at_once):
    response = tools.begins()
    for tool in ("log_meal", "undo", "log_meal"):
        call_id = tools.call(response, tool)
        if at_once:
            tools.finish(call_id)
    assert tools.runs == ["log_meal", "undo", "log_meal"]


def test_a_list_that_is_called_again_is_done_once(tools):
    response = tools.begins()
    for food in ("egg", "leek", "egg", "leek"):
        tools.finish(tools.call(response, "log_meal", food))
    assert tools.runs == ["log_meal"] * 2
    assert len(of(tools.talk.all, ToolOutput)) == 4


@pytest.mark.parametrize(("code", "runs"), [("tool_failed", 2), ("timeout", 1)])
def test_what_failed_may_be_tried_again_unless_it_may_still_be_done(tools, code, runs):
    tools.round("log_meal", output=f'{{"error": "{code}", "say": "Sorry."}}')
    tools.round("log_meal")
    assert tools.runs == ["log_meal"] * runs


def test_what_the_next_words_ask_for_is_done_though_the_tool_still_ran_when_they_came(tools):
    first = tools.begins()
    call_id = tools.call(first, "log_meal")
    tools.asks("t2", "Another egg")
    tools.talk(ResponseDone(first, "cancelled"))
    tools.finish(call_id)
    tools.round("log_meal")
    assert tools.runs == ["log_meal"] * 2


@pytest.mark.parametrize("begun", [True, False])
def test_a_late_call_is_done_for_the_words_that_it_answers(tools, begun):
    if begun:
        first = tools.begins()
    tools.asks("t2", "Another egg")
    if not begun:  # it was cancelled before it began
        first = "late"
        tools.talk(ResponseCreated(first))
    tools.finish(tools.call(first, "log_meal"))
    tools.talk(ResponseDone(first, "cancelled"))
    tools.round("log_meal")
    assert tools.runs == ["log_meal"] * 2


def test_a_tool_is_run_for_the_words_its_answer_knew_and_not_for_what_came_since(tools):
    response = tools.begins()
    tools.asks("t2", "A kiwi")
    tools.call(response, "log_meal")
    assert [run.asked for run in of(tools.talk.all, RunTool)] == ["text-t1"]
