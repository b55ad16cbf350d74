"""Who may speak, as the member's page and the engine are told it."""

import asyncio

import pytest

from coach.talk.actions import (
    move_floor,
    record_turn,
    stop_coach,
)
from coach.talk.live import sweep
from coach.talk.models import Session, Turn
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import (
    Step,
    created,
    done,
    member_says,
    sound,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)


async def test_an_expert_takes_the_floor_in_the_middle_of_a_sentence(begun, maya, asha, settings):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(48_000))]),
        Step("response.cancel", [sound("r1", "c1", bytes(4800)), done("r1", "cancelled")]),
        Step("conversation.item.delete"),
    ]
    async with (
        engine_for(settings, script) as engine,
        open_page(begun, maya, plays=False) as page,
    ):
        await page.until("state", state="speaking")
        await until(lambda: page.audio.get(0) == 1000)
        await in_thread(move_floor)(begun, "expert", holder=asha, name="Asha (dietitian)")
        floor = await page.until("floor", floor="expert")
        await engine.until("conversation.item.delete")
        await asyncio.sleep(0.05)
        assert page.audio == {0: 1000}
        assert page.of("clear") == [{"type": "clear", "generation": 2}]
        engine.assert_complete()
    assert (floor["name"], floor["epoch"]) == ("Asha (dietitian)", 2)
    assert page.of("state")[-1]["state"] == "person"


async def test_an_expert_stops_the_coach_in_the_middle_and_it_keeps_the_floor(
    begun, maya, settings
):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(48_000))]),
        Step("response.cancel", [sound("r1", "c1", bytes(4800)), done("r1", "cancelled")]),
        Step("conversation.item.delete"),
    ]
    async with (
        engine_for(settings, script) as engine,
        open_page(begun, maya, plays=False) as page,
    ):
        await page.until("state", state="speaking")
        await until(lambda: page.audio.get(0) == 1000)
        assert await in_thread(stop_coach)(begun)
        await page.until("floor", floor="coach", epoch=2)
        await engine.until("conversation.item.delete")
        await asyncio.sleep(0.05)
        assert page.audio == {0: 1000}
        assert page.of("clear") == [{"type": "clear", "generation": 2}]
        engine.assert_complete()
    assert page.of("state")[-1]["state"] == "listening"


async def test_a_lost_push_costs_only_until_the_next_sweep(begun, maya, settings, monkeypatch):
    monkeypatch.setattr(sweep, "SWEEP_S", 0.05)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await Session.objects.filter(pk=begun.pk).aupdate(floor="safety_hold", floor_epoch=7)
        await page.until("floor", floor="safety_hold", epoch=7)


async def test_an_experts_words_reach_page_and_engine(begun, maya, asha, settings):
    def told(message):
        assert message["item"]["role"] == "system"
        assert "Rest well." in message["item"]["content"][0]["text"]

    script = [*history(1), Step("conversation.item.create", check=told)]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        await in_thread(record_turn)(begun, "expert", "Rest well.", author=asha)
        await page.until("turn", speaker="expert", text="Rest well.")
        await until(lambda: len(engine.received) == 2)
        engine.assert_complete()


async def test_what_was_heard_before_the_floor_moved_stays_in_the_thread(
    begun, maya, asha, settings
):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step(
            "response.create",
            [
                created("r1"),
                words("r1", "c1", "One two three four five six seven eight."),
                sound("r1", "c1", bytes(96_000)),
            ],
        ),
        Step("response.cancel", [done("r1", "cancelled")]),
        Step("conversation.item.truncate"),
    ]
    async with engine_for(settings, script), open_page(begun, maya, plays=False) as page:
        await until(lambda: page.audio.get(0) == 2000)
        await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 1000})
        await page.send({"type": "ping"})
        await page.until("pong")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        turn = await page.until("turn", item="c1")
    assert turn["interrupted"]
    assert turn["text"].startswith("One")
    assert (await Turn.objects.aget(item_id="c1")).floor_epoch == 1


def test_only_the_heard_part_of_the_epoch_just_before_is_written_after_the_floor_moved(begun, asha):
    move_floor(begun, "expert", holder=asha)
    late = {"epoch": 1, "item_id": "c1"}
    assert record_turn(begun, "coach", "One", **late) is None
    assert record_turn(begun, "coach", "One", interrupted=True, **late) is None
    heard = {"interrupted": True, "already_heard": True}
    assert record_turn(begun, "coach", "One", epoch=2, item_id="c2", **heard) is None
    turn = record_turn(begun, "coach", "One", **late, **heard)
    assert turn is not None
    assert turn.floor_epoch == 1
    move_floor(begun, "coach")
    assert record_turn(begun, "coach", "Two", epoch=1, item_id="c3", **heard) is None
