"""Two hours of talk, with engines that live for one: nobody notices, and nothing is lost."""

import asyncio
import struct

import pytest

from coach.voice import limits
from coach.voice.history import history_messages
from coach.voice.inputs import PlaybackProgress
from coach.voice.interfaces import HistoryLine
from tests.support.hearing_server import FRAME, SILENCE, HearingEngine
from tests.support.relay_stage import Host, ManualClock, Page, relay_of, until

EVERY_S = 40.0
TURNS = 182
WORD_FRAMES = 30


def frame(word: int) -> bytes:
    return struct.pack("B", word) * FRAME


class Talk:
    """A member who speaks, listens to the answer, and is quiet for a while."""

    def __init__(self, engine: HearingEngine) -> None:
        self.engine = engine
        self.clock = ManualClock()
        self.page, self.host = Page(), Host()
        self.relay = relay_of(engine.url, self.page, self.host, self.clock)
        self.said: list[str] = []

    async def hears(self, word: int, frames: int) -> None:
        """So much sound, in its own time."""
        for _ in range(frames):
            self.relay.page_audio(frame(word))
            await self.clock.advance(0.02)

    async def begins(self, number: int) -> None:
        """The first of the two words of an utterance; it takes a second and more."""
        await self.hears(1 + number % 120, WORD_FRAMES)

    async def ends(self, number: int) -> None:
        word = 1 + number % 120
        await self.hears(word + 121, WORD_FRAMES)
        await self.hears(0, SILENCE + 5)
        self.said.append(f"{word}x{WORD_FRAMES} {word + 121}x{WORD_FRAMES}")

    async def listens(self) -> None:
        """Until the answer has been played to its end, and both turns are written."""
        want = 2 * len(self.said)

        async def heard() -> None:
            while len(self.host.turns) < want:
                await asyncio.sleep(0.002)
                if self.page.frames:
                    generation, index, _ = self.page.frames[-1]
                    await self.relay.dispatch(PlaybackProgress(generation, index, 400))

        await asyncio.wait_for(heard(), 5)

    async def turn(self, number: int) -> None:
        begun = self.clock.now()
        await self.begins(number)
        await self.ends(number)
        await self.listens()
        await self.rests(begun + EVERY_S)

    async def rests(self, until_s: float) -> None:
        while self.clock.now() < until_s:
            self.relay.page_audio(frame(0))
            await self.clock.advance(0.5)
        await asyncio.sleep(0.002)


@pytest.mark.parametrize("moments", [("speaking", "answering"), ("opening", "quiet")])
async def test_two_hours(moments):
    async with HearingEngine() as engine:
        talk = Talk(engine)
        task = asyncio.create_task(talk.relay.run())
        await until(lambda: talk.page.states == ["listening"])
        start = talk.clock.now()
        left = list(moments)
        due = start + limits.ROTATE_AFTER_S
        for number in range(TURNS):
            if left and talk.clock.now() > due - 2 * EVERY_S:
                await talk.rests(due - 1)
                due = await across(talk, number, left.pop(0)) + limits.ROTATE_AFTER_S
            else:
                await talk.turn(number)
        assert talk.clock.now() - start >= 2 * 60 * 60
        await talk.relay.end()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    nothing_was_lost(talk, engine)


async def across(talk: Talk, number: int, moment: str) -> float:
    """A turn while the change of the engine is due or is being made; when it was made."""
    lines = len(talk.engine.lines)
    if moment == "opening":  # the successor is there, and has not taken over
        await talk.clock.until(lambda: len(talk.engine.lines) > lines, within=20)
    if moment != "quiet":
        await talk.begins(number)
        await talk.ends(number)
    if moment == "answering":
        await talk.clock.advance(3)  # the answer is there, and not heard yet
        assert talk.host.turns[-1].speaker == "member"
    if moment in ("speaking", "answering"):
        assert len(talk.engine.lines) == lines
        await talk.listens()
    await talk.clock.until(lambda: len(talk.engine.lines) > lines, within=20)
    changed = talk.clock.now()
    if moment == "opening":
        await talk.listens()
    if moment == "quiet":
        await talk.turn(number)
    await talk.rests(changed + EVERY_S)
    return changed


def nothing_was_lost(talk: Talk, engine: HearingEngine) -> None:
    spoken = [t.text for t in talk.host.turns if t.speaker == "member"]
    assert spoken == talk.said
    assert len(talk.said) == TURNS
    answers = [t for t in talk.host.turns if t.speaker == "coach"]
    assert [t.text for t in answers] == [f"Answer {n}." for n in range(1, TURNS + 1)]
    assert not any(t.interrupted for t in answers)
    order = [t.speaker for t in talk.host.turns]
    assert order == ["member", "coach"] * TURNS
    assert engine.answers == TURNS
    # Three engines, one after the other, each with the same brief and what was said before.
    assert len(engine.lines) == 3
    assert len({line.update for line in engine.lines}) == 1
    for line in engine.lines[1:]:
        assert line.told
        assert line.creates > 0
    # What the member saw: a talk.
    assert talk.page.errors == []
    assert not {"reconnecting", "connecting"} & set(talk.page.states)
    before = sum(line.creates for line in engine.lines[:2])
    lines = [HistoryLine(t.speaker, t.text) for t in talk.host.turns[: 2 * before]]
    told = [(m.role, m.text) for m in history_messages(lines)]
    assert engine.lines[2].told == told
