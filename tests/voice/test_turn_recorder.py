"""Turns are written in order, while the talk goes on and when it ends."""

import asyncio

import pytest

from coach.voice import limits
from coach.voice.effects import RecordTurn
from coach.voice.turn_recorder import TurnRecorder


def turn(number):
    return RecordTurn("member", f"words {number}", f"m{number}", "voice", 1)


class Host:
    """Writes slowly; refuses and breaks on what it is told to."""

    def __init__(self, refused=(), broken=()):
        self.written, self.refused, self.broken = [], refused, broken

    async def record_turn(self, turn):
        await asyncio.sleep(0)
        if turn.item_id in self.broken:
            raise RuntimeError("broken")
        self.written.append(turn.item_id)
        return turn.item_id not in self.refused


class Stage:
    def __init__(self, **host):
        self.host, self.refused = Host(**host), []
        self.recorder = TurnRecorder(self.host, on_refused=self._refuse)
        self.task = asyncio.create_task(self.recorder.run())

    async def _refuse(self, turn):
        self.refused.append(turn.item_id)


async def test_turns_are_written_in_their_order():
    stage = Stage()
    for number in range(5):
        stage.recorder.add(turn(number))
    assert not stage.recorder.empty
    await stage.recorder.wait_until_written()
    assert stage.host.written == [f"m{number}" for number in range(5)]
    assert stage.recorder.empty
    await stage.recorder.finish(stage.task)


async def test_a_refused_turn_is_reported():
    stage = Stage(refused=["m1"])
    for number in range(3):
        stage.recorder.add(turn(number))
    await stage.recorder.finish(stage.task)
    assert stage.refused == ["m1"]


async def test_what_waits_at_the_end_is_written():
    stage = Stage()
    for number in range(20):
        stage.recorder.add(turn(number))
    await stage.recorder.finish(stage.task)
    assert len(stage.host.written) == 20
    assert stage.task.done()


async def test_what_waits_behind_a_failure_is_written_too():
    stage = Stage(broken=["m0"])
    for number in range(3):
        stage.recorder.add(turn(number))
    await asyncio.wait({stage.task})
    with pytest.raises(RuntimeError, match="broken"):
        stage.task.result()
    await stage.recorder.finish(stage.task)
    assert stage.host.written == ["m1", "m2"]


async def test_the_queue_is_bounded():
    recorder = TurnRecorder(Host(), on_refused=None)
    for number in range(limits.RECORD_QUEUE):
        recorder.add(turn(number))
    with pytest.raises(asyncio.QueueFull):
        recorder.add(turn(0))


async def test_a_slow_host_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "TURNS_WRITTEN_S", 0.01)
    recorder = TurnRecorder(Host(), on_refused=None)  # nobody runs it
    recorder.add(turn(0))
    await recorder.wait_until_written()
    assert not recorder.empty


async def test_it_is_not_empty_while_a_turn_is_being_written():
    writing, go_on = asyncio.Event(), asyncio.Event()

    class Slow:
        async def record_turn(self, turn):
            writing.set()
            await go_on.wait()
            return True

    recorder = TurnRecorder(Slow(), on_refused=None)
    running = asyncio.create_task(recorder.run())
    recorder.add(RecordTurn("member", "Hello", "m1", "text", 1))
    await writing.wait()
    assert not recorder.empty
    go_on.set()
    await recorder.finish(running)
    assert recorder.empty


async def test_a_turn_that_is_lost_takes_none_of_the_others_with_it():
    written = []

    class Forgetful:
        async def record_turn(self, turn):
            if turn.text == "one":
                raise OSError("the disk is full")
            written.append(turn.text)
            return True

    recorder = TurnRecorder(Forgetful(), on_refused=None)
    for text in ("one", "two", "three"):
        recorder.add(RecordTurn("member", text, text, "text", 1))
    with pytest.raises(OSError, match="full"):
        await recorder.drain()
    assert written == ["two", "three"]
