"""The member's socket with the embedded engine itself: speech in, speech out."""

import asyncio

import numpy as np
import pytest
from django.contrib.auth import get_user_model

from coach.engine.server.run import serve
from coach.engine.tts.synthesiser import Synthesiser
from coach.personas.models import Persona
from coach.talk.actions import record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session, ToolCall, Turn
from coach.talk.registries import tools
from coach.talk.registries.tools import ToolResult, tool
from tests.support.live_talk import Said
from tests.support.page_client import in_thread, open_page

pytestmark = pytest.mark.django_db(transaction=True)

FRAME = 480  # samples of 20 ms


@pytest.fixture(autouse=True)
def _own_tools(monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})

    @tool("log_meal", "Write down what was eaten.", examples=["I had two eggs", "log a banana"])
    def log_meal(call: tools.ToolCallContext, args: Said) -> ToolResult:
        return ToolResult("I wrote down two eggs and toast.", {"kcal": 300})


@pytest.fixture
def session():
    maya = get_user_model().objects.create_user("maya@example.org", display_name="Maya")
    persona = Persona.objects.create(
        slug="sage",
        name="Sage",
        instructions="Be kind.",
        greeting="Hi {name}, I am Sage. What have you had today?",
        tools=["log_meal"],
    )
    made = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


@pytest.fixture
async def engine(settings):
    async with serve(key="k") as port:
        settings.ENGINE_URL = f"ws://127.0.0.1:{port}/v1/realtime"
        settings.ENGINE_KEY = "k"
        yield


async def spoken(text):
    """Someone else's speech, as the microphone gives it: 24 kHz, silence around it."""
    voice = Synthesiser()
    await voice.start()
    pieces = [piece.pcm async for piece in voice.synthesise(text)]
    await voice.close()
    quiet = np.zeros(24_000, dtype=np.int16)
    return np.concatenate([quiet[:7200], *pieces, quiet])


async def speak(page, pcm, *, pace=0.005):
    """Send speech four times faster than it is spoken, so that the test is quick."""
    for start in range(0, len(pcm) - FRAME + 1, FRAME):
        await page.say(pcm[start : start + FRAME].astype("<i2").tobytes())
        await asyncio.sleep(pace)


async def test_the_coach_greets_hears_logs_and_tells(session, engine):
    speech = await spoken("I had two eggs and toast for breakfast.")
    async with open_page(session, session.member) as page:
        greeting = await page.until("turn", 20, speaker="coach")
        assert greeting["text"] == "Hi Maya, I am Sage. What have you had today?"
        assert sum(page.audio.values()) > 1500
        await speak(page, speech)
        said = await page.until("turn", 20, speaker="member")
        assert "two eggs and toast" in said["text"].lower()
        told = await page.until("turn", 20, text="I wrote down two eggs and toast.")
        assert told["seq"] > said["seq"]
    row = await ToolCall.objects.aget()
    assert row.name == "log_meal"
    heard = np.frombuffer(bytes(page.pcm), dtype="<i2")
    assert np.abs(heard).max() > 1000


async def test_speaking_over_the_coach_stops_it(session, engine):
    speech = await spoken("Stop please, I had two eggs and toast.")
    async with open_page(session, session.member, plays=False) as page:
        await page.until("state", 20, state="speaking")
        await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 700})
        await speak(page, speech)
        await page.until("clear", 20)
        cut = await page.until("turn", 20, speaker="coach")
        assert cut["interrupted"] is True
        assert "Hi Maya, I am Sage. What have you had today?".startswith(cut["text"])
        assert 0 < len(cut["text"]) < 30
        await page.until("turn", 20, speaker="member")


async def test_typed_text_is_answered_aloud(session, engine):
    await in_thread(record_turn)(session, "coach", "Hi Maya.", item_id="old")
    async with open_page(session, session.member) as page:
        await page.until("state", 20, state="listening")
        await page.send({"type": "text", "id": "t1", "text": "log a banana"})
        await page.until("turn", 20, text="I wrote down two eggs and toast.")
    assert await Turn.objects.filter(source="text", text="log a banana").acount() == 1


async def test_a_language_that_nobody_serves_is_said_at_the_start(session, engine):
    def in_german():
        Session.objects.filter(pk=session.pk).update(brief=session.brief | {"language": "de"})

    await in_thread(in_german)()
    async with open_page(session, session.member) as page:
        error = await page.until("error", seconds=20)
        assert (error["code"], error["fatal"]) == ("language_not_served", True)
        assert "language" in error["message"]
        assert not page.audio
