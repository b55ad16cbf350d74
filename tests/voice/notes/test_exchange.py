"""The exchange of a voice note, without a model: order, tools, limits."""

import asyncio
import json

import pytest

from coach.voice import limits
from coach.voice.engine_commands import AddMessage
from coach.voice.notes.exchange import Note, NoteError, Reply, ToolCall, exchange

HISTORY = [AddMessage("h", "", "user", "Hello.")]


class Model:
    """Plays a list of replies and writes down what it is asked and told."""

    def __init__(self, *replies, heard="I had two eggs"):
        self.replies = list(replies)
        self.heard = heard
        self.log = []

    async def add_context(self, messages):
        self.log += [f"know {m.role}: {m.text}" for m in messages]

    async def transcribe(self, pcm):
        self.log.append(f"hear {len(pcm)}")
        return self.heard

    async def add_note(self, text, picture=""):
        self.log.append(f"tell {text}")

    async def respond(self, *, tools):
        self.log.append(f"answer{'' if tools else ' without tools'}")
        return self.replies.pop(0)

    async def add_tool_output(self, call, output):
        self.log.append(f"give {call.id} {output}")

    async def close(self):
        self.closed = True


class Host:
    def __init__(self, model, *, may=True, floor=True, tool=None):
        self.model, self.may, self.floor, self.tool = model, may, floor, tool
        self.ran = []

    async def accept_words(self, text):
        self.model.log.append(f"said {text}")
        return self.may

    async def guidance(self):
        return [AddMessage("g", "", "system", "Be brief.")]

    async def run_tool(self, call, number):
        self.ran.append((call.name, number))
        if self.tool:
            return await self.tool()
        return '{"say": "ok"}'

    async def may_continue(self):
        return self.floor

    def tool_timeout_message(self):
        return "Too slow."


async def run(model, host=None, note=None):
    async def dial():
        return model

    return await exchange(dial, host or Host(model), note or Note(pcm=bytes(9600)), HISTORY)


async def test_words_are_screened_before_the_coach_is_asked():
    model = Model(Reply("Well done.", b"\1\0"))
    assert await run(model) == Reply("Well done.", b"\1\0")
    assert model.log == [
        "know user: Hello.",
        "hear 9600",
        "said I had two eggs",
        "know system: Be brief.",
        "answer",
    ]


async def test_no_model_answers_where_the_floor_is_not_the_coachs():
    model = Model()
    assert await run(model, Host(model, may=False)) is None
    assert "answer" not in model.log
    assert model.closed


async def test_known_words_are_screened_also_where_no_model_is_reached():
    model = Model()

    async def dial():
        raise NoteError("unreachable", retryable=True)

    with pytest.raises(NoteError):
        await exchange(dial, Host(model), Note(text="I want to die"), HISTORY)
    assert model.log == ["said I want to die"]


async def test_known_words_are_not_heard_again():
    model = Model(Reply("Fine."))
    await run(model, note=Note(pcm=bytes(9600), text="I had two eggs"))
    assert "hear 9600" not in model.log
    assert "tell I had two eggs" in model.log


async def test_silence_has_no_answer():
    with pytest.raises(NoteError) as error:
        await run(Model(heard="  "))
    assert (error.value.code, error.value.retryable) == ("not_heard", False)


async def test_tools_run_and_their_numbers_are_by_name():
    calls = (
        ToolCall("a", "log_meal", "{}"),
        ToolCall("b", "get_day", "{}"),
        ToolCall("c", "log_meal", "{}"),
    )
    model = Model(Reply("One moment.", b"\1\0", calls), Reply("Done.", b"\2\0"))
    host = Host(model)
    assert await run(model, host) == Reply("One moment.\nDone.", b"\1\0\2\0")
    assert host.ran == [("log_meal", 0), ("get_day", 0), ("log_meal", 1)]
    assert [line for line in model.log if line.startswith("give")] == [
        'give a {"say": "ok"}',
        'give b {"say": "ok"}',
        'give c {"say": "ok"}',
    ]


async def test_a_tool_that_calls_a_person_ends_the_answer():
    model = Model(Reply("", b"", (ToolCall("a", "talk_to_human", "{}"),)))
    assert await run(model, Host(model, floor=False)) is None
    assert model.log.count("answer") == 1


async def test_rounds_end_with_an_answer_that_may_call_nothing():
    call = (ToolCall("a", "log_meal", "{}"),)
    model = Model(*[Reply("", b"", call)] * limits.NOTE_ROUNDS, Reply("That is all.", b"", call))
    host = Host(model)
    assert (await run(model, host)).text == "That is all."
    assert len(host.ran) == limits.NOTE_ROUNDS
    assert model.log[-1] == "answer without tools"


async def test_calls_beyond_the_limit_get_an_output_and_do_not_run():
    calls = tuple(ToolCall(str(n), "log_meal", "{}") for n in range(limits.TOOLS_AT_ONCE + 2))
    model = Model(Reply("", b"", calls), Reply("Done."))
    host = Host(model)
    await run(model, host)
    assert len(host.ran) == limits.TOOLS_AT_ONCE
    assert sum("too_many_calls" in line for line in model.log) == 2


async def test_a_tool_that_hangs_gets_an_output_that_says_so(monkeypatch):
    monkeypatch.setattr(limits, "TOOL_S", 0.01)
    model = Model(Reply("", b"", (ToolCall("a", "log_meal", "{}"),)), Reply("Sorry."))
    await run(model, Host(model, tool=lambda: asyncio.sleep(5)))
    given = next(line for line in model.log if line.startswith("give"))
    assert json.loads(given.removeprefix("give a ")) == {"error": "timeout", "say": "Too slow."}


async def test_an_empty_answer_is_asked_for_once_more():
    assert (await run(Model(Reply(), Reply("Here I am.")))).text == "Here I am."
    with pytest.raises(NoteError) as error:
        await run(Model(Reply(), Reply(" ")))
    assert (error.value.code, error.value.retryable) == ("no_answer", False)


async def test_all_of_it_has_a_time(monkeypatch):
    monkeypatch.setattr(limits, "NOTE_S", 0.01)
    model = Model()
    model.transcribe = lambda pcm: asyncio.sleep(5)
    with pytest.raises(NoteError) as error:
        await run(model)
    assert (error.value.code, error.value.retryable) == ("timeout", True)
