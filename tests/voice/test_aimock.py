"""A course of talks with aimock, an engine that nobody here wrote, and with its faults.

It streams text only and hears nothing: what is spoken is pressed, and answered unheard.
"""

import asyncio
from contextlib import asynccontextmanager

import pytest

from coach.voice import limits
from coach.voice.inputs import Interrupt, TalkMode, TextTyped
from tests.support.aimock import NODE, Aimock, node_version
from tests.support.relay_stage import Host, Page, relay_of, talking, until

pytestmark = pytest.mark.skipif(node_version() < NODE, reason="aimock needs a newer Node.js")

STORY = " ".join(f"Part {number} of the story." for number in range(40))
STREAMED = {"latency": 20, "chunkSize": 10}


def says(question, answer, **more):
    """A fixture: the answer to a question that contains these words."""
    match = {"userMessage": question, **more.pop("match", {})}
    return {"match": match, "response": {"content": answer}, **more}


def calls(question, tool, arguments):
    match = {"userMessage": question, "hasToolResult": False}
    return {
        "match": match,
        "response": {"toolCalls": [{"name": tool, "arguments": arguments}]},
    }


def fails(question, code, status):
    error = {"message": "not now", "type": "error", "code": code}
    return {
        "match": {"userMessage": question},
        "response": {"error": error, "status": status},
    }


FIXTURES = [
    says("hello", "Hello Maya."),
    says("one", "The first answer."),
    says("two", "The second answer."),
    says("three", "The third answer."),
    says("story", STORY, **STREAMED),
    calls("banana", "log_meal", {"said": "a banana"}),
    says("banana", "A banana, logged.", match={"hasToolResult": True}),
    says("stumble", "Well, I", match={"sequenceIndex": 0}, truncateAfterChunks=1),
    says("stumble", "I am up again."),
    says("fall", "This breaks off each time.", truncateAfterChunks=1),
    says("hang", STORY, **STREAMED, disconnectAfterMs=30),
    fails("busy", "rate_limit_exceeded", 429),
    fails("filtered", "content_filter", 400),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    server = Aimock(tmp_path_factory.mktemp("aimock"), FIXTURES)
    server.start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.05)
    monkeypatch.setattr(limits, "RETRY_PAUSE_S", 0.05)
    monkeypatch.setattr(limits, "TRANSCRIPT_S", 0.3)


@pytest.fixture
def host():
    return Host()


async def ask(relay, *texts):
    for text in texts:
        await relay.dispatch(TextTyped(f"id of {text}", text))


def said(host, speaker):
    return [turn.text for turn in host.turns if turn.speaker == speaker]


# --- the course ---------------------------------------------------------------------------------


async def test_what_is_typed_is_answered_and_so_is_the_next(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "hello")
        await until(lambda: len(host.turns) == 2)
        await ask(relay, "one")
        await until(lambda: len(host.turns) == 4)
    assert said(host, "coach") == ["Hello Maya.", "The first answer."]
    assert page.errors == []


async def test_a_tool_is_called_once_and_its_result_answered(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "I had a banana")
        await until(lambda: said(host, "coach"))
    assert [(name, said) for _, name, said in host.calls] == [("log_meal", '{"said":"a banana"}')]
    assert said(host, "coach") == ["A banana, logged."]
    assert page.errors == []


async def test_three_texts_at_once_are_each_in_the_thread_and_the_last_is_answered(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "one", "two", "three")
        await until(lambda: "The third answer." in said(host, "coach"))
        await until(lambda: relay.settled)
    assert said(host, "member") == ["one", "two", "three"]
    assert page.errors == []


@pytest.mark.parametrize("by", ["tap", "text"])
async def test_an_answer_that_is_cut_off_says_nothing_more(engine, host, by):
    """Its cancel is answered only when all of it was sent: what comes meanwhile is dropped."""
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "Tell me a story")
        await until(lambda: page.of("caption"))
        if by == "tap":
            await relay.dispatch(Interrupt())
        await ask(relay, "hello")
        await until(lambda: "Hello Maya." in said(host, "coach"))
        await until(lambda: relay.settled)
    assert said(host, "member") == ["Tell me a story", "hello"]
    if by == "tap":
        first, second = (turn for turn in host.turns if turn.speaker == "coach")
        assert first.interrupted
        assert STORY.startswith(first.text)
        assert second.text == "Hello Maya."
    assert page.errors == []


