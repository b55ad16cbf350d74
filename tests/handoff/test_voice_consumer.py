"""An expert speaks with a member: their two sockets, with a real Redis between them."""

import asyncio
import json
import threading
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from coach import wire
from coach.people.models import User
from coach.sound_bus import SoundBus
from coach.talk.live import sweep
from coach.talk.models import Turn
from coach.voice.limits import LIVE_INDEX
from coach.wire.audio import HEADER
from handoff import actions, voice_consumer
from handoff.models import Expert, VoiceLine
from handoff.routing import websocket_urlpatterns
from handoff.timeouts import VOICE_LOST
from tests.support.page_client import in_thread, open_page
from tests.support.redis_server import RedisServer
from tests.support.scripted_engine import ScriptedEngine, _send, member_says

pytestmark = pytest.mark.django_db(transaction=True)
application = URLRouter(websocket_urlpatterns)
HELLO, ANSWER = b"\x01\x02" * 480, b"\x03\x04" * 480
QUIET = bytes(960)


@pytest.fixture(scope="module")
def redis():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def bus(redis, settings):
    settings.SOUND_URL = redis.url
    made = SoundBus.here()
    yield made
    await made.close()


@dataclass
class TwoSessions(ScriptedEngine):
    """An engine with the session of the talk, and the one that hears the expert."""

    scripts: list = field(default_factory=list)
    dictation: list = field(default_factory=list)  # its sockets, as they come
    heard: dict = field(default_factory=dict)  # what the two were told, by kind

    async def _play(self, socket, script):
        async for raw in socket:
            message = json.loads(raw)
            if message["type"] == "session.update":
                hears_only = not message["session"]["instructions"]
                kind = "dictation" if hears_only else "talk"
                if hears_only:
                    self.dictation.append(socket)
                await _send(socket, [{"type": "session.updated", "session": self.session}])
            else:
                self.heard.setdefault((kind, message["type"]), []).append(message)


@pytest.fixture
async def engine(settings):
    async with TwoSessions() as engine:
        settings.ENGINE_URL = engine.url
        yield engine


@pytest.fixture
def case(session, asha):
    """A case in which Asha has the floor by voice."""
    assert asha.user
    assert session.member
    case = actions.raise_escalation(session, "ASK", 3, "please")
    actions.claim(case, asha)
    return actions.take_floor(case, asha, "voice")


class Voice:
    """An expert's socket, read in the background."""

    def __init__(self, socket):
        self.socket = socket
        self.messages, self.sound, self.closed = [], [], None

    async def read(self):
        while self.closed is None:
            output = await self.socket.output_queue.get()
            if output["type"] == "websocket.close":
                self.closed = output["code"]
            elif output.get("bytes") is not None:
                self.sound.append(output["bytes"])
            else:
                self.messages.append(json.loads(output["text"]))

    async def say(self, pcm):
        await self.socket.send_to(bytes_data=pcm)

    @property
    def status(self):
        told = [message for message in self.messages if message["type"] == "voice"]
        return (told[-1]["heard"], told[-1]["words"]) if told else None

    @property
    def sent(self):
        told = [message for message in self.messages if message["type"] == "voice"]
        return bool(told) and told[-1]["sent"]


@asynccontextmanager
async def open_voice(case, user):
    socket = WebsocketCommunicator(application, f"/ws/desk/voice/{case.pk}/")
    socket.scope["user"] = user
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output())["type"] == "websocket.accept"
    voice = Voice(socket)
    reader = asyncio.create_task(voice.read())
    try:
        yield voice
    finally:
        reader.cancel()
        if voice.closed is None:
            await socket.disconnect(code=1001)
        await socket.wait()


async def until(condition, seconds=15.0):
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  nothing to wait on in a recorded list
            await asyncio.sleep(0.005)


@asynccontextmanager
async def together(case, session, asha, *, plays=True):
    """The member's page and the expert's, both ready. `plays`: its loudspeaker works."""
    async with AsyncExitStack() as stack:
        opening = open_page(session, session.member, plays=plays)
        page = await stack.enter_async_context(opening)
        await page.until("floor", floor="expert", voice=True)
        voice = await stack.enter_async_context(open_voice(case, asha.user))
        await until(lambda: voice.messages)
        # Sound that nobody listens to yet is lost: the member's side is there once it sends some.
        async with asyncio.timeout(15):
            while not voice.sound:
                await page.say(QUIET)
                await asyncio.sleep(0.02)
        yield page, voice


