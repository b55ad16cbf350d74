"""Push to talk with servers that find the ends of speech whatever they are told.

Go has one value for null and absence, some refuse the null, some take no notice, and with their own
detection on some refuse to be told an end. A member who holds the button is heard and answered.
"""

import asyncio
from contextlib import asynccontextmanager
from itertools import chain

import pytest

from coach.voice.inputs import TalkMode
from tests.support.hearing_server import HearingEngine, _send
from tests.support.relay_stage import Host, Page, relay_of, until

REFUSAL = {"type": "error", "error": {"code": "invalid_value", "message": "turn_detection: null"}}
VAD = {"type": "server_vad", "create_response": False, "interrupt_response": False}
KEPT = {"type": "session.updated", "session": {"audio": {"input": {"turn_detection": VAD}}}}
NO_COMMIT = {"code": "not_implemented", "message": "commit in conjunction with detection"}


def named(message):
    error = REFUSAL["error"] | {"event_id": message["event_id"]}
    return [REFUSAL | {"error": error}]


class Stubborn(HearingEngine):
    """`answer` to the update that turns its detection off; `commits`: it takes a commit."""

    def __init__(self, answer, *, commits):
        super().__init__()
        self.answer = answer
        self.commits = commits
        self.seen = []

    async def _take(self, socket, line, message, raw):
        self.seen.append(message["type"])
        match message:
            case {"type": "session.update", "event_id": str(name)} if name.startswith("detection"):
                for event in self.answer(message):
                    await _send(socket, event)
            case {"type": "input_audio_buffer.clear"}:
                line.frames.clear()
            case {"type": "input_audio_buffer.commit"}:
                empty = {"code": "input_audio_buffer_commit_empty", "message": "empty"}
                error = empty | {"event_id": message["event_id"]} if self.commits else NO_COMMIT
                await _send(socket, {"type": "error", "error": error})
            case {"type": "conversation.item.delete" | "response.cancel"}:
                pass  # the press cut off the answer before any of it was heard, or its end was read
            case _:
                await super()._take(socket, line, message, raw)


@asynccontextmanager
async def pushed(engine):
    page, host = Page(), Host()
    relay = relay_of(engine.url, page, host)
    task = asyncio.create_task(relay.run())
    try:
        await until(lambda: page.states == ["listening"])
        await relay.dispatch(TalkMode(True))
        yield relay, page, host
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def say(relay, *runs):
    """Frames of 20 ms: so many of each word; 0 is silence."""
    for word in chain.from_iterable([word] * count for word, count in runs):
        relay.page_audio(bytes([word]) * 960)
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("commits", [True, False])
@pytest.mark.parametrize(
    "answer",
    [lambda m: [REFUSAL], named, lambda m: [KEPT], lambda m: []],
    ids=["refuses", "refuses by name", "keeps it and says so", "takes no notice"],
)
async def test_a_press_is_heard_to_its_end_and_answered_once(answer, commits):
    async with Stubborn(answer, commits=commits) as engine, pushed(engine) as (relay, page, host):
        await relay.button_held(True)
        await say(relay, (7, 30), (0, 40), (9, 20))
        await until(lambda: len(host.turns) == 1)
        assert engine.answers == 0
        await relay.button_held(False)
        await until(lambda: page.frames)
        await relay.button_held(True)
        await say(relay, (5, 20))
        await relay.button_held(False)
        await until(lambda: engine.answers == 2)
        await until(lambda: len([turn for turn in host.turns if turn.speaker == "member"]) == 3)
        said = [turn.text for turn in host.turns if turn.speaker == "member"]
    assert said == ["7x30", "9x20", "5x20"]
    assert page.errors == []
    assert len(engine.lines) == 1
