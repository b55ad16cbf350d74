"""The line of an expert who speaks: it ends at once, and its words keep their order."""

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import OperationalError

from coach.talk import outage
from coach.talk.brief import thaw
from coach.talk.live import expert_voice, host, live_talk
from coach.talk.live.admission import Admission
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.expert_turns import PersonSpeaks
from coach.talk.live.expert_voice import ExpertVoice
from coach.talk.live.host import TalkHost
from coach.talk.models import Turn
from coach.voice.realtime import EngineError, EngineSettings
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import open_page

ASHA = PersonSpeaks(1, "Asha, dietitian", 2)


class Bus:
    """A Redis that is slow: to take the subscription, or its end."""

    def __init__(self):
        self.sent = []
        self.begin, self.end = asyncio.Event(), asyncio.Event()
        self.begin.set()
        self.ending = asyncio.Event()
        self.swallowing = asyncio.Event()

    def publish(self, channel, frame):
        self.sent.append(frame)

    @asynccontextmanager
    async def subscription(self, channel, take):
        while not self.begin.is_set():
            self.swallowing.set()
            try:
                await self.begin.wait()
            except asyncio.CancelledError:
                self.begin.set()  # as the client of Redis does
        try:
            yield
        finally:
            self.ending.set()
            await self.end.wait()


@pytest.fixture
async def bus(monkeypatch):
    made = Bus()
    monkeypatch.setattr(expert_voice.SoundBus, "here", lambda: made)
    yield made
    made.end.set()


@pytest.fixture
def relay():
    return SimpleNamespace(listener=None, show=lambda effect: None, page_idle=True)


@pytest.fixture
async def voice(bus, relay):
    async def connect():
        raise EngineError("none", "invalid_api_key", False)

    tasks = BackgroundTasks(on_failure=lambda: None)
    host = SimpleNamespace(count_usage=None)
    settings = EngineSettings("Be kind.")
    made = ExpertVoice(
        "talk", relay, host, connect, settings, tasks, lambda: Admission("embedded", 0, uuid4())
    )
    yield made
    bus.end.set()
    await made.close()
    tasks.check()


async def test_the_member_is_not_heard_from_the_moment_the_expert_has_no_floor(bus, voice, relay):
    voice.follow(ASHA)
    await until(lambda: relay.listener)
    voice.follow(None)
    assert relay.listener is None
    await bus.ending.wait()  # Redis has not taken the end of it
    assert relay.listener is None


async def test_a_line_ends_though_its_cancellation_is_lost(bus, voice, relay):
    bus.begin.clear()
    voice.follow(ASHA)
    await bus.swallowing.wait()
    voice.follow(None)
    bus.end.set()
    async with asyncio.timeout(15):
        await voice.close()
    assert relay.listener is None
    assert bus.sent == []


@pytest.mark.django_db(transaction=True)
async def test_words_are_written_in_the_order_in_which_they_were_said(begun, asha, monkeypatch):
    failures = [OperationalError("database is locked")]
    write = host.write_expert_turn

    def sometimes(*args):
        if failures:
            raise failures.pop()
        write(*args)

    async def send(message):
        pass

    monkeypatch.setattr(outage, "AGAIN_S", 0.05)
    monkeypatch.setattr(host, "write_expert_turn", sometimes)
    talk = TalkHost(begun, thaw(begun), send=send, since=1)
    speaks = PersonSpeaks(asha.pk, "Asha", begun.floor_epoch)
    for number in range(3):
        talk.background.start(talk.record_expert(speaks, f"i{number}", f"{number}"))
    await talk.close()
    rows = Turn.objects.filter(speaker="expert").order_by("seq")
    assert [row.text async for row in rows] == ["0", "1", "2"]


@pytest.mark.django_db(transaction=True)
async def test_the_next_connection_waits_for_no_last_words(begun, maya, settings, monkeypatch):
    order = []

    def noted(owner, name):
        method = getattr(owner, name)

        async def call(self, *args, **named):
            order.append(name)
            return await method(self, *args, **named)

        monkeypatch.setattr(owner, name, call)

    noted(live_talk.Admission, "leave")
    noted(live_talk.TalkHost, "give_back")
    noted(live_talk.ExpertVoice, "close")
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
    assert order[:3] == ["leave", "give_back", "close"]
