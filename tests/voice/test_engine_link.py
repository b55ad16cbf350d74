"""How one engine takes over from another: history, pending messages, audio, commands."""

import asyncio

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.engine_commands import AddMessage, CancelResponse
from coach.voice.engine_events import (
    EngineDialled,
    EngineFault,
    EngineLost,
    EngineReady,
    SoundReplayed,
)
from coach.voice.engine_link import EngineLink
from coach.voice.interfaces import HistoryLine
from coach.voice.realtime import EngineError
from tests.support.relay_stage import LOUD, Host, ManualClock


class Engine:
    congested = False
    silent_s = 0.0
    expires_at = None

    def __init__(self):
        self.sent, self.frames = [], 0
        self.lost = self.stuck = self.aborted = False

    async def send(self, command):
        if self.stuck:
            await asyncio.get_running_loop().create_future()
        if self.lost:
            raise EngineError("gone", "closed_1006", True)
        self.sent.append(command)

    def append(self, pcm):
        if self.lost:
            raise EngineError("gone", "closed_1006", True)
        self.frames += 1

    def abort(self):
        self.aborted = True

    @property
    def texts(self):
        return [command.text for command in self.sent if isinstance(command, AddMessage)]


class Stage:
    def __init__(self, **options):
        self.host, self.clock, self.events = Host(), ManualClock(), []
        self.conversation = Conversation()
        self.link = EngineLink(
            self.conversation,
            self.host,
            self.clock,
            dispatch=self._dispatch,
            take=self._take,
            is_ready=lambda: True,
            wait_until_written=self._written,
            resumed=options.get("resumed", False),
        )

    async def _dispatch(self, event):
        self._take(event)

    def _take(self, event):
        self.events.append(event)
        self.conversation.handle(event, self.clock.now())

    async def _written(self):
        pass

    async def send(self, *texts, item_id=""):
        for text in texts:
            self.link.commands.add(AddMessage("e", item_id, "system", text))
        await self.link.commands.flush()


async def test_an_engine_is_told_the_history_then_is_ready_then_hears_the_audio():
    stage, engine = Stage(), Engine()
    stage.host.lines = [HistoryLine("member", "Hello"), HistoryLine("coach", "Hi")]
    await stage.link.on_dialling()
    stage.link.append_audio(LOUD)
    await stage.link.on_connected(engine)
    assert stage.events == [EngineDialled(), EngineReady(False), SoundReplayed()]
    assert engine.texts == ["Hello", "Hi"]
    assert engine.frames == 1
    assert stage.link.connected


@pytest.mark.parametrize("resumed", [True, False])
async def test_the_second_engine_resumes_the_talk(resumed):
    stage = Stage(resumed=resumed)
    await stage.link.on_connected(Engine())
    await stage.link.on_disconnected()
    await stage.link.on_connected(Engine())
    ready = [event.resumed for event in stage.events if isinstance(event, EngineReady)]
    assert ready == [resumed, True]


async def test_messages_without_an_engine_reach_the_next_one_unless_it_has_them_as_history():
    stage, engine = Stage(), Engine()
    await stage.send("Rest.", "Drink.")
    stage.host.lines = [HistoryLine("system", "Rest.")]
    await stage.link.on_connected(engine)
    assert engine.texts == ["Rest.", "Drink."]
    await stage.link.on_disconnected()
    again = Engine()
    await stage.link.on_connected(again)
    assert again.texts == ["Rest."]


async def test_items_with_an_id_of_their_own_and_other_commands_are_not_kept():
    stage, engine = Stage(), Engine()
    await stage.send("Be brief.", item_id="guide_1_1")
    stage.link.commands.add(CancelResponse("e"))
    await stage.link.commands.flush()
    await stage.link.on_connected(engine)
    assert engine.sent == []


async def test_pending_messages_are_bounded_and_the_newest_stay():
    stage, engine = Stage(), Engine()
    await stage.send(*(str(number) for number in range(limits.PENDING_MESSAGES + 5)))
    await stage.link.on_connected(engine)
    assert engine.texts == [str(number) for number in range(5, limits.PENDING_MESSAGES + 5)]


async def test_a_message_that_a_lost_engine_refused_reaches_the_next_one():
    stage, old, new = Stage(), Engine(), Engine()
    await stage.link.on_connected(old)
    old.lost = True
    await stage.send("Rest.")
    stage.link.append_audio(LOUD)  # raises nothing: the reader acts on the loss
    await stage.link.on_disconnected()
    await stage.link.on_connected(new)
    assert new.texts == ["Rest."]
    assert new.frames == 1


async def test_an_engine_that_is_lost_while_it_is_told_the_history_keeps_what_is_pending():
    stage, lost, new = Stage(), Engine(), Engine()
    await stage.send("Rest.")
    lost.lost = True
    with pytest.raises(EngineError):
        await stage.link.on_connected(lost)
    assert not stage.link.connected
    await stage.link.on_disconnected()
    await stage.link.on_connected(new)
    assert new.texts == ["Rest."]


async def test_an_engine_that_takes_no_command_is_dropped(monkeypatch):
    monkeypatch.setattr(limits, "ENGINE_SEND_S", 0.01)
    stage, old, new = Stage(), Engine(), Engine()
    await stage.link.on_connected(old)
    old.stuck = True
    await stage.send("Rest.")
    assert old.aborted
    await stage.link.on_disconnected()
    await stage.link.on_connected(new)
    assert new.texts == ["Rest."]


async def test_events_of_an_engine_that_is_not_in_use_are_dropped():
    stage, old, new = Stage(), Engine(), Engine()
    await stage.link.on_connected(old)
    await stage.link.on_disconnected()
    await stage.link.on_connected(new)
    stage.events.clear()
    fault = EngineFault("server_error", "no")
    assert not await stage.link.on_event(old, fault)
    assert await stage.link.on_event(new, fault)
    assert stage.events == [fault]


async def test_a_loss_is_told_once():
    stage = Stage()
    await stage.link.on_connected(Engine())
    await stage.link.on_disconnected()
    await stage.link.on_disconnected()
    assert stage.events.count(EngineLost()) == 1


async def test_what_a_dead_network_took_is_replayed():
    stage, old, new = Stage(), Engine(), Engine()
    await stage.link.on_connected(old)
    for _ in range(100):
        stage.link.append_audio(LOUD)
        await stage.clock.advance(0.02)
    old.silent_s = 5.0
    stage.link.tick()
    await stage.link.on_disconnected()
    await stage.link.on_connected(new)
    assert new.frames == 100


async def test_what_is_to_follow_the_replayed_sound_waits_until_all_of_it_is_sent():
    stage, slow = Stage(), Engine()
    for _ in range(3):
        stage.link.append_audio(LOUD)
    slow.congested = True
    await stage.link.on_connected(slow)
    stage.link.tick()
    assert SoundReplayed() not in stage.events
    slow.congested = False
    stage.link.tick()
    stage.link.append_audio(LOUD)
    assert (stage.events.count(SoundReplayed()), slow.frames) == (1, 4)


async def test_an_engine_that_is_lost_before_it_has_the_sound_tells_of_none():
    stage, slow, new = Stage(), Engine(), Engine()
    stage.link.append_audio(LOUD)
    slow.congested = True
    await stage.link.on_connected(slow)
    await stage.link.on_disconnected()
    stage.link.tick()
    assert SoundReplayed() not in stage.events
    await stage.link.on_connected(new)
    assert stage.events[-1] == SoundReplayed()
