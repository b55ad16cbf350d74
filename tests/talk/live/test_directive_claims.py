"""What the coach is told once: guidance, reviewed words, an expert's note."""

import asyncio

import pytest

from coach.talk.actions import (
    add_directive,
    move_floor,
)
from coach.talk.brief import thaw
from coach.talk.live.directive_claims import DirectiveClaims
from coach.talk.live.host import TalkHost
from coach.talk.models import Directive
from coach.voice.inputs import ScriptGiven
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import (
    Step,
    created,
    sound,
    whole,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)


async def test_after_the_hand_back_the_coach_speaks_first(begun, maya, asha, settings):
    def first(message):
        assert 'For example: "Asha told me."' in message["response"]["instructions"]

    script = [
        *history(1),
        Step("conversation.item.create"),
        Step("response.create", whole("r1", "c1", "Asha told me."), check=first),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        await page.until("state", state="person")
        await in_thread(move_floor)(begun, "coach")
        await in_thread(add_directive)(
            begun, Directive.Kind.HAND_BACK, "Iron was discussed.", spoken="Asha told me."
        )
        await page.until("turn", text="Asha told me.")
        engine.assert_complete()


async def test_a_page_that_comes_back_in_the_middle_hears_the_whole_script(begun, maya, settings):
    await in_thread(move_floor)(begun, "safety_hold")
    words_of_it = "I am here with you now. Please call 988."
    half = [created("r1"), words("r1", "s1", words_of_it), sound("r1", "s1", bytes(96_000))]
    first = [*history(1), Step("response.create", half)]
    first += [Step("response.cancel"), Step("conversation.item.truncate")]
    replay = Step("response.create", whole("r2", "s2", words_of_it))
    async with engine_for(settings, first, [*history(2), replay]):
        async with open_page(begun, maya, plays=False) as page:
            await page.until("state", state="held")
            await in_thread(add_directive)(
                begun, Directive.Kind.SCRIPT, "reviewed", spoken=words_of_it
            )
            await until(lambda: page.audio.get(0) == 2000)
            await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 900})
        assert (await Directive.objects.aget()).claimed_at is None
        async with open_page(begun, maya) as page:
            await page.until("turn", text=words_of_it, interrupted=False)
    assert (await Directive.objects.aget()).claimed_at is not None


async def test_a_hand_back_that_was_told_to_no_engine_is_told_after_a_reload(begun, maya, settings):
    await in_thread(add_directive)(
        begun, Directive.Kind.HAND_BACK, "Iron was discussed.", spoken="Asha told me."
    )
    first = [*history(1), Step("conversation.item.create"), Step("response.create")]
    script = [
        *history(2),
        Step("response.create", whole("r1", "c1", "Asha told me.")),
    ]
    async with engine_for(settings, first, script) as engine:
        async with open_page(begun, maya) as page:
            await engine.until("response.create")
        assert (await Directive.objects.aget()).claimed_at is None
        async with open_page(begun, maya) as page:
            await page.until("turn", text="Asha told me.")
    assert (await Directive.objects.aget()).claimed_at is not None


async def test_a_cancelled_look_still_tells_what_it_claimed(begun):
    told = []

    async def hear(event):
        told.append(event)

    async def send(message):
        pass

    await in_thread(add_directive)(begun, Directive.Kind.SCRIPT, "reviewed", spoken="Call 988.")
    host = TalkHost(begun, thaw(begun), send=send, since=1)
    host.bind(hear)
    look = asyncio.create_task(host.refresh())
    await asyncio.sleep(0)
    look.cancel()
    await asyncio.gather(look, return_exceptions=True)
    await host.close()
    assert [event.text for event in told if isinstance(event, ScriptGiven)] == ["Call 988."]


async def test_what_was_given_back_is_the_next_connections(begun):
    await in_thread(add_directive)(begun, Directive.Kind.SCRIPT, "reviewed", spoken="Call 988.")
    one, other = (DirectiveClaims(begun, thaw(begun)) for _ in range(2))
    assert len(await in_thread(one.claim)()) == 1
    await in_thread(one.give_back)()
    assert len(await in_thread(other.claim)()) == 1
    await in_thread(one.give_back)()
    assert await in_thread(one.claim)() == []