async def plays(page):
    """The member's page says that its loudspeaker has played what it was sent."""
    await page.send({"type": "heard", "generation": 1, "item": LIVE_INDEX, "ms": 200})


async def test_a_voice_that_was_played_is_a_first_word_and_one_that_was_sent_is_not(
    bus, engine, case, session, asha
):
    async with together(case, session, asha, plays=False) as (page, voice):
        for _ in range(30):
            await voice.say(HELLO)
        await until(lambda: voice.sent and page.pcm)
        await case.arefresh_from_db()
        assert case.first_human_at is None
        await plays(page)
        await until(lambda: voice.status == (True, True))
        async with asyncio.timeout(15):
            while case.first_human_at is None:
                await asyncio.sleep(0.05)
                await case.arefresh_from_db()
    assert not await case.clocks.filter(kind="first_word", stopped_at=None).aexists()


async def test_both_hear_each_other_and_the_expert_knows(bus, engine, case, session, asha):
    async with together(case, session, asha, plays=False) as (page, voice):
        assert voice.messages[0] == {"type": "ready", "epoch": session.floor_epoch + 2}
        await until(lambda: voice.status == (False, True))
        for _ in range(10):
            await voice.say(HELLO)
        await until(lambda: len(page.pcm) == 10 * len(HELLO))
        assert bytes(page.pcm) == 10 * HELLO
        await until(lambda: voice.sent)
        assert voice.status == (False, True)  # it has come, and no loudspeaker has said a word
        await plays(page)
        await until(lambda: voice.status == (True, True))
        for _ in range(10):
            await page.say(ANSWER)
        await until(lambda: len([sound for sound in voice.sound if sound.endswith(ANSWER)]) == 10)
    header = HEADER.pack(session.floor_epoch + 2, 0, wire.LIVE)
    assert voice.sound[-10:] == [header + ANSWER] * 10
    asked = {kind for _, kind in engine.heard}
    assert "response.create" not in asked
    assert bus.idle


async def test_the_experts_words_are_captions_and_then_turns_of_theirs(
    bus, engine, case, session, asha
):
    said = member_says("a", "How are you?")
    delta = {"type": "conversation.item.input_audio_transcription.delta", "item_id": "a"}
    async with together(case, session, asha) as (page, voice):
        await voice.say(HELLO)
        await until(lambda: engine.dictation)
        await _send(engine.dictation[0], [*said[:3], delta | {"delta": "How are"}])
        caption = await page.until("caption", speaker="expert")
        await _send(engine.dictation[0], said[3:])
        turn = await page.until("turn", speaker="expert")
        assert (caption["text"], caption["item"]) == ("How are", turn["item"])
        assert (turn["text"], turn["author"]) == ("How are you?", "Asha, dietitian")
        told = engine.heard
        await until(lambda: any("How are you?" in str(m) for m in told.get(NEW_ITEM, ())))
    row = await Turn.objects.aget(speaker="expert")
    assert (row.source, row.author_id) == ("voice", asha.user_id)


NEW_ITEM = ("talk", "conversation.item.create")


async def test_last_words_are_written_though_the_floor_has_moved(
    bus, engine, case, session, asha, monkeypatch
):
    monkeypatch.setattr(sweep, "SWEEP_S", 0.05)
    async with together(case, session, asha) as (page, voice):
        await voice.say(HELLO)
        await until(lambda: engine.dictation)
        await _send(engine.dictation[0], member_says("a", "Bye")[:3])
        await until(lambda: page.pcm)
        await in_thread(actions.hand_back)(case, asha, "Eat well.")
        cleared = await page.until("clear")
        await page.until("floor", floor="coach")
        assert cleared["generation"] > 1
        heard = len(page.pcm)
        await voice.say(HELLO)  # the socket does not know yet
        await _send(engine.dictation[0], member_says("a", "Bye")[3:])
        await page.until("turn", speaker="expert", text="Bye")
        assert len(page.pcm) == heard


