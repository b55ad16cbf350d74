"""A talk that must wait for its place, from the page's side, on a real Redis."""

import asyncio
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from coach.personas.models import Persona, Provider
from coach.talk.actions import end_session, move_floor, start_session
from coach.talk.brief import make_brief
from coach.talk.live import admission
from coach.talk.live.engine import places
from coach.talk.models import Session, Turn
from coach.voice import limits
from tests.support.page_client import in_thread, open_page
from tests.support.redis_server import RedisServer
from tests.support.scripted_engine import ScriptedEngine, Step, whole

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings, monkeypatch, admission_disconnected):
    server = RedisServer()
    server.start()
    settings.ADMISSION_URL = server.url
    settings.ENGINE_SESSIONS = 1
    monkeypatch.setattr(admission, "SETTLE_S", 0)
    monkeypatch.setattr(admission, "LOOK_S", 0.05)
    monkeypatch.setattr(admission, "_admitted_here", admission.Counter())
    yield server
    server.stop()


@pytest.fixture
def sessions():
    persona = Persona.objects.create(
        slug="sage", name="Sage", instructions="Be kind.", greeting="Hi {name}!"
    )
    found = Session.objects.select_related("member", "persona")

    def session_of(name):
        user = get_user_model().objects.create_user(f"{name}@example.org", display_name=name)
        brief = make_brief(persona, member_name=name)
        return found.get(pk=start_session(user, persona, brief).pk)

    return [session_of(name) for name in ("Maya", "Omar")]


def greeting(name):
    return [Step("response.create", whole(f"r-{name}", f"c-{name}", f"Hi {name}!", 100))]


async def test_who_comes_second_waits_and_talks_when_the_first_has_ended(
    server, sessions, settings
):
    first, second = sessions
    async with ScriptedEngine([greeting("Maya"), greeting("Omar")]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                assert await omar.until("waiting") == {"type": "waiting", "position": 1}
                assert not omar.of("turn")
                await in_thread(end_session)(first)
                await omar.until("waiting", position=0)
                assert (await omar.until("turn"))["text"] == "Hi Omar!"
                assert not maya.of("waiting")
        engine.assert_complete()


async def test_what_is_typed_in_line_is_written_at_once_and_answered_later(
    server, sessions, settings
):
    first, second = sessions
    answer = [Step("conversation.item.create"), *greeting("Omar")]
    async with ScriptedEngine([greeting("Maya"), answer]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
                await omar.send({"type": "text", "id": "t1", "text": "Is rice good for me?"})
                assert (await omar.until("turn"))["client_id"] == "t1"
                assert await Turn.objects.filter(session=second, client_id="t1").aexists()
                await in_thread(end_session)(first)
                await omar.until("turn", speaker="coach")
        engine.assert_complete()


async def test_the_line_is_no_dialling_and_an_engine_that_is_not_reached_after_it_is_told(
    server, sessions, settings, monkeypatch
):
    first, second = sessions
    monkeypatch.setattr(limits, "UNREACHABLE_SHOWN_S", 0.6)
    async with ScriptedEngine([greeting("Maya")], refusals=[0, *[503] * 9]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
                await asyncio.sleep(2 * limits.UNREACHABLE_SHOWN_S)
                assert [message["state"] for message in omar.of("state")] == ["connecting"]
                assert engine.dials == 1
                await in_thread(end_session)(first)
                await omar.until("waiting", position=0)
                left = time.monotonic()
                await omar.until("state", state="unreachable")
                assert time.monotonic() - left > limits.UNREACHABLE_SHOWN_S / 2
                assert omar.of("error") == []  # we keep trying


async def test_a_page_that_comes_back_has_its_place_in_line(server, sessions, settings):
    first, second = sessions
    async with ScriptedEngine([greeting("Maya"), greeting("Omar")]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
                await in_thread(end_session)(first)
                await omar.until("turn")
        engine.assert_complete()


async def test_a_talk_in_which_nobody_speaks_gives_its_place_to_who_waits(
    server, sessions, settings, monkeypatch
):
    first, second = sessions
    monkeypatch.setattr(admission, "RENEW_S", 0.1)
    async with ScriptedEngine([greeting("Maya"), greeting("Omar")]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
                monkeypatch.setattr(admission, "IDLE_S", 0.5)
                assert await maya.until_closed() == 4408
                assert maya.of("error")[0]["code"] == "idle"
                await omar.until("turn")
    assert (await Session.objects.aget(pk=first.pk)).ended_at is None


async def test_who_waits_for_a_person_in_silence_keeps_their_place(
    server, sessions, settings, monkeypatch
):
    first, second = sessions
    monkeypatch.setattr(admission, "RENEW_S", 0.1)
    async with ScriptedEngine([greeting("Maya"), greeting("Omar")]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(first, first.member) as maya:
            await maya.until("turn")
            async with open_page(second, second.member) as omar:
                await omar.until("waiting", position=1)
                await in_thread(move_floor)(first, "coach_waiting")
                await maya.until("floor", floor="coach_waiting")
                monkeypatch.setattr(admission, "IDLE_S", 0.2)
                await asyncio.sleep(1)
                assert maya.closed is None
                await in_thread(move_floor)(first, "coach")
                assert await maya.until_closed() == 4408


def test_a_provider_with_a_limit_has_a_line_of_its_own(server, sessions):
    provider = Provider.objects.create(slug="small", name="Small", url="ws://x/", max_sessions=3)
    persona = Persona.objects.create(
        slug="ana", name="Ana", instructions="Be kind.", provider=provider
    )
    assert places(make_brief(persona, member_name="Maya")) == ("small", 3)
    assert places(make_brief(sessions[0].persona, member_name="Maya")) == ("embedded", 1)


def test_the_environment_limits_the_engine_of_the_site(sessions, settings):
    call_command("seed")
    brief = make_brief(sessions[0].persona, member_name="Maya")
    settings.ENGINE_GIVEN, settings.ENGINE_SCRIPTED = True, False
    settings.ENGINE_URL = Provider.objects.get(slug="openai").url
    settings.ENGINE_SESSIONS, settings.ENGINE_SESSIONS_GIVEN = 7, False
    assert places(brief) == ("openai", 100)
    settings.ENGINE_SESSIONS_GIVEN = True
    assert places(brief) == ("openai", 7)