async def test_what_is_spoken_under_the_button_is_answered_though_nothing_is_heard(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "hello")
        await until(lambda: len(host.turns) == 2)
        await relay.dispatch(TalkMode(push=True))
        await relay.button_held(True)
        for _frame in range(20):
            relay.page_audio(b"\x10\x20" * 480)
        await relay.button_held(False)
        await until(lambda: len(said(host, "coach")) == 2)
        await until(lambda: relay.settled)
    assert page.errors == []


# --- its faults ---------------------------------------------------------------------------------


async def test_an_answer_that_breaks_off_once_is_given_after_all(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "Do not stumble")
        await until(lambda: "I am up again." in said(host, "coach"))
        await until(lambda: relay.settled)
    assert said(host, "member") == ["Do not stumble"]
    assert page.errors == []


@pytest.mark.parametrize("question", ["fall", "hang", "Nobody knows this one"])
async def test_an_answer_that_breaks_the_connection_each_time_is_told(engine, host, question):
    """The last has no fixture, which is a close 1008."""
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, question)
        await until(lambda: page.errors or said(host, "coach"), 10)
        await until(lambda: relay.connected and relay.settled)
        await ask(relay, "hello")
        await until(lambda: "Hello Maya." in said(host, "coach"))
    assert said(host, "member") == [question, "hello"]
    assert all(not fatal for _, fatal in page.errors)


@pytest.mark.parametrize(("question", "code"), [("busy", "busy"), ("filtered", "filtered")])
async def test_a_response_that_fails_is_told_in_its_own_words(engine, host, question, code):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, question)
        await until(lambda: page.errors)
        await ask(relay, "hello")
        await until(lambda: said(host, "coach"))
    assert page.errors == [(code, False)]


# --- killed in each state -----------------------------------------------------------------------


@asynccontextmanager
async def killed(engine, relay):
    """The server is gone; what is done meanwhile is done without one."""
    engine.kill()
    await until(lambda: not relay.connected)
    try:
        yield
    finally:
        await asyncio.to_thread(engine.start)
    await until(lambda: relay.connected, 10)


async def test_killed_while_nothing_is_said_it_goes_on(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "hello")
        await until(lambda: len(host.turns) == 2)
        async with killed(engine, relay):
            await ask(relay, "one", "two")
        await until(lambda: "The second answer." in said(host, "coach"))
        await until(lambda: relay.settled)
    assert said(host, "member") == ["hello", "one", "two"]
    assert page.errors == []


async def test_killed_while_it_answers_the_question_is_answered(engine, host):
    async with talking(engine, host) as (relay, page, _):
        await ask(relay, "Tell me a story")
        await until(lambda: page.of("caption"))
        async with killed(engine, relay):
            pass
        await until(lambda: host.turns[-1].text.endswith("Part 39 of the story."), 10)
        await until(lambda: relay.settled)
    assert said(host, "member") == ["Tell me a story"]
    assert page.errors == []


async def test_killed_while_a_tool_runs_it_runs_once_and_is_answered(engine, host):
    host.tool_s = 0.3
    async with talking(engine, host) as (relay, _, _):
        await ask(relay, "I had a banana")
        await until(lambda: host.calls)
        async with killed(engine, relay):
            pass
        await until(lambda: said(host, "coach"), 10)
        await until(lambda: relay.settled)
        await asyncio.sleep(2 * limits.TICK_S)
    assert [name for _, name, _ in host.calls] == ["log_meal"]
    assert said(host, "member") == ["I had a banana"]


async def test_killed_before_the_first_dial_what_was_typed_is_answered(engine, host):
    engine.kill()
    page = Page()
    relay = relay_of(engine.url, page, host)
    running = asyncio.create_task(relay.run())
    try:
        await ask(relay, "hello")
        await until(lambda: host.turns)
        await asyncio.to_thread(engine.start)
        await until(lambda: said(host, "coach"), 10)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert host.written == [("member", "hello", False), ("coach", "Hello Maya.", False)]
    assert page.errors == []
