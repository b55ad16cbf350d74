"""The member's socket: who is let in, who is let go, and what breaks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from coach import wire
from coach.talk.actions import (
    end_session,
)
from coach.talk.live import consumer, page_reader, sweep
from coach.talk.live.window_cache import live_key
from coach.voice import limits
from tests.support.live_talk import engine_for, history
from tests.support.page_client import in_thread, open_page

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_stranger_finds_nothing(session, asha):
    async with open_page(session, asha) as page:
        assert await page.until_closed() == 4404


async def test_nobody_is_let_in_without_signing_in(session):
    async with open_page(session, AnonymousUser()) as page:
        assert await page.until_closed() == 4401


async def test_a_talk_that_has_ended_says_so(session, maya):
    await in_thread(end_session)(session)
    async with open_page(session, maya) as page:
        assert await page.until_closed() == 4410
        assert page.of("ended") == [{"type": "ended", "url": f"/talk/{session.pk}/"}]


async def test_the_page_must_say_hello(session, maya):
    async with open_page(session, maya, since=None) as page:
        await page.send({"type": "interrupt"})
        assert await page.until_closed() == 4400


async def test_a_page_that_says_nothing_is_let_go(session, maya, monkeypatch):
    monkeypatch.setattr(consumer, "HELLO_S", 0.05)
    async with open_page(session, maya, since=None) as page:
        assert await page.until_closed() == 4400


async def test_nonsense_is_answered_and_in_the_end_not_borne(begun, maya, settings):
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        for _ in range(page_reader.BAD_MESSAGES):
            await page.send({"type": "what"})
        assert await page.until_closed() == 4400
        assert len(page.of("error")) == page_reader.BAD_MESSAGES


async def test_a_second_window_takes_the_talk_over(begun, maya, settings):
    async with engine_for(settings, history(1), history(1)), open_page(begun, maya) as first:
        await first.until("ready")
        async with open_page(begun, maya) as second:
            assert await first.until_closed() == 4403
            assert first.of("error")[0]["code"] == "taken_elsewhere"
            assert first.of("error")[0]["fatal"] is True
            await second.until("state", state="listening")
            assert second.closed is None


async def test_a_second_window_is_noticed_even_if_its_push_is_lost(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr(sweep, "SWEEP_S", 0.05)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        await cache.aset(live_key(begun.group), "another", 60)
        assert await page.until_closed() == 4403


async def test_what_breaks_closes_the_socket(begun, maya, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("coach.talk.live.turn_writer.record_turn", broken)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        assert await page.until_closed() == wire.PageClose.FAILED


async def test_without_an_engine_key_the_member_is_told(begun, maya, settings, monkeypatch):
    monkeypatch.setattr(limits, "REFUSED_BACK_S", 0.0)
    first = {"type": "error", "error": {"code": "invalid_api_key", "message": "no"}}
    async with engine_for(settings, *[[]] * 3, first=first), open_page(begun, maya) as page:
        error = await page.until("error", code="invalid_api_key")
        assert error["fatal"] is True
        assert "available" in error["message"]
        await page.until_closed()
