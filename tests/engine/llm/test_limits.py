"""No words take the engine long, and none are kept."""

import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.engine.limits import WORDS_READ
from coach.engine.llm import rule_based
from coach.engine.llm.by_meaning import probabilities
from coach.engine.llm.intents.gates import gate
from coach.engine.llm.intents.grammar import facts_of
from coach.engine.llm.intents.kinds import KINDS
from coach.engine.llm.rule_based import RuleBasedLlm, decisions
from coach.engine.llm.smalltalk import kind_of, without_opening
from coach.engine.llm.types import Context, Message, ToolCall
from coach.meaning.left_alone import left_alone
from coach.meaning.others import without_others
from tests.engine.llm.utterances import TOOLS

CHARS = 4_000
ENOUGH = 0.5  # seconds of this process; a text that is read in one way takes some hundredths
HEADS = [
    "um, ", "and ", "please ", "can you please ", "could you just ", "i want to ", "so, so ",
    "hold on a second ", "just a moment ", "stop it please ", "sh ", "thank you ", "ok ",
    "hello there, ", "don't you ", "did you ", "no me ", "why did ", "nicht ", "lösch ",
    "지우지 ", "?! ", " ", "my son ", "he had ", "Tom ate ", "and she drank, ", "mi hijo ",
    "my son ate it and ", "아들이 ",
]  # fmt: skip


def context(said: str) -> Context:
    return Context("You are Mia.", None, [Message("user", said)], TOOLS)


@pytest.mark.parametrize("head", HEADS)
def test_what_is_said_again_and_again_is_read_at_once(head: str) -> None:
    said = head * (CHARS // len(head)) + "I had an egg"
    begun = time.process_time()
    for kind in KINDS:
        gate(kind, said)
    kind_of(said)
    kind_of(head * 6 + "I had an egg")
    without_opening(said)
    left_alone(said)
    without_others(said)
    assert time.process_time() - begun < ENOUGH


@pytest.mark.parametrize(
    "said",
    ["stop", "stop it please", "hold on a second", "wait, just a moment", "no, stop, stop talking",
     "thanks, that's enough", "hang on for a minute", "shhh", "be quiet please"],
)  # fmt: skip
def test_to_stop_is_told(said: str) -> None:
    assert kind_of(said) == "stop"


@pytest.mark.parametrize("said", ["please", "thanks coach", "stop the music I had", "for a while"])
def test_and_nothing_else_is(said: str) -> None:
    assert kind_of(said) != "stop"


def test_a_long_text_is_read_from_its_beginning_and_given_whole() -> None:
    said = "I had two eggs and toast for breakfast " + "and a pear " * 10_000
    begun = time.process_time()
    (call,) = decisions(context(said))
    assert time.process_time() - begun < 2 * ENOUGH
    assert isinstance(call, ToolCall)
    assert json.loads(call.arguments)["said"] == " ".join(said.split())
    same = " ".join(said.split()[:WORDS_READ])
    (short,) = decisions(context(same))
    assert isinstance(short, ToolCall)
    assert short.name == call.name


def test_what_was_said_is_not_kept() -> None:
    decisions(context("I told you a secret"), by_meaning=True)
    assert facts_of.cache_info().currsize == 0
    assert probabilities.cache_info().currsize == 0


async def test_an_answer_that_waits_when_the_thread_ends_is_given_by_words() -> None:
    llm = RuleBasedLlm()
    await llm.start()
    assert await llm.loaded()
    begun, busy, thread = threading.Event(), threading.Event(), llm._thread
    assert isinstance(thread, ThreadPoolExecutor)
    thread.submit(lambda: begun.set() or busy.wait())
    await asyncio.to_thread(begun.wait)
    try:
        answer = asyncio.create_task(llm._pieces(context("undo that")))
        await asyncio.sleep(0)  # the answer runs up to where it waits
        assert thread._work_queue.qsize() == 1
        await llm.close()
        assert await answer == decisions(context("undo that"))
    finally:
        busy.set()


async def test_the_engine_starts_where_the_model_does_not(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ValueError("trained on something else")

    monkeypatch.setattr(rule_based, "_warm_up", broken)
    llm = RuleBasedLlm()
    await llm.start()
    assert not await llm.loaded()
    expected = decisions(context("undo that"))
    for _ in range(2):
        assert [piece async for piece in llm.answer(context("undo that"))] == expected
    await llm.close()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_words_are_compared_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[threading.Thread] = []

    def where(said: Context, by_meaning: bool = False) -> list[object]:
        used.append(threading.current_thread())
        return []

    monkeypatch.setattr(rule_based, "decisions", where)
    assert [piece async for piece in RuleBasedLlm().answer(context("undo that"))] == []
    assert used
    assert used[0] is not threading.main_thread()


async def test_a_set_of_tools_is_looked_at_once_and_a_failure_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked: list[int] = []

    def broken(tools: object) -> None:
        looked.append(1)
        raise ValueError("no meaning")

    llm = RuleBasedLlm()
    await llm.start()
    assert await llm.loaded()
    monkeypatch.setattr(rule_based, "tools_by_kind", broken)
    for _ in range(3):
        assert await llm._pieces(Context("", None, [], TOOLS))
    thread = llm._thread
    assert thread is not None
    await asyncio.get_running_loop().run_in_executor(thread, int)  # what was queued is over
    await llm.close()
    assert looked == [1]
    assert "could not be looked at" in caplog.text
