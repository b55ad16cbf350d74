"""What a member chose of how they are heard reaches the engine with the next connection."""

import json

import pytest
from django.contrib.auth import get_user_model

from coach.personas.models import Persona
from coach.talk.actions import record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import ScriptedEngine, Step

pytestmark = pytest.mark.django_db(transaction=True)


async def told(settings, *, chosen, persona=""):
    """The engine's `audio.input` on two connections of one talk, the choice made in between."""
    maya = await in_thread(get_user_model().objects.create_user)("maya@example.org")
    sage = await Persona.objects.acreate(
        slug="sage", name="Sage", instructions="x", greeting="Hi", noise_reduction=persona
    )
    brief = await in_thread(make_brief)(sage, member_name="Maya")
    made = await in_thread(start_session)(maya, sage, brief)
    await in_thread(record_turn)(made, "coach", "Hi!", item_id="a")
    heard = []
    history = [Step("conversation.item.create")]
    async with ScriptedEngine([list(history), list(history)]) as engine:
        settings.ENGINE_URL = engine.url
        for _ in range(2):
            found = await Session.objects.select_related("member", "persona").aget(pk=made.pk)
            async with open_page(found, maya) as page:
                await page.until("state", state="listening")
            maya.noise_reduction = chosen
            await maya.asave()
        heard = [json.loads(update)["session"]["audio"]["input"] for update in engine.updates]
    return [audio.get("noise_reduction") for audio in heard]


async def test_a_headset_is_told_from_the_next_connection_on(settings):
    assert await told(settings, chosen="near_field") == [None, {"type": "near_field"}]


async def test_off_holds_against_the_coachs_own_setting(settings):
    far = {"type": "far_field"}
    assert await told(settings, chosen="off", persona="far_field") == [far, None]