async def test_without_an_engine_for_the_words_the_sound_still_goes(
    bus, engine, case, session, asha
):
    engine.refusals = [401] * 100
    async with together(case, session, asha) as (page, voice):
        await voice.say(HELLO)
        await until(lambda: page.pcm)
        await until(lambda: voice.status == (True, False))


async def test_a_member_who_is_gone_does_not_hear(bus, case, asha):
    async with open_voice(case, asha.user) as voice:
        await voice.say(HELLO)
        await until(lambda: voice.status == (False, False))


async def test_a_talk_in_which_an_expert_only_writes_has_no_line(bus, engine, case, session, asha):
    await in_thread(actions.take_floor)(case, asha, "text")
    async with open_page(session, session.member) as page:
        await page.until("floor", floor="expert", voice=False)
        await page.say(ANSWER)
        await page.send({"type": "ping"})
        await page.until("pong")
        assert bus.idle
        assert engine.dictation == []


async def test_nobody_else_gets_a_line(bus, case, session, make_expert):
    bea = await in_thread(lambda: make_expert("Bea").user)()
    for user in (AnonymousUser(), session.member, bea):
        async with open_voice(case, user) as voice:
            await until(lambda: voice.closed)
        assert voice.closed == wire.VoiceClose.NOT_SPEAKING


ENDS = {
    "the floor": lambda case, asha: actions.take_floor(case, asha, "text"),
    "the account": lambda case, asha: User.objects.filter(pk=asha.user_id).update(is_active=False),
    "the place": lambda case, asha: Expert.objects.update(active=False),
    "the lease": lambda case, asha: Expert.objects.update(lease_until=None),
}


@pytest.mark.parametrize("end", ENDS)
async def test_it_ends_with_the_floor_the_account_and_the_lease(bus, case, asha, monkeypatch, end):
    monkeypatch.setattr(voice_consumer, "KEEP_S", 0.02)
    async with open_voice(case, asha.user) as voice:
        await until(lambda: voice.messages)
        await in_thread(ENDS[end])(case, asha)
        await until(lambda: voice.closed)
    assert voice.closed == wire.VoiceClose.NOT_SPEAKING


async def test_a_newer_window_takes_the_line(bus, case, asha, monkeypatch):
    monkeypatch.setattr(voice_consumer, "KEEP_S", 0.02)
    async with open_voice(case, asha.user) as old:
        await until(lambda: old.messages)
        async with open_voice(case, asha.user) as new:
            await until(lambda: old.closed)
            await until(lambda: new.messages)
            assert new.closed is None
    assert old.closed == wire.VoiceClose.TAKEN


async def test_a_page_that_is_left_gives_the_line_up_soon(bus, case, asha):
    async with open_voice(case, asha.user) as voice:
        await until(lambda: voice.messages)
        kept = (await VoiceLine.objects.aget()).until
    assert (await VoiceLine.objects.aget()).until <= kept - VOICE_LOST


async def test_nonsense_is_harmless(bus, engine, case, session, asha):
    async with together(case, session, asha) as (page, voice):
        for frame in (b"\x01", bytes(100_000)):
            await voice.say(frame)
        for text in ("{not json", "[]", '{"type":"fly"}'):
            await voice.socket.send_to(text_data=text)
        await voice.socket.send_json_to({"type": "ping"})
        await until(lambda: {"type": "pong"} in voice.messages)
        await voice.say(HELLO)
        await until(lambda: bytes(page.pcm) == HELLO)


async def test_a_lease_that_cannot_be_renewed_closes_the_socket(bus, case, asha, monkeypatch):
    let = threading.Event()
    monkeypatch.setattr(voice_consumer, "KEEP_S", 0.02)
    monkeypatch.setattr(voice_consumer, "KEPT_WITHIN_S", 0.05)
    monkeypatch.setattr(actions, "keep_line", lambda line: let.wait(15))
    try:
        async with open_voice(case, asha.user) as voice:
            await until(lambda: voice.closed)
            let.set()
    finally:
        let.set()
    assert voice.closed == wire.VoiceClose.FAILED
